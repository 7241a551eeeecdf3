import type { PathStep, WhyAnswer } from '../../../shared/api/why.ts'
import { Problem, textsOf } from '../../../shared/errors/index.ts'
import { type Compared, replayStored } from '../../../shared/run/replay-stored.ts'
import { goalReason, type TraceEntry } from '../../../shared/run/step.ts'
import { planCache } from '../../engine/runtime.ts'
import type { StoredPassage } from '../../ports/passages.ts'
import type { JourneyDesk } from '../desk.ts'

type WhyDesk = Pick<JourneyDesk, 'stores' | 'store' | 'registry' | 'brand'>

/** Where each step led: to where the next one begins, at last to where the passage stands. */
export function pathOf(trace: readonly TraceEntry[], state: string): PathStep[] {
  const steps: PathStep[] = []
  let next = state
  for (const line of trace.toReversed()) {
    const { seq, at, node, outcome } = line
    const goal = goalReason(line)
    // A goal that ends the journey is where the passage stands; any other moves nobody.
    const moves = goal === null || (goal === 'goal-reached' && next === node)
    steps.push({ seq, at, node, outcome, to: moves ? next : null })
    if (goal === null) next = node
  }
  return steps.toReversed()
}

function replayOf(
  { same, sameEnd, trace, byOutcome, problem }: Compared,
  stored: StoredPassage,
): WhyAnswer['replay'] {
  const at = problem === null ? (trace.at(-1)?.seq ?? 0) : problem.seq
  return {
    same: sameEnd,
    differsAt: same || stored.trace.length === 0 ? null : at,
    byOutcome: byOutcome.length,
    problem: problem === null ? null : textsOf(problem.problem).message,
  }
}

/** A passage of a journey by its id. Problem `not-found`. */
export async function passageIn({ stores }: WhyDesk, journeyId: string, id: number): Promise<StoredPassage> {
  await stores.journeys.status(journeyId)
  const stored = await stores.passages.passage(id)
  if (stored.enrollment.journeyId !== journeyId)
    throw new Problem('not-found', { what: `enrollment ${id}` }, 'enrollment')
  return stored
}

/** Why a customer went this way: the path, each step's reason with what was seen, and whether it replays. */
export async function whyOf(desk: WhyDesk, journeyId: string, id: number): Promise<WhyAnswer> {
  const { stores, store, registry, brand } = desk
  const stored = await passageIn(desk, journeyId, id)
  const { enrollment, trace, status, dueAt, error, ending, attempts, leftAt } = stored
  const { customerId, version, state, enteredAt, arrivedAt, control, wait } = enrollment
  const compared = await replayStored(stored, planCache(store, registry), brand())
  return {
    enrollment: {
      ...{ id, journeyId, customerId, version, state, status, enteredAt, arrivedAt, control, attempts },
      ...{ dueAt, error, ending, endedAt: leftAt, waitsFor: wait?.event?.event ?? null },
      customerName: await stores.passages.nameOf(customerId),
    },
    journey: await stores.journeys.graph(journeyId, version),
    path: pathOf(trace, state),
    story: await stores.passages.storyOf(id, registry),
    replay: replayOf(compared, stored),
  }
}
