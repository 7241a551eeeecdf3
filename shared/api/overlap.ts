import { z } from 'zod'
import { limits } from '../limits.ts'

/** POST /audiences/overlap: how many are in several audiences at once. */
export const overlapRequest = z.strictObject({
  audiences: z
    .array(z.string().min(1))
    .min(2)
    .max(limits.overlapAudiences.value)
    .refine((keys) => new Set(keys).size === keys.length, 'each audience once')
    .describe('Keys'),
})

export const overlapAnswer = z.object({
  of: z.int().describe('All customers'),
  audiences: z
    .array(
      z.object({
        key: z.string(),
        size: z.int(),
        unknown: z.boolean().describe('Nobody can say who is in it; it counts as empty'),
      }),
    )
    .describe('In the order in which they were asked for'),
  pairs: z.array(z.object({ audiences: z.tuple([z.string(), z.string()]), both: z.int() })),
  regions: z
    .array(z.object({ audiences: z.array(z.string()), only: z.int() }))
    .describe(
      'Customers by the very audiences that they are in, and in no other of these; none is left empty',
    ),
})
export type OverlapAnswer = z.infer<typeof overlapAnswer>
