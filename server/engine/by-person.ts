import type { Plan } from '../../shared/compile/plan.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { canStand, moveTo } from '../../shared/run/move.ts'
import type { Change, StoredEnrollment } from '../ports/engine.ts'
import { changeOf, passageOf, record } from './round.ts'
import { takenOut } from './stop.ts'

interface At {
  readonly now: number
  readonly brand: Brand
}

/** Out of the journey by a person's word; what is queued and not handed over is taken back, as by a stop. */
export const removing = (plan: Plan | null, stored: StoredEnrollment, at: At): Change | null =>
  takenOut(plan, stored, { code: 'removed' }, at)

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
