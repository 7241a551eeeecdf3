import type { Plan } from '../../shared/compile/plan.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { react } from '../../shared/run/react.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { PendingEvent, StoredEnrollment } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { admitByEvents } from './event-entry.ts'
import { Overlay } from './facts.ts'
import { type Passage, passageOf, record, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'

/** Each customer's events one at a time: the first event of each, in order of time (rule 24). */
function firstOfEach(events: readonly PendingEvent[]): PendingEvent[] {
  const seen = new Set<string>()
  return events.filter(({ customerId }) => !seen.has(customerId) && seen.add(customerId))
}

/** What an event does to one live enrollment: goals and exit rules first, then the wait that it may end. */
function meet(plan: Plan, stored: StoredEnrollment, { event }: PendingEvent, context: StepContext): Passage {
  const passage = passageOf(plan, stored, null)
  const reaction = react(plan, stored.enrollment, event, context)
  for (const step of reaction.steps) record(passage, step, context.now, null)
  passage.withdraw = reaction.ended
  if (!reaction.ended && passage.enrollment.wait?.event?.event === event.name)
    passage.wake = { kind: 'event', event }
  return passage
}

/** Rule 26: where a goal or an exit rule cannot be asked, that enrollment alone fails, where it stands. */
function metOrFailed(
  plan: Plan,
  stored: StoredEnrollment,
  event: PendingEvent,
  context: StepContext,
): Passage {
  try {
    return meet(plan, stored, event, context)
  } catch (error) {
    const passage = passageOf(plan, stored, null)
    passage.failure = failureAfter(stored.attempts, error, context.now)
    return passage
  }
}

/**
 * Takes one batch of events, each customer's in order of time, then of arrival. Enrollments already under
 * way meet the event first; then it may let the customer into journeys. In a paused journey goals, exit
 * rules and answered waits count, so that nothing is lost, and whoever comes out of a wait stands still at
 * the next node until the resume (rule 22). Returns how many were taken.
 */
export async function takeEvents(runtime: Runtime, live: readonly Plan[], now: number): Promise<number> {
  const pending = await runtime.store.pendingEvents(now, runtime.batchSize)
  if (pending.length === 0) return 0
  const events = firstOfEach(pending)
  const context = contextOf(runtime, now)
  const byCustomer = new Map(events.map((event) => [event.customerId, event]))
  const before = new Map<Passage, Enrollment>()
  const met: Passage[] = []
  for (const stored of await runtime.store.enrollmentsOf([...byCustomer.keys()])) {
    const event = byCustomer.get(stored.enrollment.customerId)
    if (event === undefined) continue
    const plan = await planOrNull(runtime, stored.enrollment.journeyId, stored.enrollment.version)
    if (plan === null) continue
    const passage = metOrFailed(plan, stored, event, context)
    met.push(passage)
    before.set(passage, stored.enrollment)
  }
  const overlay = new Overlay()
  const running = new Set(live.map(({ journey }) => journey.id))
  const isRunning = ({ plan }: Passage) => running.has(plan.journey.id)
  await runRounds(runtime.store, met.filter(isRunning), context, overlay)
  await runRounds(
    runtime.store,
    met.filter((passage) => !isRunning(passage)),
    context,
    overlay,
    1,
  )
  const { passages: admitted, entries } = await admitByEvents(runtime, live, events, met, context)
  await runRounds(runtime.store, admitted, context, overlay)
  await save(runtime, [...met, ...admitted], before, { now, taken: events.map(({ seq }) => seq), entries })
  return events.length
}
