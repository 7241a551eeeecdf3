import type { ImportAnswer } from '../../shared/api/imports.ts'
import type { UnreadableRow } from '../../shared/api/unreadable.ts'
import type { Act, Changes } from './acts.ts'

export interface ImportReads {
  find(id: string): Promise<ImportAnswer | undefined>
  /** The latest first. */
  latest(limit: number): Promise<{
    readonly imports: readonly ImportAnswer[]
    readonly unreadable: readonly UnreadableRow[]
  }>
}

export type ImportChanges = Changes<{
  /** Keeps that an import has begun; its rows are written by a thread of its own, batch by batch. */
  begin(act: Act, answer: ImportAnswer): Promise<void>
  /** Keeps how it ended. */
  end(act: Act, answer: ImportAnswer): Promise<void>
  /** Says that a person has asked for its end. */
  cancel(act: Act, id: string): Promise<void>
  /** Ends what a stopped process has left running, with the problem's text; answers how many. */
  endInterrupted(act: Act, problem: string): Promise<number>
}>

/** What has been imported, and how it went. */
export interface ImportStore extends ImportReads, ImportChanges {}
