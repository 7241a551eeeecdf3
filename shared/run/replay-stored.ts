import type { Plan } from '../compile/plan.ts'
import { leavingsOf } from '../conditions/history.ts'
import type { Brand } from '../journey/brand.ts'
import { canonicalJson } from '../journey/graph.ts'
import type { Enrollment } from '../nodes/type.ts'
import { type Replay, replay, versionsOf } from './replay.ts'
import type { TraceEntry } from './step.ts'

/** A passage as it is stored, with its trace and the exit, goal or reason by which it has ended. */
export interface StoredStory {
  readonly enrollment: Enrollment
  readonly trace: readonly TraceEntry[]
  readonly ending: string | null
}

/** A replay beside what is stored. */
export interface Compared extends Replay {
  /** Whether it has come to the very end that is stored: where it stands, with what behind it. */
  readonly sameEnd: boolean
}

/** What is compared of two ends; since when it waits follows from the rest. */
function endOf({ version, state, steps, control, history, coupons, goals }: Enrollment): string {
  return canonicalJson({ version, state, steps, control, history: leavingsOf(history), coupons, goals })
}

/** Rule 27: walks a stored passage again by its trace, and holds the two beside each other. */
export async function replayStored(
  { enrollment, trace, ending }: StoredStory,
  planFor: (journeyId: string, version: number) => Promise<Plan>,
  brand: Brand,
): Promise<Compared> {
  const { id, customerId, entry, version, journeyId } = enrollment
  const plans = new Map<number, Plan>()
  for (const one of versionsOf(trace, version))
    if (!plans.has(one)) plans.set(one, await planFor(journeyId, one))
  const walked = replay({ id, customerId, entry, version, trace, plans, brand })
  const ended = walked.enrollment
  const sameEnd =
    walked.same && ended !== null && endOf(ended) === endOf(enrollment) && walked.ending === ending
  return { ...walked, sameEnd }
}
