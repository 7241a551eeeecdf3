import type { Plan } from '../../shared/compile/plan.ts'
import type { Reason } from '../../shared/effects/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { untold } from '../../shared/run/goals.ts'
import { canStand, moveTo } from '../../shared/run/move.ts'
import { leave, leaveUnread } from '../../shared/run/step.ts'
import type { Change, StoredEnrollment } from '../ports/engine.ts'
import { changeOf, passageOf, record } from './round.ts'

interface At {
  readonly now: number
  readonly brand: Brand
}

const removed: Reason<'removed'> = { code: 'removed' }

/** Out of the journey by a person's word; what is queued and not handed over is taken back, as by a stop. */
export function removing(plan: Plan | null, stored: StoredEnrollment, at: At): Change | null {
  const { enrollment, entryKey, attempts } = stored
  if (plan !== null) {
    const passage = passageOf(plan, stored, null)
    record(passage, leave(plan, enrollment, removed, at.now), at.now, null)
    passage.withdraw = true
    return changeOf(passage, enrollment, at)
  }
  const left = leaveUnread(enrollment, removed, at.now)
  return {
    enrollment: left.enrollment,
    entryKey,
    before: enrollment.steps,
    from: enrollment.state,
    hadFailed: attempts > 0,
    moves: left.trace === null ? [] : [{ trace: left.trace, to: left.enrollment.state }],
    effects: [],
    decided: true,
    ending: removed.code,
    leftAt: null,
    countsUntil: untold,
    withdraw: true,
    carried: null,
    failure: null,
  }
}

/** To another node of the same version, which is entered afresh; null where the version cannot be read. */
export function moving(plan: Plan | null, stored: StoredEnrollment, node: string, at: At): Change | null {
  const { enrollment } = stored
  const target = plan?.nodes.get(node)
  if (plan === null || target === undefined || !canStand(target)) return null
  const moved = moveTo(plan, plan, enrollment, { kind: 'enters', node }, at.now)
  if (moved === null) return null
  const passage = passageOf(plan, stored, null)
  record(passage, moved, at.now, null)
  // The node where it stood is done with, and what has failed there.
  passage.decided = true
  passage.wake = null
  return changeOf(passage, enrollment, at)
}
