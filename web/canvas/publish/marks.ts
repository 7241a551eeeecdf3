import { createContext } from 'react'
import type { Mark } from './changes.ts'

/** What is marked on the cards of a canvas that shows a difference; nothing elsewhere. */
export const MarksContext = createContext<ReadonlyMap<string, Mark>>(new Map())
