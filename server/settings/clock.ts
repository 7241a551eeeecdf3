import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Act } from '../ports/acts.ts'
import type { Desk } from '../ports/desk.ts'

/** What the use cases of the clock work with. */
export interface ClockDesk extends Desk {
  clock(): ClockAnswer
  /** Moves a sandbox clock; resolves at the end of the move. A Problem where one is under way or the brand is live. */
  advance(act: Act, move: ClockAdvance): Promise<ClockAnswer>
}

export function readClock(desk: ClockDesk): ClockAnswer {
  return desk.clock()
}

/** Problems `clock-real`, `clock-moving`, `clock-target`, `nothing-due`. */
export function moveClock(desk: ClockDesk, actor: Actor, move: ClockAdvance): Promise<ClockAnswer> {
  return desk.advance(desk.act(actor), move)
}
