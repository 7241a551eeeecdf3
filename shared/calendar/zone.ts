import { Temporal } from 'temporal-polyfill'
import { dateOf, dayOf, minutesOf, shiftMonths, two, whole } from './date.ts'
import { dayLength, instantOf, wallAt, wallExists } from './offset.ts'
import type { Span } from './span.ts'

/**
 * The instant (epoch ms) of a local date 'YYYY-MM-DD' and time 'HH:MM'. A local time that does not
 * exist moves forward; one that exists twice is the first.
 * Problem `invalid-date`, `invalid-time`, `unknown-zone`.
 */
export function zonedAt(date: string, time: string, zone: string): number {
  return instantOf(dayOf(date) * dayLength + minutesOf(time) * 60_000, zone)
}

/** The local date at an instant as days since 1970-01-01. Problem `unknown-zone`, `time-out-of-range`. */
export function localDay(at: number, zone: string): number {
  return Math.floor(wallAt(at, zone) / dayLength)
}

/** The local date 'YYYY-MM-DD' at an instant. Problem `unknown-zone`, `time-out-of-range`. */
export function localDate(at: number, zone: string): string {
  return dateOf(localDay(at, zone))
}

/** The local time 'HH:MM' at an instant. Problem `unknown-zone`, `time-out-of-range`. */
export function localTime(at: number, zone: string): string {
  const minutes = localMinutes(at, zone)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Whole minutes since local midnight by the wall clock, 0 to 1439. */
export function localMinutes(at: number, zone: string): number {
  const wall = wallAt(at, zone)
  return Math.floor((wall - Math.floor(wall / dayLength) * dayLength) / 60_000)
}

/** Of one zone, the days whose beginnings were asked for: the same few again and again, for everybody. */
const begun = { zone: '', days: new Map<string, number>() }
const mostBegun = 1_000

/** The first instant of a local date; not always 00:00, as some zones change their clocks at midnight. */
export function startOfDay(date: string, zone: string): number {
  const { days } = begun
  if (begun.zone !== zone || days.size >= mostBegun) {
    days.clear()
    begun.zone = zone
  }
  const known = days.get(date)
  if (known !== undefined) return known
  const at = beginningOf(date, zone)
  days.set(date, at)
  return at
}

function beginningOf(date: string, zone: string): number {
  const wall = dayOf(date) * dayLength
  if (wallExists(wall, zone)) return instantOf(wall, zone)
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
}

/**
 * The instant a span away. Minutes and hours are exact; days, weeks, months and years keep the wall
 * clock, a month's end clamps. Nothing added is the same instant, also in an hour that comes twice.
 * Problem `invalid-span`, `unknown-zone`, `time-out-of-range`.
 */
export function addSpan(at: number, span: Span, zone: string): number {
  const amount = whole(span.amount)
  if (amount === 0) return at
  switch (span.unit) {
    case 'minute':
      return at + amount * 60_000
    case 'hour':
      return at + amount * 3_600_000
    case 'day':
      return moveDay(at, zone, (day) => day + amount)
    case 'week':
      return moveDay(at, zone, (day) => day + amount * 7)
    case 'month':
      return moveDay(at, zone, (day) => shiftMonths(day, amount))
    case 'year':
      return moveDay(at, zone, (day) => shiftMonths(day, amount * 12))
  }
}

function moveDay(at: number, zone: string, move: (day: number) => number): number {
  const wall = wallAt(at, zone)
  const day = Math.floor(wall / dayLength)
  return instantOf(move(day) * dayLength + (wall - day * dayLength), zone)
}
