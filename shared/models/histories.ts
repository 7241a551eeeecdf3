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

/** A day on which something was bought. Days are counted from 1970-01-01 by the brand's calendar. */
export interface BuyingDay {
  readonly day: number
  /** In minor units. */
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
  return repeatsIn({ days: days.length, first, last: days.at(-1)?.day ?? first }, until)
}

/** The same by how many days there were, the first of them and the last. */
export function repeatsIn({ days, first, last }: BuyingSpan, until: number): Repeats {
  return {
    repeats: Math.max(0, days - 1),
    recency: (last - first) / daysOfUnit,
    age: (until - first) / daysOfUnit,
  }
}

interface BuyingSpan {
  readonly days: number
  readonly first: number
  readonly last: number
}

/** What the repeat purchases were worth; null where there is none, or they brought nothing. */
export function spendingOf(days: readonly BuyingDay[]): Spending | null {
  let worth = 0
  for (const day of days) worth += day.worth
  return spendingIn({ days: days.length, worth, firstWorth: days[0]?.worth ?? 0 })
}

/** The same by what all of them were worth, and the first. */
export function spendingIn({ days, worth, firstWorth }: BuyingSum): Spending | null {
  const repeats = days - 1
  const sum = worth - firstWorth
  return repeats < 1 || sum <= 0 ? null : { repeats, average: sum / repeats }
}

interface BuyingSum {
  readonly days: number
  readonly worth: number
  readonly firstWorth: number
}
