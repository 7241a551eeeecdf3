import { z } from 'zod'
import { Problem } from '../errors/index.ts'

/** The first and last day that 'YYYY-MM-DD' can write, as days since 1970-01-01. */
export const firstDay = -719_162
export const lastDay = 2_932_896

const zero = 48
const hyphen = 45
const colon = 58
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export interface Civil {
  year: number
  /** 1 to 12. */
  month: number
  /** 1 to 31. */
  day: number
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** How many days a month of the proleptic Gregorian calendar has; month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0)
}

/** Days since 1970-01-01. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
export function dayOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The civil date of a day number; Hinnant's civil_from_days. */
export function civilOfDay(dayNumber: number): Civil {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** The number that the ASCII digits from `start` write; NaN where one is no digit. */
function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) {
    const digit = text.charCodeAt(i) - zero
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function readDate(date: string): Civil | null {
  if (date.length !== 10 || date.charCodeAt(4) !== hyphen || date.charCodeAt(7) !== hyphen) return null
  const year = digits(date, 0, 4)
  const month = digits(date, 5, 2)
  const day = digits(date, 8, 2)
  const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? { year, month, day } : null
}

/** Whether the text is a date that exists, written 'YYYY-MM-DD'. */
export function isDate(date: string): boolean {
  return readDate(date) !== null
}

/** Year, month and day of 'YYYY-MM-DD'; Problem `invalid-date`. */
export function civilOf(date: string): Civil {
  const civil = readDate(date)
  if (civil === null) throw new Problem('invalid-date', { date })
  return civil
}

/** Days from 1970-01-01 to 'YYYY-MM-DD'; Problem `invalid-date`. */
export function dayOf(date: string): number {
  const { year, month, day } = civilOf(date)
  return dayOfCivil(year, month, day)
}

const written = new Map<number, string>()

/** 'YYYY-MM-DD' of a day number; Problem `time-out-of-range`. */
export function dateOf(dayNumber: number): string {
  const known = written.get(dayNumber)
  if (known !== undefined) return known
  if (!(dayNumber >= firstDay && dayNumber <= lastDay)) {
    throw new Problem('time-out-of-range', { value: dayNumber })
  }
  const { year, month, day } = civilOfDay(dayNumber)
  const date = writeDate(year, month, day)
  if (written.size >= 50_000) written.clear()
  written.set(dayNumber, date)
  return date
}

/** 'YYYY-MM-DD' of a year, month and day that exist. */
export function writeDate(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** A number below 100 in two digits. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

function readTime(time: string): number | null {
  if (time.length !== 5 || time.charCodeAt(2) !== colon) return null
  const hours = digits(time, 0, 2)
  const minutes = digits(time, 3, 2)
  return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : null
}

/** Minutes since midnight of 'HH:MM', 00:00 to 23:59; Problem `invalid-time`. */
export function minutesOf(time: string): number {
  const minutes = readTime(time)
  if (minutes === null) throw new Problem('invalid-time', { time })
  return minutes
}

/** Whether the text is a time of day written 'HH:MM'. */
export function isTime(time: string): boolean {
  return readTime(time) !== null
}

/** A calendar date that exists, 'YYYY-MM-DD', as a schema. */
export const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date that exists, such as 2026-08-19')
  .refine(isDate, { message: 'a date that exists, such as 2026-08-19' })

/** A local time of day, 'HH:MM', as a schema. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** ISO day of the week: Monday 1 to Sunday 7. */
export function weekday(date: string): number {
  return weekdayOf(dayOf(date))
}

/** ISO day of the week of a day number; 1970-01-01 was a Thursday. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1
}

/** The date `count` days later (earlier when negative). */
export function addDays(date: string, count: number): string {
  return dateOf(dayOf(date) + whole(count))
}

/** The same day `count` months later, or the last of that month when it is shorter. */
export function addMonths(date: string, count: number): string {
  return dateOf(shiftMonths(dayOf(date), whole(count)))
}

/** The same day `count` years later; 29 February becomes 28 February in a common year. */
export function addYears(date: string, count: number): string {
  return addMonths(date, whole(count) * 12)
}

/** The day number `count` whole months later, clamped to the end of the month. */
export function shiftMonths(dayNumber: number, count: number): number {
  const { year, month, day } = civilOfDay(dayNumber)
  const months = year * 12 + (month - 1) + count
  const toYear = Math.floor(months / 12)
  const toMonth = months - toYear * 12 + 1
  return dayOfCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** The number itself when it is whole; Problem `invalid-span`. */
export function whole(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new Problem('invalid-span', { amount })
  return amount
}
