import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { JourneyStatus } from '../../shared/api/journeys.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Command, CommandContext } from '../commands/command.ts'
import type { Cards } from '../nodes/index.ts'
import type { DocumentState, DocumentStore } from '../store/document.ts'
import type { NumbersStore } from '../store/numbers.ts'
import type { ProblemsStore } from '../store/problems.ts'
import type { RehearsalStore } from '../store/rehearsal.ts'
import type { Saving } from '../store/saving.ts'
import type { ScreenStore } from '../store/screen.ts'

/** What the server said of the journey when it was loaded or saved last. */
export interface JourneyMeta {
  readonly id: string
  readonly status: JourneyStatus
  readonly liveVersion: number | null
  /** Whether the draft means something else than the live version. */
  readonly changed: boolean
}

/** Everything that the parts of one open canvas share. */
export interface Canvas {
  readonly document: DocumentStore
  readonly saving: Saving
  /** Live figures, or those of the rehearsal's day. */
  readonly numbers: NumbersStore
  readonly problems: ProblemsStore
  readonly screen: ScreenStore
  readonly rehearsal: RehearsalStore
  readonly types: Registry
  readonly cards: Cards
  readonly commands: CommandContext
  readonly meta: StoreApi<JourneyMeta>
}

export const CanvasContext = createContext<Canvas | null>(null)

export function useCanvas(): Canvas {
  const canvas = useContext(CanvasContext)
  if (canvas === null) throw new Error('a part of the canvas stands outside a CanvasContext')
  return canvas
}

/** A part of the document; the caller is drawn again only when that part changes. */
export function useDocument<T>(part: (state: DocumentState) => T): T {
  return useStore(useCanvas().document, part)
}

/** Runs a command with its argument. */
export function useRun(): <A>(command: Command<A>, argument: A) => void {
  const { commands } = useCanvas()
  return (command, argument) => void command.run(commands, argument)
}
