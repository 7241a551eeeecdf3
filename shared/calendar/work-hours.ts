import { z } from 'zod'
import { addDays, minutesOf, timeSchema, weekday } from './date.ts'
import type { Span } from './span.ts'
import { addSpan, localDate, zonedAt } from './zone.ts'

/** When people are at work: on some days of the week (1 is Monday), from one time to another of the same day. */
export const workHoursSchema = z
  .strictObject({
    from: timeSchema,
    to: timeSchema,
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
  })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), {
    message: 'an end after the beginning',
    path: ['to'],
  })
export type WorkHours = z.infer<typeof workHoursSchema>

/** No brand has so many days in a row without work, as one day of each week is one but for its exceptions. */
const mostDays = 4000

/** The instant so many milliseconds of work away; none: the moment itself while people are at work, else when they begin. */
export function workIn(
  from: number,
  ms: number,
  { from: opens, to: closes }: Pick<WorkHours, 'from' | 'to'>,
  worked: (day: string) => boolean,
  zone: string,
): number {
  let rest = ms
  let day = localDate(from, zone)
  for (let turn = 0; turn < mostDays; turn += 1, day = addDays(day, 1)) {
    if (!worked(day)) continue
    const start = Math.max(from, zonedAt(day, opens, zone))
    const end = zonedAt(day, closes, zone)
    if (start >= end) continue
    if (start + rest <= end) return start + rest
    rest -= end - start
  }
  return from + rest
}

/**
 * The instant a span of work away, by hours that a task has of its own: minutes and hours pass only while people are at
 * work; longer spans go by the calendar, and end no earlier than the next hour of work.
 */
export function addWork(at: number, span: Span, hours: WorkHours, zone: string): number {
  const counted = span.unit === 'minute' || span.unit === 'hour'
  const ms = counted ? span.amount * (span.unit === 'hour' ? 3_600_000 : 60_000) : 0
  const worked = (day: string) => hours.days.includes(weekday(day))
  return workIn(counted ? at : addSpan(at, span, zone), ms, hours, worked, zone)
}
