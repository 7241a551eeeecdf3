import { z } from 'zod'

/** How the process that is to be killed is started; given as JSON in CRASH_TEST. */
export const startSchema = z.object({
  path: z.string(),
  /** The fast clock, the same in every life: virtual = from + (real - since) * speed. */
  clock: z.object({ from: z.number(), since: z.number(), speed: z.number() }),
  /** The file of its log, all of it; without one its errors are seen. */
  log: z.string().optional(),
  /** The folder of the built programs, where the copy has a process of its own; else it is in memory. */
  programs: z.string().optional(),
})
export type Start = z.infer<typeof startSchema>

const event = z.object({
  customerId: z.string(),
  event: z.object({
    id: z.string(),
    name: z.string(),
    at: z.number(),
    amount: z.number().nullable(),
    properties: z.record(z.string(), z.string()),
  }),
})
export type SentEvent = z.infer<typeof event>

/** What the test tells the process: events that have happened. */
export const orderSchema = z.object({ batch: z.number(), events: z.array(event) })

/** What the process tells the test. */
export const answerSchema = z.union([
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('taken'), batch: z.number() }),
])
export type Answer = z.infer<typeof answerSchema>

export function fastNow({ clock }: Pick<Start, 'clock'>): () => number {
  return () => Math.floor(clock.from + (Date.now() - clock.since) * clock.speed)
}
