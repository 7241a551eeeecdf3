import { type Span, spanSchema } from '../calendar/index.ts'
import { limits } from '../limits.ts'

const mostDays: Readonly<Record<Span['unit'], number>> = {
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 31,
  year: 366,
}

/** Roughly how many days a span lasts, months and years taken long. */
export function daysAbout({ amount, unit }: Span): number {
  return amount * mostDays[unit]
}

/** How long a journey may wait or look: forwards, and not beyond ten years. */
export const lengthSchema = spanSchema
  .refine(({ amount }) => amount > 0, { message: 'a length above zero', path: ['amount'] })
  .refine((span) => daysAbout(span) <= limits.longestWait.value, {
    message: 'ten years at most',
    path: ['amount'],
  })
