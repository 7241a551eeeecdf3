import type { Plan } from '../../shared/compile/plan.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { react } from '../../shared/run/react.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { PendingEvent, StoredEnrollment } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { admitByEvents, openedByEvent } from './event-entry.ts'
import { Overlay } from './facts.ts'
import { type Passage, passageOf, record, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'

/** An enrollment under way, with the plan that it is on. */
interface Underway {
  readonly plan: Plan
  readonly stored: StoredEnrollment
}

/** The enrollments of a batch by customer; those of a version that cannot be read are left as they are. */
async function underwayOf(
  runtime: Runtime,
  events: readonly PendingEvent[],
): Promise<ReadonlyMap<string, readonly Underway[]>> {
  const byCustomer = new Map<string, Underway[]>()
  const ids = new Set(events.map(({ customerId }) => customerId))
  for (const stored of await runtime.store.enrollmentsOf([...ids])) {
    const { customerId, journeyId, version } = stored.enrollment
    const plan = await planOrNull(runtime, journeyId, version)
    if (plan === null) continue
    const known = byCustomer.get(customerId)
    if (known === undefined) byCustomer.set(customerId, [{ plan, stored }])
    else known.push({ plan, stored })
  }
  return byCustomer
}

/** Names of events by which somebody may come in. */
function entrancesOf(live: readonly Plan[]): ReadonlySet<string> {
  const entrances = live.flatMap(({ triggers }) => triggers.map(({ entrance }) => entrance))
  return new Set(entrances.flatMap((one) => openedByEvent(one)?.filter.event ?? []))
}

/** Whether an enrollment may hear an event of that name: as a goal, an exit rule or the answer that it waits for. */
const hears =
  (name: string) =>
  ({ plan, stored }: Underway): boolean =>
    plan.watches.has(name) || stored.enrollment.wait?.event?.event === name

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
 * Takes one batch of events, each customer's in order of time, then of arrival; those that concern no journey
 * are taken with the others. Enrollments already under way meet the event first; then it may let the customer
 * into journeys. In a paused journey goals, exit
 * rules and answered waits count, so that nothing is lost, and whoever comes out of a wait stands still at
 * the next node until the resume (rule 22). Returns how many were taken.
 */
export async function takeEvents(runtime: Runtime, live: readonly Plan[], now: number): Promise<number> {
  const pending = await runtime.store.pendingEvents(now, runtime.batchSize)
  if (pending.length === 0) return 0
  const underway = await underwayOf(runtime, pending)
  const entrances = entrancesOf(live)
  const { taken, heard } = takenNow(
    pending,
    ({ customerId, event: { name } }) =>
      entrances.has(name) || (underway.get(customerId)?.some(hears(name)) ?? false),
  )
  const context = contextOf(runtime, now)
  const before = new Map<Passage, Enrollment>()
  const met: Passage[] = []
  for (const event of heard)
    for (const { plan, stored } of underway.get(event.customerId) ?? []) {
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
  const { passages: admitted, entries } = await admitByEvents(runtime, live, heard, met, context)
  await runRounds(runtime.store, admitted, context, overlay)
  await save(runtime, [...met, ...admitted], before, { now, taken: taken.map(({ seq }) => seq), entries })
  return taken.length
}
