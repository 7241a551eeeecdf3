import { createContext } from 'react'

/** What is wrong at a field of the form, in the reader's language; by the field's path. */
export type FieldProblems = (path: string) => readonly string[]

export const FieldProblemsContext = createContext<FieldProblems>(() => [])
