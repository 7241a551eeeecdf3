import { z } from 'zod'
import { Problem } from '../errors/index.ts'
import { minutesOf, timeSchema } from './date.ts'
import { dayLength, instantOf, wallAt } from './offset.ts'

/** Hours in which nobody is disturbed: from inclusive, to exclusive, over midnight when to is earlier. */
export const quietSchema = z
  .strictObject({ from: timeSchema, to: timeSchema })
  .refine((quiet) => quiet.from !== quiet.to, { message: 'two different times' })
export type Quiet = z.infer<typeof quietSchema>

/**
 * The instant at which the quiet hours around `at` end, or null when `at` is not within them. An hour
 * that comes twice is quiet both times, one that does not exist moves forward.
 * Problem `invalid-time`, `invalid-window` (equal times), `unknown-zone`.
 */
export function quietUntil(at: number, quiet: Quiet, zone: string): number | null {
  const from = minutesOf(quiet.from)
  const to = minutesOf(quiet.to)
  if (from === to) throw new Problem('invalid-window', { detail: `${quiet.from}-${quiet.to}` })
  const midnight = Math.floor(wallAt(at, zone) / dayLength) * dayLength
  for (const begins of [midnight - dayLength, midnight]) {
    const ends = begins + (to > from ? 0 : dayLength)
    const start = instantOf(begins + from * 60_000, zone)
    const end = instantOf(ends + to * 60_000, zone, 'last')
    if (at >= start && at < end) return end
  }
  return null
}
