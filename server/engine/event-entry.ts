import type { Plan } from '../../shared/compile/plan.ts'
import { needsOf } from '../../shared/conditions/evaluate.ts'
import { membershipsOf } from '../../shared/conditions/memberships.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import {
  type Entrance,
  type EventEntrance,
  type ForEntrances,
  forEntrance,
} from '../../shared/nodes/entrance.ts'
import { anchorsAt, belongs, fits } from '../../shared/run/enter.ts'
import { type StepContext, zoneOf } from '../../shared/run/step.ts'
import { type EntryResult, type FailedEntry, isReadable, type PendingEvent } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { UnreadableRow } from '../ports/unreadable.ts'
import { admitAll, type Candidate } from './admission.ts'
import { eachAlone } from './alone.ts'
import { meetRecorded } from './recorded.ts'
import { type Passage, runRounds } from './round.ts'
import { contextOf, type Runtime, save } from './runtime.ts'

async function welcomeOf(
  runtime: Runtime,
  plan: Plan,
  entrance: EventEntrance,
  events: readonly PendingEvent[],
  context: StepContext,
): Promise<readonly PendingEvent[]> {
  if (entrance.audience === null || events.length === 0) return events
  return holding(runtime, plan, entrance.audience, events, context)
}

/** Those whose condition holds now; evaluated for the few customers of the batch, not over the base. */
export async function holding<One extends Candidate>(
  runtime: Runtime,
  plan: Plan,
  condition: Condition,
  events: readonly One[],
  context: StepContext,
): Promise<One[]> {
  const { customers, tags, memberships, events: load } = runtime.store
  const needs = needsOf([condition])
  const ids = events.map(({ customerId }) => customerId)
  const anchors = anchorsAt(plan, null, context.now, context.brand)
  const moment = { now: context.now, zone: zoneOf(plan, context.brand), anchors }
  const [profiles, tagged, { members, unknown }, histories] = await Promise.all([
    customers(ids, needs.addresses),
    tags(ids),
    memberships(ids, needs.audiences, moment),
    load(ids, needs.events),
  ])
  return events.filter(({ customerId, event }) => {
    const customer = profiles.get(customerId)
    if (customer === undefined) return false
    if (!isReadable(customer)) throw new UnreadableRow(customerId, customer.unreadable)
    const facts = {
      customer,
      tags: tagged.get(customerId) ?? new Set<string>(),
      audiences: membershipsOf(members.get(customerId) ?? new Set<string>(), unknown),
      events: histories.get(customerId) ?? [],
    }
    return belongs(plan, condition, event, facts, { ...context, anchors })
  })
}

interface Trigger {
  readonly plan: Plan
  readonly node: string
  readonly entrance: EventEntrance
}

/** Lets in by one trigger whom its filter and its audience welcome. */
async function admitBy(
  runtime: Runtime,
  { plan, node, entrance }: Trigger,
  events: readonly PendingEvent[],
  context: StepContext,
  batch: readonly Passage[],
): Promise<Passage[]> {
  const matching = events.filter(({ event }) => fits(entrance, event))
  const welcome = await welcomeOf(runtime, plan, entrance, matching, context)
  if (welcome.length === 0) return []
  const passages = await admitAll(runtime.store, plan, node, welcome, null, context, batch)
  await meetRecorded(runtime.store, passages, context)
  return passages
}

/** Which entrances an event opens. */
const opened: ForEntrances<[], EventEntrance | null> = {
  schedule: () => null,
  event: (entrance) => entrance,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** Null where no event opens an entrance. */
export const openedByEvent = (entrance: Entrance): EventEntrance | null => forEntrance(opened, entrance)

function triggersOf(plan: Plan): Trigger[] {
  return plan.triggers.flatMap((trigger) => {
    const { id: node } = trigger
    const entrance = openedByEvent(trigger.entrance)
    return entrance === null ? [] : [{ plan, node, entrance }]
  })
}

/** Rule 26: what failed at one trigger is kept for a later attempt, and the log says so. */
function failed(
  runtime: Runtime,
  place: { readonly journeyId: string; readonly node: string },
  { event: { seq, customerId }, attempts }: Pick<FailedEntry, 'event' | 'attempts'>,
  error: unknown,
  now: number,
): EntryResult {
  const { journeyId, node } = place
  runtime.log.error({ journey: journeyId, node, event: seq, error: String(error) }, 'an entry failed')
  return { journeyId, node, seq, customerId, failure: failureAfter(attempts, error, now) }
}

/** Lets customers in by what they have just done; a trigger that fails holds up no other (rule 26). */
export async function admitByEvents(
  runtime: Runtime,
  plans: readonly Plan[],
  events: readonly PendingEvent[],
  met: readonly Passage[],
  context: StepContext,
): Promise<{ passages: Passage[]; entries: EntryResult[] }> {
  const passages: Passage[] = []
  const entries: EntryResult[] = []
  for (const trigger of plans.flatMap(triggersOf)) {
    const { plan, node, entrance } = trigger
    const those = events.filter(({ event }) => fits(entrance, event))
    const admitted = await eachAlone(those, [...met, ...passages], (some, batch) =>
      admitBy(runtime, trigger, some, context, batch),
    )
    passages.push(...admitted.passages)
    for (const { one: event, error } of admitted.failures)
      entries.push(
        failed(runtime, { journeyId: plan.journey.id, node }, { event, attempts: 0 }, error, context.now),
      )
  }
  return { passages, entries }
}

const settled = ({ journeyId, node, event: { seq, customerId } }: FailedEntry): EntryResult => ({
  journeyId,
  node,
  seq,
  customerId,
  failure: null,
})

/** Failed entries by the trigger at which they failed. */
function byTrigger(entries: readonly FailedEntry[]): FailedEntry[][] {
  const groups = new Map<string, FailedEntry[]>()
  for (const entry of entries) {
    const key = `${entry.journeyId} ${entry.node}`
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()]
}

/**
 * Tries again with entries that failed, whose time has come. One whose trigger the live version has no more is
 * settled; one of a version that cannot be read comes again. Returns how many there were.
 */
export async function retryEntries(runtime: Runtime, plans: readonly Plan[], now: number): Promise<number> {
  const due = await runtime.store.failedEntries(now, runtime.batchSize)
  if (due.length === 0) return 0
  const context = contextOf(runtime, now)
  const triggers = plans.flatMap(triggersOf)
  const readable = new Set(plans.map(({ journey }) => journey.id))
  const passages: Passage[] = []
  const results: EntryResult[] = []
  for (const group of byTrigger(due)) {
    const [{ journeyId, node } = { journeyId: '', node: '' }] = group
    const trigger = triggers.find((one) => one.plan.journey.id === journeyId && one.node === node)
    const events = group.map(({ event }) => event)
    const { passages: admitted, failures } =
      trigger === undefined
        ? { passages: [], failures: [] }
        : await eachAlone(events, passages, (some, batch) => admitBy(runtime, trigger, some, context, batch))
    passages.push(...admitted)
    const errors = new Map(failures.map(({ one, error }) => [one, error]))
    if (!readable.has(journeyId))
      for (const event of events) errors.set(event, 'the live version cannot be read')
    for (const entry of group)
      results.push(
        errors.has(entry.event)
          ? failed(runtime, { journeyId, node }, entry, errors.get(entry.event), now)
          : settled(entry),
      )
  }
  await runRounds(runtime.store, passages, context)
  await save(runtime, passages, new Map(), { now, taken: [], entries: results })
  return due.length
}
