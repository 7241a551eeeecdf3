import { z } from 'zod'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('refund'),
  goal: z.string(),
  /** What the goal still counts for, in minor units; null: it is reached no more. */
  value: z.number().nullable(),
  /** When it was counted. */
  countedAt: z.number(),
})

/** What has been given back takes off a goal what the order had counted for (rule 19). */
export const refund = defineEffect({
  kind: 'refund',
  schema,
  seen: null,
  figures: null,
  reported: true,
  told: ['goal-lessened', 'goal-lost'],
  tells: {},
})
