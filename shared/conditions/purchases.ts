import type { CustomerEvent, Properties } from './customer.ts'
import { orderNumber } from './customer.ts'
import { returnedIn } from './returns.ts'

/** The event by which a shop says that it has given money back, for an order by its `order_id`. */
export const refundEvent = 'refund'
export const orderEvent = 'order'

/** Why an event about money is not taken. */
export type MoneyFault = 'negative-order' | 'negative-refund'

/** The order that a refund is of, as text; null where it names none. */
export function refundedOrder(properties: Properties): string | null {
  const order = properties[orderNumber]
  return typeof order === 'string' || typeof order === 'number' ? String(order) : null
}

interface MoneyEvent {
  readonly name: string
  readonly amount: number | null
  readonly properties: Properties
}

/**
 * The one rule about money at every door (API, files, hooks, command line): neither an order nor what is given
 * back for one is below zero; whoever takes money back says so by the event `refund`. Null where an event keeps it.
 */
export function moneyFault({ name, amount }: MoneyEvent): MoneyFault | null {
  if (amount === null || amount >= 0) return null
  if (name === orderEvent) return 'negative-order'
  return name === refundEvent ? 'negative-refund' : null
}

/** Whether a refund takes nothing back: it says neither how much nor which lines, or not for which order. */
export function takesNothingBack({ name, amount, properties }: MoneyEvent): boolean {
  if (name !== refundEvent) return false
  return (!amount && returnedIn(properties).length === 0) || refundedOrder(properties) === null
}

/** Whether so much given back undoes an order. */
export function isUndone(amount: number | null, refunded: number): boolean {
  return refunded > 0 && refunded >= (amount ?? 0)
}

/** What an order is still worth when so much of it has been given back; null where that undoes it. */
export function worthOf(amount: number | null, refunded: number): number | null {
  return isUndone(amount, refunded) ? null : (amount ?? 0) - refunded
}

const isRefund = ({ name }: CustomerEvent): boolean => name === refundEvent

/**
 * Orders as they stand at a moment: less what has been given back by then, and without those of which all has
 * been. Other events are as they were.
 */
export function standing(events: readonly CustomerEvent[], before: number): readonly CustomerEvent[] {
  if (!events.some(isRefund)) return events
  const refunded = new Map<string, number>()
  for (const { name, at, amount, properties } of events) {
    const order = name === refundEvent && at < before ? refundedOrder(properties) : null
    if (order !== null) refunded.set(order, (refunded.get(order) ?? 0) + (amount ?? 0))
  }
  if (refunded.size === 0) return events
  return events.flatMap((event) => {
    const back = event.name === orderEvent ? (refunded.get(event.id) ?? 0) : 0
    if (back === 0) return [event]
    return isUndone(event.amount, back) ? [] : [{ ...event, amount: (event.amount ?? 0) - back }]
  })
}
