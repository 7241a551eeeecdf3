import { orderEvent } from '../../shared/conditions/purchases.ts'
import type { Past } from './behaviour.ts'

const dayMs = 86_400_000

/** How often people ordered: on how many of how many days of one person, and for how much. */
export interface Counted {
  readonly people: number
  readonly days: number
  readonly orderDays: number
  readonly amounts: readonly number[]
}

export const nothingCounted: Counted = { people: 0, days: 0, orderDays: 0, amounts: [] }

/** Counts what people did in stretches of their past. */
export function count(
  stretches: readonly { readonly at: number; readonly until: number; readonly events: Past['events'] }[],
): Counted {
  let days = 0
  let orderDays = 0
  const amounts: number[] = []
  for (const { at, until, events } of stretches) {
    days += Math.max(0, until - at) / dayMs
    const seen = new Set<number>()
    for (const event of events) {
      if (event.name !== orderEvent || event.at >= until) continue
      seen.add(Math.floor((event.at - at) / dayMs))
      if (event.amount !== null && event.amount > 0) amounts.push(event.amount)
    }
    orderDays += seen.size
  }
  return { people: stretches.length, days, orderDays, amounts }
}

export function together(one: Counted, more: Counted): Counted {
  return {
    people: one.people + more.people,
    days: one.days + more.days,
    orderDays: one.orderDays + more.orderDays,
    amounts: [...one.amounts, ...more.amounts],
  }
}

/** The chance of an order on any one day of one person; null where no day is on record. */
export function dailyOf({ days, orderDays }: Counted): number | null {
  return days === 0 ? null : Math.round((orderDays / days) * 1e6) / 1e6
}

/** The mean value of the orders that were counted; null without any. */
export function meanOf({ amounts }: Counted): number | null {
  if (amounts.length === 0) return null
  return Math.round(amounts.reduce((total, one) => total + one, 0) / amounts.length)
}

/** The values of the orders that were counted, by size. */
export const amountsOf = ({ amounts }: Counted): readonly number[] => [...amounts].sort((a, b) => a - b)

/** An order's value by a chance from 0 to 1: one of some by size, the mean where there are none. */
export function orderValue(amounts: readonly number[], mean: number): (chance: number) => number {
  return (chance) => amounts[Math.floor(chance * amounts.length)] ?? mean
}
