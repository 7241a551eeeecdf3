import { z } from 'zod'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('goal'),
  goal: z.string(),
  /** The event's name and id. */
  name: z.string(),
  event: z.string(),
  /** Minor units; 0 where the event has no amount. */
  value: z.number(),
})

/** A goal reached (rule 19). */
export const goal = defineEffect({
  kind: 'goal',
  schema,
  seen: null,
  figures: null,
  reported: true,
  told: ['goal-reached'],
  tells: {},
})
