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
  nextDueAt: z.int().nullable().describe('When the next thing is due; null when nothing is'),
})
export type ClockAnswer = z.infer<typeof clockAnswer>

/** How far to move a sandbox clock: by a step, to the next thing due, or to an instant yet to come. */
export const clockAdvance = z.union([
  z.strictObject({ by: z.enum(['hour', 'day', 'next_due']) }),
  z.strictObject({ to: z.int().positive() }),
])
export type ClockAdvance = z.infer<typeof clockAdvance>
