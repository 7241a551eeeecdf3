import type { ClockAdvance } from '../../shared/api/clock.ts'
import { Problem } from '../../shared/errors/index.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Years ahead that a sandbox may be moved to in one go; its members have plans for little more. */
const longestMoveMs = 400 * dayMs

/** Where a sandbox clock that never ran begins: at the hour that the real one shows. */
export function firstHour(realNow: number): number {
  return realNow - (realNow % hourMs)
}

/** Where a move ends. Problem `clock-target` for a time that is past, too far, or when nothing is due. */
export function targetOf(move: ClockAdvance, now: number, nextDue: number | null): number {
  if ('to' in move) {
    if (move.to <= now || move.to > now + longestMoveMs)
      throw new Problem('clock-target', { days: 400 }, 'to')
    return move.to
  }
  if (move.by === 'hour') return now + hourMs
  if (move.by === 'day') return now + dayMs
  if (nextDue === null) throw new Problem('nothing-due')
  return nextDue
}
