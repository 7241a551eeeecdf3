import { browsingOf } from './browsing.ts'
import { monthsBetween } from './calendar.ts'
import { type Member, ordersOf } from './orders.ts'
import type { CustomerRow, EventRow } from './rows.ts'
import { busyDays, occasionsOf } from './seasons.ts'
import { traitsOf } from './traits.ts'

const batchSize = 5000

function earlier(one: EventRow, other: EventRow): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1)
}

/**
 * What the members do in [from, to), in order of time over all members, in batches of at most 5,000.
 * A month is made at once and a stretch is cut out of it, so that any two stretches that meet are the
 * same as the one that covers both.
 */
function* behaviour(
  seed: number,
  customers: readonly CustomerRow[],
  from: number,
  to: number,
): Generator<EventRow[]> {
  const members: Member[] = customers.map((customer) => ({ customer, traits: traitsOf(seed, customer) }))
  for (const month of monthsBetween(from, to)) {
    const plan = { month, days: busyDays(month), occasions: occasionsOf(month) }
    const rows: EventRow[] = []
    for (const member of members) {
      if ((member.customer.registeredAt ?? 0) >= month.endAt) continue
      const orders = ordersOf(member, plan)
      for (const row of orders) if (row.at >= from && row.at < to) rows.push(row)
      for (const row of browsingOf(member, plan, orders)) if (row.at >= from && row.at < to) rows.push(row)
    }
    rows.sort(earlier)
    for (let start = 0; start < rows.length; start += batchSize) yield rows.slice(start, start + batchSize)
  }
}

/** The orders and the behaviour before the sandbox's clock starts: [from, to), in order of time. */
export function demoHistory(
  seed: number,
  customers: readonly CustomerRow[],
  from: number,
  to: number,
): Iterable<EventRow[]> {
  return behaviour(seed, customers, from, to)
}

/**
 * What the members do of their own accord after the clock's start: [from, to), in order of time. It goes
 * on from the history without a seam; what messages bring about comes from respond() and is added to it.
 */
export function demoFuture(
  seed: number,
  customers: readonly CustomerRow[],
  from: number,
  to: number,
): Iterable<EventRow[]> {
  return behaviour(seed, customers, from, to)
}
