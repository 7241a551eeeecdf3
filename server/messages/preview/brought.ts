import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import type { Plan } from '../../../shared/compile/plan.ts'
import { type Customer, type CustomerEvent, entryValues } from '../../../shared/conditions/customer.ts'
import type { Condition, EventFilter } from '../../../shared/conditions/schema.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { type Entrance, type ForEntrances, forEntrance } from '../../../shared/nodes/entrance.ts'
import type { EntryEvent } from '../../../shared/nodes/type.ts'
import { fits, lacks, listEvent, toldAt } from '../../../shared/run/enter.ts'
import { leadsOn, passedEvent } from '../../../shared/run/following.ts'
import type { PreviewReads } from './desk.ts'

type Trigger = Plan['triggers'][number]
type Told = NonNullable<PreviewAnswer['entry']>

/** What brings a customer in: as the answer tells it, and as the passage keeps it. */
export interface Brought {
  readonly entry: Told
  readonly event: EntryEvent | null
}

/** Where and when somebody is looked at. */
export interface BroughtRequest {
  readonly desk: PreviewReads
  readonly plan: Plan
  readonly journey: Journey
  readonly trigger: Trigger
  readonly customer: Customer
  readonly now: number
  /** When the trigger lets in. */
  readonly at: number
  readonly zone: string
}

const done = ({ event, where }: EventFilter): Condition => ({
  ...{ kind: 'events', event, where, measure: 'count', window: { kind: 'ever' }, op: 'gte', value: 1 },
})

const both = (one: Condition, other: Condition | null): Condition =>
  other === null ? one : { kind: 'all', of: [one, other] }

/** Whom an entrance may bring, to be looked at one by one; null: anybody. */
const audiences: ForEntrances<[], Condition | null> = {
  schedule: ({ audience }) => audience,
  event: ({ filter, audience }) => both(done(filter), audience),
  manual: () => null,
  membership: ({ audience, on }) => (on === 'join' ? audience : { kind: 'not', of: audience }),
  absence: ({ filter, audience }) => both(done(filter), audience),
  journey: () => null,
}

export const audienceOf = (entrance: Entrance): Condition | null => forEntrance(audiences, entrance)

/** The entry event's values as the journey's own examples have them. */
function exampleValues({ variables }: Journey): EntryEvent['properties'] {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, { example }]) =>
      name.startsWith('entry.') && example !== undefined
        ? [[name.slice('entry.'.length), example] as const]
        : [],
    ),
  )
}

/** By examples alone: the texts shall have something to tell where nothing is on record. */
function byExample({ journey, trigger, at }: BroughtRequest, by: Told['by']): Brought {
  const properties = exampleValues(journey)
  const event = Object.keys(properties).length === 0 ? null : { id: 'example', properties }
  return { entry: { node: trigger.id, by, at, event: null }, event }
}

/** By something that is on record, as if it came at the time of entry. */
function byRecord({ journey, trigger, at }: BroughtRequest, by: Told['by'], event: CustomerEvent): Brought {
  const { id, name } = event
  return {
    entry: { node: trigger.id, by, at, event: { name, at: event.at } },
    // As if it came now: what was done after it then is not done after it here.
    event: { id, name, at, properties: { ...exampleValues(journey), ...entryValues(event) } },
  }
}

/** What the customer has done of some things so far, the latest first. */
async function doneBy({ desk, customer, now }: BroughtRequest, names: readonly string[]) {
  const found = await desk.store.eventsBetween([customer.id], [...new Set(names)], 0, now)
  return [...(found.get(customer.id) ?? [])].reverse()
}

/** What brings somebody in by each kind of entrance; for what has not happened the examples stand in. */
const ways: ForEntrances<[request: BroughtRequest], Promise<Brought>> = {
  schedule: async (_entrance, request) => byExample(request, 'time'),
  event: async ({ filter }, request) => {
    const event = (await doneBy(request, [filter.event])).find((one) => fits({ filter }, one))
    return event === undefined ? byExample(request, 'not_done') : byRecord(request, 'done', event)
  },
  absence: async (entrance, request) => {
    const { plan, customer, now, zone } = request
    const { filter, missing } = entrance
    const events = await doneBy(request, [filter.event, missing.event])
    const begun = events.filter((one) => fits(entrance, one))
    const told = (one: CustomerEvent) => toldAt(entrance, one, customer.timezone ?? zone)
    const lacking = begun.find((one) => told(one) <= now && lacks(plan, entrance, one, events, told(one)))
    if (lacking !== undefined) return byRecord(request, 'lacking', lacking)
    const [last] = begun
    return last === undefined ? byExample(request, 'not_done') : byRecord(request, 'not_lacking', last)
  },
  membership: async ({ audience, on }, request) => {
    const { desk, customer, now, zone } = request
    const moment = { now, zone, anchors: {} }
    const asked = { condition: audience, moment, customerId: customer.id, move: 'none' } as const
    const isOf = (await desk.stores.audiences.stepThrough(asked)).index > 0
    return byExample(request, `${isOf ? 'is_of' : 'not_of'}_${on}`)
  },
  journey: async ({ journey, on, endings }, request) => {
    const { desk, customer } = request
    const passed = await desk.stores.passages.latest(journey, customer.id, on)
    const leads =
      passed !== null && (on === 'entered' || leadsOn({ endings: new Set(endings) }, passed.ending ?? ''))
    if (!leads) return byExample(request, 'not_passed')
    const { enrollment, at, ending } = passed
    return byRecord(request, 'passed', passedEvent(enrollment, { on, ending, at }))
  },
  // Who stands in a list by file brings its columns along.
  manual: async (_entrance, request) => {
    const { desk, journey, customer } = request
    const came = await desk.stores.passages.latest(journey.id, customer.id, 'entered')
    const listed = came?.enrollment.entry.event
    if (listed?.name !== listEvent) return byExample(request, 'by_hand')
    const { id, name, at = came?.at ?? request.at, properties } = listed
    return byRecord(request, 'listed', { id, name, at, amount: null, properties })
  },
}

/** What brings a customer in, by the trigger that is looked at. */
export const broughtBy = (request: BroughtRequest): Promise<Brought> =>
  forEntrance(ways, request.trigger.entrance, request)
