import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { type EventStanding, orderOf, standingOf } from '../../shared/run/goals.ts'
import type { EngineStore } from '../ports/engine.ts'

/** An event of a customer's. */
export interface Told {
  readonly customerId: string
  readonly event: CustomerEvent
}

export type StandingIn = (journeyId: string, told: Told) => EventStanding

const keyOf = (...parts: readonly string[]) => JSON.stringify(parts)

/**
 * What is known of events beside themselves, asked for a batch at once: which goals they have reached already, and
 * what their orders are still worth by a moment.
 */
export async function standings(
  store: Pick<EngineStore, 'goalHits' | 'orderStandings'>,
  told: readonly Told[],
  now: number,
): Promise<StandingIn> {
  if (told.length === 0) return (_journey, { event }) => standingOf(event)
  const orders = told.flatMap(({ customerId, event }) => {
    const order = orderOf(event)
    return order === null ? [] : [{ customerId, order }]
  })
  const [hits, worth] = await Promise.all([
    store.goalHits(told.map(({ customerId, event: { name, id } }) => ({ customerId, name, id }))),
    orders.length === 0 ? [] : store.orderStandings(orders, now),
  ])
  const counted = new Map<string, Set<string>>()
  for (const { customerId, journeyId, name, id, goal } of hits) {
    const key = keyOf(customerId, journeyId, name, id)
    counted.set(key, (counted.get(key) ?? new Set()).add(goal))
  }
  const byOrder = new Map(worth.map((one) => [keyOf(one.customerId, one.order), one]))
  return (journeyId, { customerId, event }) => {
    const order = orderOf(event)
    const known = order === null ? undefined : byOrder.get(keyOf(customerId, order))
    return standingOf(event, known, counted.get(keyOf(customerId, journeyId, event.name, event.id)))
  }
}
