import { nextAnniversary } from '../calendar/birthday.ts'
import { isDate } from '../calendar/date.ts'
import { addDays, addSpan, localDate, localTime, startOfDay, zonedAt } from '../calendar/index.ts'
import { firstInstant, lastInstant } from '../calendar/instant.ts'
import { limits } from '../limits.ts'
import { type Customer, declaredOf, isColumn, rawAttributeOf } from './customer.ts'
import { dayOfAttribute } from './own-day.ts'
import type { Repeat } from './schema.ts'
import { isBlank, isDayAlone, typedValue } from './types/index.ts'
import type { Value } from './value.ts'

/** Around a date of the customer: days and minutes before (negative) or after it. */
export interface AroundOwnDate {
  readonly attribute: string
  readonly days: number
  /** 'HH:MM' on that day; null: the time of day that the value itself writes, midnight where it writes none. */
  readonly time: string | null
  readonly minutes: number
  readonly repeat: Repeat
}

/** Why a customer has no such moment; nothing is guessed in its place. */
export const noMoments = ['missing', 'unreadable', 'no-year', 'too-far'] as const
export type NoMoment = (typeof noMoments)[number]

/** What the value says: a day, 'YYYY-MM-DD' or '--MM-DD', and the very moment where it writes one. */
interface OwnDate {
  readonly day: string
  readonly at: number | null
}

const yearless = /^--(\d\d-\d\d)$/

/** The moment of a value that has a time of day; null where it is a day and no more. */
function momentOf(raw: Value, { types }: Customer, name: string, zone: string): number | null {
  if (isColumn(name)) return typeof raw === 'number' ? raw : null
  const declared = declaredOf(types, name) ?? { type: 'text', format: null }
  if (declared.type === 'date') return null
  if (typeof raw === 'string' && isDayAlone(raw, declared.format)) return null
  const read = typedValue({ type: 'time', format: declared.format }, raw, types ?? { zone, currency: '' })
  return typeof read === 'number' ? read : null
}

function readOwnDate(customer: Customer, name: string, zone: string): OwnDate | NoMoment {
  const raw = rawAttributeOf(customer, name)
  if (raw === null || (typeof raw === 'string' && isBlank(raw))) return 'missing'
  const at = momentOf(raw, customer, name, zone)
  if (at !== null && at > lastInstant) return 'too-far'
  // A moment is on the customer's own day, whichever it is where the value was written.
  if (at !== null) return at < firstInstant ? 'unreadable' : { day: localDate(at, zone), at }
  const day = dayOfAttribute(raw, name, customer.types, zone)
  if (day === null) return 'unreadable'
  return isDate(day) || isDate(`1600-${yearless.exec(day)?.[1] ?? ''}`) ? { day, at } : 'unreadable'
}

/** The day that counts of one that comes each year: the first whose target is not on a day before `today`. */
function occurrence(day: string, days: number, today: string): string {
  return nextAnniversary(`1600-${day.slice(-5)}`, addDays(today, -Math.max(0, days)))
}

function lasting(target: number, from: number): number | NoMoment {
  const latest = from + limits.longestWait.value * 86_400_000
  return target > latest ? 'too-far' : target
}

/**
 * The moment around a customer's date that somebody waits for who begins to wait at `from`, in the customer's own
 * zone; or why there is none. Of a date that comes each year it is that of the next one, also where the moment
 * before it has gone by; one that comes once may lie in the past.
 */
export function aroundOwnDate(
  customer: Customer,
  { attribute, days, time, minutes, repeat }: AroundOwnDate,
  from: number,
  zone: string,
): number | NoMoment {
  const own = readOwnDate(customer, attribute, zone)
  if (typeof own === 'string') return own
  const { day, at } = own
  if (repeat === 'once' && !isDate(day)) return 'no-year'
  const on = repeat === 'once' ? day : occurrence(day, days, localDate(from, zone))
  const year = Number(on.slice(0, 4))
  if (year >= limits.lastYear.value) return 'too-far'
  // What programs write where there is no date, such as the first day of the year 1.
  if (year < limits.firstYear.value) return 'unreadable'
  if (time === null && at !== null && repeat === 'once')
    return lasting(addSpan(at, { amount: days, unit: 'day' }, zone) + minutes * 60_000, from)
  const target = addDays(on, days)
  const clock = time ?? (at === null ? null : localTime(at, zone))
  const start = clock === null ? startOfDay(target, zone) : zonedAt(target, clock, zone)
  return lasting(start + minutes * 60_000, from)
}
