import { wallAt } from '../calendar/offset.ts'
import type { Repeats } from './bg-nbd.ts'
import type { Spending } from './gamma-gamma.ts'

const dayMs = 86_400_000
/** Times are told to the models of buying in weeks, as they are published. */
export const daysOfUnit = 7

/** An order as it stands: less what was given back of it, in minor units. */
export interface Bought {
  /** Epoch milliseconds. */
  readonly at: number
  readonly worth: number
  /** What it says of itself, as it came in: a JSON object, or what was meant for one. */
  readonly properties: string
}

export interface Purchase extends Bought {
  readonly customerId: string
}

/** Days are counted from 1970-01-01 by the brand's calendar. */
export interface BuyingDay {
  readonly day: number
  readonly worth: number
}

/** The day in which a moment lies, counted from 1970-01-01. */
export const dayAt = (at: number, zone: string): number => Math.floor(wallAt(at, zone) / dayMs)

/** Orders, in order of time, by day: what is bought twice on one day is one purchase, as the models have it. */
export function daysOf(orders: readonly Pick<Bought, 'at' | 'worth'>[], zone: string): BuyingDay[] {
  const days: BuyingDay[] = []
  for (const { at, worth } of orders) {
    const day = dayAt(at, zone)
    const last = days.at(-1)
    if (last?.day === day) days[days.length - 1] = { day, worth: last.worth + worth }
    else days.push({ day, worth })
  }
  return days
}

/** What repeat buying is to the models on a day, by the days up to it; times in weeks. */
export function repeatsOf(days: readonly BuyingDay[], until: number): Repeats {
  const first = days[0]?.day ?? until
  const last = days.at(-1)?.day ?? first
  return {
    repeats: Math.max(0, days.length - 1),
    recency: (last - first) / daysOfUnit,
    age: (until - first) / daysOfUnit,
  }
}

/** What the repeat purchases were worth; null where there is none, or they brought nothing. */
export function spendingOf(days: readonly BuyingDay[]): Spending | null {
  let sum = 0
  for (let index = 1; index < days.length; index += 1) sum += days[index]?.worth ?? 0
  const repeats = days.length - 1
  return repeats < 1 || sum <= 0 ? null : { repeats, average: sum / repeats }
}
