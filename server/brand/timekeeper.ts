import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import type { Act } from '../ports/acts.ts'

/** The kinds of work of a brand, each until nothing is due; each resolves to how much was done. */
export interface Work {
  readonly tick: (now: number) => Promise<number>
  /** One batch of a tick. */
  readonly batch: (now: number) => Promise<number>
  readonly ask: () => Promise<number>
  readonly dispatch: () => Promise<number>
  /** Forgets people who are to be forgotten. */
  readonly erase: () => Promise<number>
  /** Scores anew whose orders have come in. */
  readonly score: () => Promise<number>
  /** Gives customers to staff who wait for it. */
  readonly give: () => Promise<number>
  /** Whether the engine is to let the others have their turn after each batch: a new friend is to be greeted in time. */
  readonly hurried?: () => boolean
}

/** How time passes for a brand, and what it makes happen. */
export interface Timekeeper {
  /** Begins, after what an earlier process left in hand has been dealt with. */
  start(): Promise<void>
  /** A move that is under way; always null where time is real. */
  moving(): ClockAnswer['moving']
  advance(act: Act, move: ClockAdvance): Promise<void>
  /** A move that is under way ends at the next stretch; nothing where none is. */
  endMove(): Promise<void>
  settle(): Promise<void>
  /** Something has come in: it is taken within a tick. */
  stir(): Promise<void>
  /** For how long, in milliseconds, work that is under way has not come a batch further. */
  standsMs(): number
  /** Begins nothing new; resolves when the batch in hand is done. */
  stop(): Promise<void>
}
