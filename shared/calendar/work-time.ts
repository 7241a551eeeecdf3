import { z } from 'zod'
import { limits } from '../limits.ts'
import { addDays, dateSchema, minutesOf, timeSchema, weekday } from './date.ts'
import type { Span } from './span.ts'
import { workIn } from './work-hours.ts'
import { addSpan, localDate, localTime, zonedAt } from './zone.ts'

/** A day unlike others of its weekday: a holiday, or one that is worked in its place. */
const workException = z.strictObject({ day: dateSchema, works: z.boolean() })

/** When a brand's people are at work: days of the week (1 is Monday), hours of one day, and the days that are unlike others. */
export const workTimeSchema = z
  .strictObject({
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'each day of the week once'),
    from: timeSchema,
    to: timeSchema,
    exceptions: z
      .array(workException)
      .max(limits.workExceptions.value)
      .refine((days) => new Set(days.map(({ day }) => day)).size === days.length, 'each day once')
      .default([]),
  })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), {
    message: 'an end after the beginning',
    path: ['to'],
  })
export type WorkTime = z.output<typeof workTimeSchema>

export const usualWork: WorkTime = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', exceptions: [] }

const hourMs = 3_600_000

/** Whether a day is worked: as it is entered, else by its weekday. */
export function isWorkday(day: string, { days, exceptions }: Pick<WorkTime, 'days' | 'exceptions'>): boolean {
  return exceptions.find((one) => one.day === day)?.works ?? days.includes(weekday(day))
}

/** The moment itself where people are at work then, else the next at which they begin. */
export function nextWork(at: number, work: WorkTime, zone: string): number {
  return workIn(at, 0, work, (day) => isWorkday(day, work), zone)
}

/** The day that is so many days of work after another. */
function workdayAfter(day: string, amount: number, work: WorkTime): string {
  // As many days off in a row there are at most as exceptions and whole weeks between them.
  const most = 7 * (amount + work.exceptions.length + 1)
  let rest = amount
  let at = day
  for (let turn = 0; rest > 0 && turn < most; turn += 1) {
    at = addDays(at, 1)
    if (isWorkday(at, work)) rest -= 1
  }
  return at
}

/**
 * The instant a span of work away. Minutes and hours pass only while people are at work; days are days of work, at the
 * same time of day; longer spans go by the calendar, and end no earlier than the next hour of work.
 */
export function addWorkTime(at: number, span: Span, work: WorkTime, zone: string): number {
  const worked = (from: number, ms: number) => workIn(from, ms, work, (day) => isWorkday(day, work), zone)
  if (span.unit === 'minute') return worked(at, span.amount * 60_000)
  if (span.unit === 'hour') return worked(at, span.amount * hourMs)
  if (span.unit !== 'day') return worked(addSpan(at, span, zone), 0)
  const from = nextWork(at, work, zone)
  return zonedAt(workdayAfter(localDate(from, zone), span.amount, work), localTime(from, zone), zone)
}

/** When work ends on the day of work that is so many after today; of a day off the next day of work is the first. */
export function endOfWorkday(at: number, amount: number, work: WorkTime, zone: string): number {
  return zonedAt(workdayAfter(localDate(at, zone), amount, work), work.to, zone)
}
