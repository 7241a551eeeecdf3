import { z } from 'zod'

/** The clock of a brand. `moving` is set while a sandbox clock is on its way; all times are epoch ms. */
export const clockAnswer = z.object({
  now: z.int().describe('The time of this brand, virtual in a sandbox'),
  sandbox: z.boolean().describe('Whether the clock is virtual and can be moved'),
  moving: z
    .object({
      from: z.int().describe('Where the move began'),
      to: z.int().describe('Where it will end'),
      at: z.int().describe('How far it has come'),
    })
    .nullable(),
  settable: z
    .boolean()
    .describe('Whether nothing has happened here yet, so that the clock may be put to any time, also back'),
  nextDueAt: z.int().nullable().describe('When the next thing is due; null when nothing is'),
})
export type ClockAnswer = z.infer<typeof clockAnswer>

/** Beyond it no calendar of festivals is sure. */
const lastInstant = Date.UTC(2100, 0, 1)

/**
 * How far to move a sandbox clock: by a step, to the next thing due, or to an instant yet to come. A clock that
 * is `settable` goes to any instant.
 */
export const clockAdvance = z.union([
  z.strictObject({ by: z.enum(['hour', 'day', 'next_due']) }),
  z.strictObject({ to: z.int().positive().max(lastInstant) }),
])
export type ClockAdvance = z.infer<typeof clockAdvance>
