import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { isWaitedFor } from '../../shared/journey/belonging.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { type Heard, reactAll } from '../../shared/run/react.ts'
import { goalReason, type StepContext } from '../../shared/run/step.ts'
import type { PendingEvent } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { noteAbsences, notedAt } from './absence.ts'
import { admitByEvents, openedByEvent } from './event-entry.ts'
import { Overlay } from './facts.ts'
import { hears, type Listener, listenersOf } from './listeners.ts'
import { meetRecorded } from './recorded.ts'
import { type Passage, passageOf, record, runRounds } from './round.ts'
import { contextOf, type Runtime, save } from './runtime.ts'
import { standings } from './standing.ts'

/** Names of events by which somebody may come in, at once or, where another thing is not done, later. */
function entrancesOf(live: readonly Plan[], paused: readonly Plan[]): ReadonlySet<string> {
  const entrances = (plans: readonly Plan[]) =>
    plans.flatMap(({ triggers }) => triggers.map(({ entrance }) => entrance))
  return new Set([
    ...entrances(live).flatMap((one) => openedByEvent(one)?.filter.event ?? []),
    ...entrances([...live, ...paused]).flatMap((one) => notedAt(one)?.filter.event ?? []),
  ])
}

/**
 * What of a batch is taken now: of each customer all up to and with the first event that concerns a journey, in
 * order of time (rule 24). What comes after that one may mean something else once it has been heard.
 */
function takenNow(
  events: readonly PendingEvent[],
  concerns: (event: PendingEvent) => boolean,
): { taken: PendingEvent[]; heard: PendingEvent[] } {
  const taken: PendingEvent[] = []
  const heard: PendingEvent[] = []
  const later = new Set<string>()
  for (const event of events) {
    if (later.has(event.customerId)) continue
    taken.push(event)
    if (!concerns(event)) continue
    heard.push(event)
    later.add(event.customerId)
  }
  return { taken, heard }
}

/** Goals and exit rules first, then the wait that the event may end. */
function passageAfter(heard: Heard<Listener>, event: CustomerEvent, now: number): Passage {
  const { hearer } = heard
  const passage = passageOf(hearer.plan, hearer, null)
  if ('error' in heard) {
    passage.failure = failureAfter(hearer.attempts, heard.error, now)
    return passage
  }
  const { steps, ended } = heard.reaction
  for (const step of steps) record(passage, step, now, null)
  passage.withdraw = ended
  if (!ended && hearer.leftAt === null && isWaitedFor(passage.enrollment, event.name))
    passage.wake = { kind: 'event', event }
  return passage
}

/** A customer's passages by journey: among those of one an event counts once. */
function byJourney(listeners: readonly Listener[]): Map<string, Listener[]> {
  const journeys = new Map<string, Listener[]>()
  for (const listener of listeners) {
    const { journeyId } = listener.enrollment
    const group = journeys.get(journeyId)
    if (group === undefined) journeys.set(journeyId, [listener])
    else group.push(listener)
  }
  return journeys
}

const hasLost = ({ moves }: Passage) => moves.some(({ trace }) => goalReason(trace) === 'goal-lost')

/** What the events do to all who hear of them; by passage, how each stood before. */
async function meet(
  { store }: Runtime,
  events: readonly PendingEvent[],
  listeners: ReadonlyMap<string, readonly Listener[]>,
  context: StepContext,
): Promise<Map<Passage, Enrollment>> {
  const of = ({ customerId }: PendingEvent) => listeners.get(customerId) ?? []
  const watched = events.filter((told) => of(told).some(({ plan }) => plan.watches.has(told.event.name)))
  const standing = await standings(store, watched, context.now)
  const before = new Map<Passage, Enrollment>()
  for (const told of events)
    for (const [journeyId, passages] of byJourney(of(told)))
      for (const heard of reactAll(passages, told.event, standing(journeyId, told), context))
        before.set(passageAfter(heard, told.event, context.now), heard.hearer.enrollment)
  // Another purchase may have been made already that reaches what a refund has taken back.
  await meetRecorded(store, [...before.keys()].filter(hasLost), context)
  return before
}

/**
 * Takes one batch of events, each customer's in order of time, then of arrival; those that concern no journey
 * are taken with the others. Enrollments already under way meet the event first; then it may let the customer
 * into journeys. In a paused journey goals, exit rules and answered waits count, so that nothing is lost, and
 * whoever comes out of a wait stands still at the next node until the resume (rule 22); what begins there that is
 * told later, as what somebody does not do, is noted. Returns how many were taken.
 */
export async function takeEvents(
  runtime: Runtime,
  live: readonly Plan[],
  now: number,
  paused: readonly Plan[] = [],
): Promise<number> {
  const pending = await runtime.store.pendingEvents(now, runtime.batchSize)
  if (pending.length === 0) return 0
  const { listeners, broken } = await listenersOf(runtime, pending, now)
  const entrances = entrancesOf(live, paused)
  const { taken, heard } = takenNow(
    pending,
    ({ customerId, event: { name } }) =>
      entrances.has(name) || (listeners.get(customerId)?.some(hears(name)) ?? false),
  )
  if (broken.length > 0) await runtime.store.commit({ now, changes: broken, taken: [] })
  const context = contextOf(runtime, now)
  const before = await meet(runtime, heard, listeners, context)
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
  const { passages: admitted, entries } = await admitByEvents(runtime, live, heard, met, context)
  await runRounds(runtime.store, admitted, context, overlay)
  const coming = await noteAbsences(runtime, [...live, ...paused], heard, context)
  const batch = { now, taken: taken.map(({ seq }) => seq), entries, coming }
  await save(runtime, [...met, ...admitted], before, batch)
  return taken.length
}
