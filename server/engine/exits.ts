import type { AudienceExit } from '../../shared/journey/graph.ts'
import { exitByAudience } from '../../shared/run/exits.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { StoredEnrollment } from '../ports/engine.ts'
import type { DueEntry } from '../ports/entering.ts'
import { movedFirst, openMovesOf } from './moves.ts'
import { type Passage, passageOf, record } from './round.ts'
import { planOrNull, type Runtime } from './runtime.ts'

/** Passages of some customers through a journey, on the version to which a move under way takes them. */
async function underWay(runtime: Runtime, journeyId: string, ids: readonly string[], now: number) {
  const read = async (): Promise<readonly StoredEnrollment[]> =>
    (await runtime.store.enrollmentsOf(ids)).filter(({ enrollment }) => enrollment.journeyId === journeyId)
  const stored = await read()
  const { moved } = await movedFirst(runtime, await openMovesOf(runtime), stored, now)
  return moved === 0 ? stored : read()
}

/**
 * Rule 18: takes those out whom a look has noted as having left or joined an audience, and what is queued to them
 * back. A passage of a version without such a rule stays as it is.
 */
export async function takeOutNoted(
  runtime: Runtime,
  exit: AudienceExit,
  entries: readonly DueEntry[],
  { now }: StepContext,
): Promise<readonly { readonly passage: Passage; readonly stored: StoredEnrollment }[]> {
  const [first] = entries
  if (first === undefined) return []
  const ids = [...new Set(entries.map(({ customerId }) => customerId))]
  const out: { passage: Passage; stored: StoredEnrollment }[] = []
  for (const stored of await underWay(runtime, first.journeyId, ids, now)) {
    const { enrollment, leftAt } = stored
    const plan = leftAt === null ? await planOrNull(runtime, first.journeyId, enrollment.version) : null
    const left = plan === null ? null : exitByAudience(plan, enrollment, exit, now)
    if (plan === null || left === null) continue
    const passage = passageOf(plan, stored, null)
    record(passage, left, now, null)
    passage.withdraw = true
    out.push({ passage, stored })
  }
  return out
}
