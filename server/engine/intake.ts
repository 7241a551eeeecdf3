import type { Plan } from '../../shared/compile/plan.ts'
import { orderEvent, refundEvent, refundedOrder } from '../../shared/conditions/purchases.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { type Heard, reactAll } from '../../shared/run/react.ts'
import { goalReason, type StepContext } from '../../shared/run/step.ts'
import type { Change, PendingEvent, StoredEnrollment } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { admitByEvents } from './event-entry.ts'
import { Overlay } from './facts.ts'
import { meetRecorded } from './recorded.ts'
import { failedWhereItStands, type Passage, passageOf, record, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'
import { standings } from './standing.ts'

/** Each customer's events one at a time: the first event of each, in order of time (rule 24). */
function firstOfEach(events: readonly PendingEvent[]): PendingEvent[] {
  const seen = new Set<string>()
  return events.filter(({ customerId }) => !seen.has(customerId) && seen.add(customerId))
}

/** A passage that may hear of an event. */
interface Listener extends StoredEnrollment {
  readonly plan: Plan
  readonly pending: PendingEvent
}

/**
 * Those under way, those who have left and whose goals still count, and whose goals an order has reached that is
 * given back, however long ago they left.
 */
async function storedFor({ store }: Runtime, events: readonly PendingEvent[]): Promise<StoredEnrollment[]> {
  const refunded = events.flatMap(({ customerId, event }) => {
    const id = event.name === refundEvent ? refundedOrder(event.properties) : null
    return id === null ? [] : [{ customerId, name: orderEvent, id }]
  })
  const [live, counting, hits] = await Promise.all([
    store.enrollmentsOf(events.map(({ customerId }) => customerId)),
    store.stillCounting(events.map(({ customerId, event: { at } }) => ({ customerId, at }))),
    refunded.length === 0 ? [] : store.goalHits(refunded),
  ])
  const known = new Set([...live, ...counting].map(({ enrollment: { id } }) => id))
  const missing = [...new Set(hits.map(({ enrollmentId }) => enrollmentId))].filter((id) => !known.has(id))
  const others = missing.length === 0 ? [] : await store.enrollmentsById(missing)
  return [...live, ...counting, ...others]
}

/** Listeners with their plans; who is under way in a version that cannot be read fails, and hears of it later (rule 26). */
async function listenersOf(
  runtime: Runtime,
  events: readonly PendingEvent[],
  now: number,
): Promise<{ listeners: Listener[]; broken: Change[] }> {
  const byCustomer = new Map(events.map((event) => [event.customerId, event]))
  const listeners: Listener[] = []
  const broken: Change[] = []
  for (const stored of await storedFor(runtime, events)) {
    const { journeyId, version, customerId } = stored.enrollment
    const pending = byCustomer.get(customerId)
    if (pending === undefined) continue
    const plan = await planOrNull(runtime, journeyId, version)
    if (plan !== null) listeners.push({ ...stored, plan, pending })
    else if (stored.leftAt === null)
      broken.push(failedWhereItStands(stored, `version ${version} cannot be read`, now))
  }
  return { listeners, broken }
}

/** Goals and exit rules first, then the wait that the event may end. */
function passageAfter(heard: Heard<Listener>, now: number): Passage {
  const { hearer } = heard
  const { event } = hearer.pending
  const passage = passageOf(hearer.plan, hearer, null)
  if ('error' in heard) {
    passage.failure = failureAfter(hearer.attempts, heard.error, now)
    return passage
  }
  const { steps, ended } = heard.reaction
  for (const step of steps) record(passage, step, now, null)
  passage.withdraw = ended
  if (!ended && hearer.leftAt === null && passage.enrollment.wait?.event?.event === event.name)
    passage.wake = { kind: 'event', event }
  return passage
}

/** Listeners by customer and journey: among those an event counts once. */
function together(listeners: readonly Listener[]): Listener[][] {
  const groups = new Map<string, Listener[]>()
  for (const listener of listeners) {
    const { customerId, journeyId } = listener.enrollment
    const key = JSON.stringify([customerId, journeyId])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [listener])
    else group.push(listener)
  }
  return [...groups.values()]
}

const hasLost = ({ moves }: Passage) => moves.some(({ trace }) => goalReason(trace) === 'goal-lost')

/** What the events do to all who hear of them; by passage, how each stood before. */
async function meet(
  runtime: Runtime,
  listeners: readonly Listener[],
  context: StepContext,
): Promise<Map<Passage, Enrollment>> {
  const { store } = runtime
  const watched = listeners.filter(({ plan, pending }) => plan.watches.has(pending.event.name))
  const standing = await standings(store, [...new Set(watched.map(({ pending }) => pending))], context.now)
  const before = new Map<Passage, Enrollment>()
  for (const group of together(listeners)) {
    const [first] = group
    if (first === undefined) continue
    const { event } = first.pending
    const known = standing(first.plan.journey.id, first.pending)
    for (const heard of reactAll(group, event, known, context))
      before.set(passageAfter(heard, context.now), heard.hearer.enrollment)
  }
  // Another purchase may have been made already that reaches what a refund has taken back.
  await meetRecorded(store, [...before.keys()].filter(hasLost), context)
  return before
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
  const { listeners, broken } = await listenersOf(runtime, events, now)
  if (broken.length > 0) await runtime.store.commit({ now, changes: broken, taken: [] })
  const before = await meet(runtime, listeners, context)
  const met = [...before.keys()].sort((a, b) => a.enrollment.id - b.enrollment.id)
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
