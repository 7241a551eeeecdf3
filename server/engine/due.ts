import type { Plan } from '../../shared/compile/plan.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import type { Change, StoredEnrollment } from '../ports/engine.ts'
import { movedFirst, openMovesOf } from './moves.ts'
import { meetRecorded } from './recorded.ts'
import { failedWhereItStands, type Passage, passageOf, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'

/** The plans by which enrollments of a journey go on, each asked for once. */
async function plansOf(
  runtime: Runtime,
  journeyId: string,
  claimed: readonly StoredEnrollment[],
): Promise<Map<number, Plan | null>> {
  const plans = new Map<number, Plan | null>()
  for (const { enrollment } of claimed)
    if (!plans.has(enrollment.version))
      plans.set(enrollment.version, await planOrNull(runtime, journeyId, enrollment.version))
  return plans
}

/**
 * Rule 25: takes one batch of due enrollments, oldest first, an equal share from each live journey, and
 * lets them go on. Returns how many were taken.
 */
export async function runDue(runtime: Runtime, journeyIds: readonly string[], now: number): Promise<number> {
  const share = Math.max(1, Math.floor(runtime.batchSize / Math.max(1, journeyIds.length)))
  const passages: Passage[] = []
  const before = new Map<Passage, Enrollment>()
  // Rule 26: left due, these would be claimed before all others again and again.
  const broken: Change[] = []
  const moves = await openMovesOf(runtime)
  let carried = 0
  for (const journeyId of journeyIds) {
    const due = await runtime.store.claimDue(journeyId, now, share, runtime.by)
    const { rest: claimed, moved } = await movedFirst(runtime, moves, due, now)
    carried += moved
    const plans = await plansOf(runtime, journeyId, claimed)
    for (const stored of claimed) {
      const { enrollment } = stored
      const plan = plans.get(enrollment.version) ?? null
      if (plan === null) {
        broken.push(failedWhereItStands(stored, `version ${enrollment.version} cannot be read`, now))
        continue
      }
      const passage = passageOf(plan, stored, { kind: enrollment.wait === null ? 'arrive' : 'timer' })
      passages.push(passage)
      before.set(passage, enrollment)
    }
  }
  if (broken.length > 0) await runtime.store.commit({ now, changes: broken, taken: [] })
  if (passages.length === 0) return broken.length + carried
  const context = contextOf(runtime, now)
  // Who could not be asked has not heard of what happened meanwhile.
  await meetRecorded(
    runtime.store,
    passages.filter(({ hadFailed }) => hadFailed),
    context,
  )
  await runRounds(runtime.store, passages, context)
  await save(runtime, passages, before, { now, taken: [] })
  return passages.length + broken.length + carried
}
