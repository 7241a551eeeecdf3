import type { Plan } from '../compile/plan.ts'
import type { Reason } from '../effects/index.ts'
import { conditionOf, exitKey } from '../journey/exits.ts'
import type { AudienceExit } from '../journey/graph.ts'
import type { MembershipEntrance } from '../nodes/entrance.ts'
import type { Enrollment } from '../nodes/type.ts'
import { leave, type Step } from './step.ts'

/** Whoever joins or leaves it is noticed as those are who come in by it; who is of it already has done nothing. */
export const asWatched = (exit: AudienceExit): MembershipEntrance => ({
  ...{ kind: 'membership', audience: conditionOf(exit), on: exit.on, present: false },
})

/** The rules of a version by audience. */
export const exitsOf = ({ settings }: Pick<Plan, 'settings'>): readonly AudienceExit[] =>
  settings.exitAudiences ?? []

/** Rule 18: out, as the audience has been left or joined; null where the passage's own version has no such rule. */
export function exitByAudience(
  plan: Plan,
  enrollment: Enrollment,
  exit: AudienceExit,
  now: number,
): Step | null {
  const key = exitKey(exit)
  if (!exitsOf(plan).some((own) => exitKey(own) === key)) return null
  const reason: Reason<'exit_audience'> = { code: 'exit_audience', audience: exit.audience, on: exit.on }
  return leave(plan, enrollment, reason, now)
}
