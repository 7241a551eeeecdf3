import { LunarDay, type SolarDay, SolarTerm } from 'tyme4ts'
import { Problem } from '../errors/index.ts'
import { civilOf, dayOfCivil, weekdayOf, whole, writeDate } from './date.ts'
import { type FestivalId, type FestivalRule, festivalRule } from './festival.ts'

/**
 * The years whose lunar months and solar terms the Hong Kong Observatory publishes, and against which
 * the almanac behind this file is checked. Beyond them there is no answer rather than a doubtful one.
 */
export const firstFestivalYear = 1901
export const lastFestivalYear = 2100

const dates = new Map<FestivalId, Map<number, string>>()

/**
 * The Gregorian date 'YYYY-MM-DD' of the festival of `year`, null outside 1901 to 2100.
 *
 * For a lunar festival `year` is the lunar year, named as always after the Gregorian year in which it
 * begins: Spring Festival of 2026 is 2026-02-17 and opens it; Laba of 2026, in its twelfth month, is
 * 2027-01-15. So each year has exactly one of each, though a Gregorian year can hold two Labas or none
 * (2022 two, 2023 none). A leap month has no festival of its own. For all others `year` is Gregorian.
 * Dates are those of China's standard time. Problem `unknown-festival`.
 */
export function festivalDate(id: FestivalId, year: number): string | null {
  const rule = festivalRule(id)
  if (!Number.isInteger(year) || year < firstFestivalYear || year > lastFestivalYear) return null
  let years = dates.get(id)
  if (years === undefined) {
    years = new Map()
    dates.set(id, years)
  }
  let date = years.get(year)
  if (date === undefined) {
    date = reckon(rule, year)
    years.set(year, date)
  }
  return date
}

function reckon(rule: FestivalRule, year: number): string {
  switch (rule.kind) {
    case 'solar':
      return writeDate(year, rule.month, rule.day)
    case 'weekday':
      return writeDate(year, rule.month, nthWeekday(year, rule.month, rule.weekday, rule.nth))
    case 'lunar':
      return written(LunarDay.fromYmd(year, rule.month, rule.day).getSolarDay())
    case 'term':
      return written(SolarTerm.fromIndex(year, rule.index).getSolarDay())
  }
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  const first = weekdayOf(dayOfCivil(year, month, 1))
  return 1 + ((weekday - first + 7) % 7) + (nth - 1) * 7
}

function written(day: SolarDay): string {
  return writeDate(day.getYear(), day.getMonth(), day.getDay())
}

/**
 * The festival's first occurrence on or after a date, 'YYYY-MM-DD'.
 * Problem `invalid-date`, `unknown-festival`, `festival-out-of-range`.
 */
export function nextFestival(id: FestivalId, onOrAfter: string): string {
  const { year } = civilOf(onOrAfter)
  // A lunar year's last month lies in the next Gregorian year, so the year before may hold the answer;
  // where that year is unknown, the occurrence found could be the second.
  for (let of = year - 1; of <= year + 1; of++) {
    const date = festivalDate(id, of)
    if (date === null) break
    if (date >= onOrAfter) return date
  }
  throw new Problem('festival-out-of-range', { date: onOrAfter })
}

/**
 * The `count` occurrences strictly before a date, newest first.
 * Problem `invalid-date`, `invalid-span`, `unknown-festival`, `festival-out-of-range`.
 */
export function pastFestivals(id: FestivalId, before: string, count: number): string[] {
  const { year } = civilOf(before)
  const found: string[] = []
  for (let of = year; found.length < whole(count); of--) {
    const date = festivalDate(id, of)
    if (date === null) throw new Problem('festival-out-of-range', { date: before })
    if (date < before) found.push(date)
  }
  return found
}
