import { nextAnniversary } from '../calendar/birthday.ts'
import { isDate } from '../calendar/date.ts'
import { addDays, isZone, localDate, zonedAt } from '../calendar/index.ts'
import { type AttributeTypes, declaredOf, isColumn } from './customer.ts'
import type { AnniversaryTest, Repeat } from './schema.ts'
import { typedValue } from './types/index.ts'
import { namesExpiry } from './types/name.ts'
import type { Value } from './value.ts'

/** What the name of a date speaks for where nobody has said whether it comes each year. */
export function likelyRepeat(name: string): Repeat {
  return namesExpiry(name) ? 'once' : 'yearly'
}

/** Days, both included. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** The days that a test asks for, as of today. */
export function daysAsked({ days, within }: AnniversaryTest, today: string): DayRange {
  const day = addDays(today, days)
  if (within !== true) return { from: day, to: day }
  return days < 0 ? { from: day, to: today } : { from: today, to: day }
}

const withoutYear = /^(?:\d{4}-|--)(\d\d-\d\d)$/

/** The 'MM-DD' of a day, 'YYYY-MM-DD' or '--MM-DD', which comes each year; null where there is no such day. */
export function monthDayOf(day: string): string | null {
  const monthDay = withoutYear.exec(day)?.[1]
  return monthDay !== undefined && isDate(`1600-${monthDay}`) ? monthDay : null
}

/**
 * Whether a day, 'YYYY-MM-DD' or '--MM-DD', falls on one of those asked for. Yearly, its year is ignored
 * and 29 February is kept on the 28th in a common year; once, a day without a year never comes.
 */
export function fallsWithin(day: string, { from, to }: DayRange, repeat: AnniversaryTest['repeat']): boolean {
  if (repeat === 'once') return isDate(day) && day >= from && day <= to
  const monthDay = monthDayOf(day)
  if (monthDay === null) return false
  if (from === to && monthDay !== '02-29') return from.endsWith(monthDay)
  return nextAnniversary(`1600-${monthDay}`, from) <= to
}

/** The zone whose day and clock are a customer's own. */
export function ownZone(timezone: string | null, otherwise: string): string {
  return timezone !== null && isZone(timezone) ? timezone : otherwise
}

/** Values that an attribute has as a day: those declared a date or a time, and texts that write a date. */
const asDate = { type: 'date', format: null } as const

/**
 * The day that a column or an attribute holds, as it came in; null where it holds none. What is declared a
 * number, a truth or a list is no day; a text may write one.
 */
export function dayOfAttribute(
  raw: Value | null,
  name: string,
  types: AttributeTypes | undefined,
  zone: string,
): string | null {
  if (raw === null) return null
  const declared = declaredOf(types, name) ?? asDate
  if (isColumn(name)) return typeof raw === 'number' ? localDate(raw, zone) : raw.toString()
  if (declared.type !== 'date' && declared.type !== 'time' && declared.type !== 'text') return null
  const context = types ?? { zone, currency: '' }
  const value = typedValue(declared.type === 'text' ? asDate : declared, raw, context)
  return typeof value === 'number' ? localDate(value, zone) : typeof value === 'string' ? value : null
}

interface Asked {
  readonly test: AnniversaryTest
  readonly now: number
  readonly zone: string
  readonly range: DayRange | null
}
let lastAsked: Asked | null = null

/** The days asked for as of a moment; null where it is not the time asked for. The same for most of a base. */
export function rangeAt(test: AnniversaryTest, now: number, zone: string): DayRange | null {
  if (lastAsked?.test === test && lastAsked.now === now && lastAsked.zone === zone) return lastAsked.range
  const today = localDate(now, zone)
  const range = test.at !== undefined && zonedAt(today, test.at, zone) !== now ? null : daysAsked(test, today)
  lastAsked = { test, now, zone, range }
  return range
}

/** Whether the customer's own day is one of those that the test asks for, as of a moment in a zone. */
export function ownDayHolds(
  raw: Value | null,
  test: AnniversaryTest,
  types: AttributeTypes | undefined,
  now: number,
  zone: string,
): boolean {
  const range = rangeAt(test, now, zone)
  if (range === null) return false
  const day = dayOfAttribute(raw, test.name, types, zone)
  return day !== null && fallsWithin(day, range, test.repeat)
}
