import { setImmediate as breath } from 'node:timers/promises'
import type { Act } from '../ports/acts.ts'
import type { PlannedEvents, Slice } from '../store/sqlite/events/planned.ts'
import type { NewCustomer } from '../store/sqlite/seed.ts'

/** While a journey runs, events of this much virtual time are taken together. */
const fineMs = 5 * 60_000
/** Where no journey runs nothing depends on when within a day something happens. */
const coarseMs = 86_400_000

export interface Move {
  readonly act: Act
  readonly from: number
  readonly to: number
  readonly planned: Pick<PlannedEvents, 'nextAt'> & {
    apply(...given: Parameters<PlannedEvents['apply']>): Promise<Slice>
  }
  /** Who joins the brand after one moment, up to another. */
  readonly newcomers: (after: number, upTo: number) => readonly NewCustomer[]
  /** The first timer after a moment; null when nothing is due. */
  readonly nextTimer: (after: number) => number | null
  readonly anyJourney: () => boolean
  /** Does all that is due at a time that the clock shows already. */
  readonly settle: (now: number) => Promise<void>
  readonly onSlice: (slice: Slice, at: number) => void
  readonly stopping: () => boolean
}

/**
 * Where the next stretch ends: at the next timer, or a little after the next event, never past the end.
 * Stretches end on the same minutes however a move begins, so that two moves are the same as one over both.
 */
function nextStop({ to, planned, nextTimer, anyJourney }: Move, at: number): number {
  const timer = nextTimer(at)
  const event = planned.nextAt()
  const slice = anyJourney() ? fineMs : coarseMs
  const afterEvent = event === null ? to : Math.ceil(Math.max(event, at + 1) / slice) * slice
  return Math.min(to, timer ?? to, afterEvent)
}

/**
 * Moves virtual time on: members do what they planned, timers fire at their own times, and each is dealt
 * with before time goes on. The clock is saved with every stretch, so that a move that is cut short has
 * happened up to there. Resolves to where it ended.
 */
export async function runMove(move: Move): Promise<number> {
  let at = move.from
  while (at < move.to && !move.stopping()) {
    const stop = nextStop(move, at)
    const begins = at === move.from ? { act: move.act, to: move.to } : null
    const slice = await move.planned.apply(stop, move.newcomers(at, stop), begins)
    at = stop
    move.onSlice(slice, at)
    await move.settle(at)
    await breath()
  }
  return at
}
