import type { Plan } from '../../shared/compile/plan.ts'
import { matches } from '../../shared/conditions/compare.ts'
import { propertiesOf } from '../../shared/conditions/customer.ts'
import { evaluate, needsOf } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Enrollment, Entrance } from '../../shared/nodes/type.ts'
import { react } from '../../shared/run/react.ts'
import { type StepContext, zoneOf } from '../../shared/run/step.ts'
import { admitAll, anchorsAt } from './admission.ts'
import { Overlay } from './facts.ts'
import type { PendingEvent, StoredEnrollment } from './port.ts'
import { type Passage, passageOf, record, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'

type EventEntrance = Extract<Entrance, { kind: 'event' }>

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

async function welcomeOf(
  runtime: Runtime,
  plan: Plan,
  entrance: EventEntrance,
  events: readonly PendingEvent[],
  context: StepContext,
): Promise<PendingEvent[]> {
  const matching = events.filter(({ event }) => matches(entrance.filter, event))
  if (entrance.audience === null || matching.length === 0) return matching
  return holding(runtime, plan, entrance.audience, matching, context)
}

/** Those whose condition holds now; evaluated for the few customers of the batch, not over the base. */
async function holding(
  runtime: Runtime,
  plan: Plan,
  condition: Condition,
  events: readonly PendingEvent[],
  context: StepContext,
): Promise<PendingEvent[]> {
  const { customers, tags, memberships, events: load } = runtime.store
  const needs = needsOf([condition])
  const ids = events.map(({ customerId }) => customerId)
  const time = {
    now: context.now,
    zone: zoneOf(plan, context.brand),
    enteredAt: null,
    anchors: anchorsAt(plan, null, context.now, context.brand),
  }
  const [profiles, tagged, members, histories] = await Promise.all([
    customers(ids),
    tags(ids),
    memberships(ids, needs.audiences, time),
    load(ids, needs.events),
  ])
  return events.filter(({ customerId, event }) => {
    const customer = profiles.get(customerId)
    if (customer === undefined) return false
    const facts = {
      customer,
      tags: tagged.get(customerId) ?? new Set<string>(),
      audiences: members.get(customerId) ?? new Set<string>(),
      events: histories.get(customerId) ?? [],
      history: {},
      entry: propertiesOf(event),
    }
    return evaluate(condition, facts, time)
  })
}

async function admitByEvents(
  runtime: Runtime,
  plans: readonly Plan[],
  events: readonly PendingEvent[],
  met: readonly Passage[],
  context: StepContext,
): Promise<Passage[]> {
  const passages: Passage[] = []
  for (const plan of plans)
    for (const { id, entrance } of plan.triggers) {
      if (entrance.kind !== 'event') continue
      const welcome = await welcomeOf(runtime, plan, entrance, events, context)
      if (welcome.length === 0) continue
      const candidates = welcome.map(({ customerId, event }) => ({
        customerId,
        event: { id: event.id, properties: propertiesOf(event) },
      }))
      const batch = [...met, ...passages]
      passages.push(...(await admitAll(runtime.store, plan, id, candidates, null, context, batch)))
    }
  return passages
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
    const passage = meet(plan, stored, event, context)
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
  const admitted = await admitByEvents(runtime, live, events, met, context)
  await runRounds(runtime.store, admitted, context, overlay)
  await save(runtime, [...met, ...admitted], before, { now, taken: events.map(({ seq }) => seq) })
  return events.length
}
