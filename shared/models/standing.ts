import { recentDays, seasonOf } from './seasons.ts'
import { noTouches, type TouchCounts, touchDays, touchKindNames } from './touches.ts'

/** A day on which something was bought. Days are counted from 1970-01-01 by the brand's calendar. */
export interface BoughtDay {
  readonly day: number
  /** In minor units. */
  readonly worth: number
  readonly orders: number
  /** Of them those that were bought for less. */
  readonly reduced: number
}

/** A day on which something was looked at, opened or clicked. */
export interface TouchDay extends TouchCounts {
  readonly day: number
}

/** All that models know of a customer by days, in their order. */
export interface History {
  readonly days: readonly BoughtDay[]
  readonly touches: readonly TouchDay[]
}

/** Where a customer stands at the end of a day, as far as models go by it. */
export interface Standing extends TouchCounts {
  readonly orders: number
  readonly reduced: number
  /** On how many days something was bought: what is bought twice on one day is one purchase. */
  readonly days: number
  readonly first: number
  readonly last: number
  /** Of all that was bought, and of what was bought on the first day. */
  readonly worth: number
  readonly firstWorth: number
  /** Days of the last `recentDays` on which something was bought. */
  readonly recent: number
  /** Past years in which something was bought in the days that come now. */
  readonly seasons: number
  /** Days on which something was bought that were a Saturday or a Sunday. */
  readonly weekends: number
}

/** 1970-01-01 was a Thursday. */
export const isWeekend = (day: number): boolean => (day + 3) % 7 >= 5

/** Touches of the days that count on a day. */
export function touchesOn(touches: readonly TouchDay[], until: number): TouchCounts {
  const counts = { ...noTouches }
  for (const touch of touches)
    if (touch.day <= until && touch.day > until - touchDays)
      for (const kind of touchKindNames) counts[kind] += touch[kind]
  return counts
}

/** What stood at the end of a day; null where nothing had been bought by then. */
export function standingOn({ days, touches }: History, until: number): Standing | null {
  const [first] = days
  if (first === undefined || first.day > until) return null
  let [orders, reduced, count, worth, recent, weekends] = [0, 0, 0, 0, 0, 0]
  let last = first.day
  const seasons = new Set<number>()
  for (const one of days) {
    if (one.day > until) break
    orders += one.orders
    reduced += one.reduced
    count += 1
    worth += one.worth
    last = one.day
    if (one.day > until - recentDays) recent += 1
    if (isWeekend(one.day)) weekends += 1
    const season = seasonOf(one.day, until)
    if (season !== null) seasons.add(season)
  }
  return {
    ...{ orders, reduced, days: count, first: first.day, last, worth, firstWorth: first.worth },
    ...{ recent, seasons: seasons.size, weekends },
    ...touchesOn(touches, until),
  }
}
