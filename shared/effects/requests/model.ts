import { z } from 'zod'
import { defineRequest } from './definition.ts'

/** A text to be put into a customer's own words (rule 16). */
export const model = defineRequest({
  to: 'model',
  answers: 'machine',
  acts: false,
  request: z.strictObject({
    to: z.literal('model'),
    channel: z.string(),
    /** The text as written and rendered, which the model may polish. */
    sop: z.string(),
    instructions: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    maxChars: z.int(),
  }),
  // Without a `to`: replies were once a model's alone.
  answer: z.strictObject({ ok: z.literal(true), text: z.string(), model: z.string() }),
})
