import type { WhatIfRequest } from '../../../shared/api/why.ts'
import type { Plan } from '../../../shared/compile/plan.ts'
import { type Customer, type CustomerEvent, withAttribute } from '../../../shared/conditions/customer.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import { type Entrance, type ForEntrances, forEntrance } from '../../../shared/nodes/entrance.ts'
import type { Enrollment } from '../../../shared/nodes/type.ts'
import { anchorsAt, fits } from '../../../shared/run/enter.ts'
import type { MemberFacts } from '../../ports/rehearsal.ts'
import type { Arrival } from '../../rehearsal/world.ts'

/** What has come since somebody came in, and would not be there at the entry. */
export interface SinceEntry {
  readonly tags: readonly string[]
  readonly lists: readonly string[]
  /** The passage's own messages, which are decided anew. */
  readonly touches: readonly { readonly channel: string; readonly decidedAt: number }[]
}

/** Whom each kind of entrance asks for; null: nobody in particular. */
const asks: ForEntrances<[event: CustomerEvent | null], { audience: Condition | null; fits: boolean }> = {
  schedule: ({ audience }) => ({ audience, fits: true }),
  event: (entrance, event) => ({
    audience: entrance.audience,
    fits: event !== null && fits(entrance, event),
  }),
  manual: () => ({ audience: null, fits: true }),
  membership: ({ audience, on }) => ({ audience: on === 'join' ? audience : null, fits: true }),
  absence: (entrance, event) => ({
    audience: entrance.audience,
    fits: event !== null && fits(entrance, event),
  }),
  journey: () => ({ audience: null, fits: true }),
}

const asked = (entrance: Entrance, event: CustomerEvent | null) => forEntrance(asks, entrance, event)

/** The event by which somebody came in, as far as the entry has kept it. */
function entryEvent({ entry: { event }, enteredAt }: Enrollment, at: number | null): CustomerEvent | null {
  if (event === null) return null
  const { amount, ...properties } = event.properties
  return {
    id: event.id,
    name: event.name ?? '',
    at: at ?? event.at ?? enteredAt,
    amount: typeof amount === 'number' ? amount : null,
    properties,
    ...(event.seq === undefined || at !== null ? {} : { seq: event.seq }),
  }
}

const isSame = (one: { name: string; id: string }, other: { name: string; id: string }) =>
  one.name === other.name && one.id === other.id

/**
 * How a customer comes in under changed circumstances; null where there is no such trigger, or its event has not
 * been. `ask`: whether the trigger's audience and filter decide again.
 */
export function arrivalOf(
  plan: Plan,
  enrollment: Enrollment,
  { at, events }: WhatIfRequest,
  brand: Brand,
  ask: boolean,
): Arrival | null {
  const { entry, enteredAt } = enrollment
  const trigger = plan.triggers.find(({ id }) => id === entry.trigger)
  const event = entryEvent(enrollment, at)
  if (trigger === undefined) return null
  if (event !== null && events.remove.some((one) => isSame(one, event))) return null
  const { audience, fits: suits } = asked(trigger.entrance, event)
  if (ask && !suits) return null
  const when = at ?? enteredAt
  return {
    at: when,
    trigger: trigger.id,
    event,
    anchors:
      at === null
        ? { ...anchorsAt(plan, null, when, brand), ...entry.anchors }
        : anchorsAt(plan, null, when, brand),
    audience: ask ? audience : null,
  }
}

function customerWith(customer: Customer, { attributes }: WhatIfRequest): Customer {
  return Object.entries(attributes).reduce(
    (changed, [name, value]) => withAttribute(changed, name, value),
    customer,
  )
}

/** What has been done, with what is added, without what is taken away, and the entry's event at its new time. */
function eventsWith(
  known: readonly CustomerEvent[],
  { events: { add, remove } }: WhatIfRequest,
  { event }: Arrival,
): CustomerEvent[] {
  const kept = known.filter((one) => !remove.some((gone) => isSame(gone, one)))
  const moved = event === null ? kept : kept.map((one) => (isSame(one, event) ? event : one))
  const more = add.map((one, index): CustomerEvent => ({ ...one, id: `what-if-${index + 1}` }))
  return [...moved, ...more].sort((a, b) => a.at - b.at)
}

/** What is on record of a customer, as it was at the entry and with what is changed. */
export function changing(
  request: WhatIfRequest,
  arrival: Arrival,
  since: SinceEntry,
): (member: MemberFacts) => MemberFacts {
  return (member) => {
    const tags = new Set([...member.tags].filter((tag) => !since.tags.includes(tag)))
    for (const tag of request.tags.remove) tags.delete(tag)
    for (const tag of request.tags.add) tags.add(tag)
    const own = [...since.touches]
    return {
      customer: customerWith(member.customer, request),
      tags,
      audiences: new Set([...member.audiences].filter((key) => !since.lists.includes(key))),
      events: eventsWith(member.events, request, arrival),
      picks: member.picks,
      touches: member.touches.filter(({ channel, decidedAt, other }) => {
        const at = own.findIndex(
          (one) => other === undefined && one.channel === channel && one.decidedAt === decidedAt,
        )
        if (at >= 0) own.splice(at, 1)
        return at < 0
      }),
    }
  }
}
