import { z } from 'zod'
import { Problem } from '../errors/index.ts'
import { minutesOf, timeSchema, weekdayOf } from './date.ts'
import { dayLength, instantOf, wallAt } from './offset.ts'

/**
 * When something may happen: days (ISO weekdays, Monday 1; a weekday is Monday to Friday, whatever the
 * year's make-up workdays) and local times, from inclusive, to exclusive. When `to` is not later than
 * `from` the window ends on the next day and belongs to the day on which it begins; equal times are a
 * whole day.
 */
export const windowSchema = z.strictObject({
  days: z.union([z.enum(['any', 'weekday', 'weekend']), z.array(z.int().min(1).max(7)).min(1).max(7)]),
  from: timeSchema,
  to: timeSchema,
})
export type Window = z.infer<typeof windowSchema>

/** The days of a window or of a time of day. */
export const daysSchema = windowSchema.shape.days
export type WindowDays = Window['days']

function daysOf(days: Window['days']): readonly number[] {
  if (days === 'any') return [1, 2, 3, 4, 5, 6, 7]
  if (days === 'weekday') return [1, 2, 3, 4, 5]
  if (days === 'weekend') return [6, 7]
  const known = days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  if (!known) throw new Problem('invalid-window', { detail: `days [${days.join(', ')}]` })
  return days
}

/**
 * The first instant at or after `at` that lies in the window: `at` itself when inside, else the window's
 * next start. Problem `invalid-window`, `invalid-time`, `unknown-zone`.
 */
export function nextInWindow(at: number, window: Window, zone: string): number {
  const days = daysOf(window.days)
  const from = minutesOf(window.from)
  const to = minutesOf(window.to)
  const today = Math.floor(wallAt(at, zone) / dayLength)
  // From yesterday, whose window may reach over midnight, to the same weekday a week on; one week more
  // for a zone that once left out a whole day.
  for (let day = today - 1; day <= today + 14; day++) {
    if (!days.includes(weekdayOf(day))) continue
    const start = instantOf(day * dayLength + from * 60_000, zone)
    const end = instantOf((to > from ? day : day + 1) * dayLength + to * 60_000, zone)
    if (start >= at) return start
    if (at < end) return at
  }
  throw new Problem('time-out-of-range', { value: at })
}

/** The first of the starts after `at` itself: what begins at that very moment has begun. Problems as of `nextInWindow`. */
export function nextStart(at: number, { days, from }: Omit<Window, 'to'>, zone: string): number {
  const allowed = daysOf(days)
  const minutes = minutesOf(from)
  const today = Math.floor(wallAt(at, zone) / dayLength)
  for (let day = today; day <= today + 14; day++) {
    const start = allowed.includes(weekdayOf(day)) ? instantOf(day * dayLength + minutes * 60_000, zone) : at
    if (start > at) return start
  }
  throw new Problem('time-out-of-range', { value: at })
}

/** The least time from one day of these to the next (ms, a day taken as 24 hours). Problem `invalid-window`. */
export function leastGap(days: WindowDays): number {
  const allowed = [...new Set(daysOf(days))].sort((a, b) => a - b)
  const gaps = allowed.map((day, at) => (allowed[at + 1] ?? (allowed[0] ?? day) + 7) - day)
  return Math.min(...gaps) * dayLength
}
