import { z } from 'zod'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('ask'),
  channel: z.string(),
  /** The text as written, which the model may polish. */
  sop: z.string(),
  instructions: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  maxChars: z.int(),
})
export type AskEffect = Readonly<z.infer<typeof schema>>

/** A request to a model (rule 16). Only the node that asked waits for the reply. */
export const ask = defineEffect<AskEffect>({
  kind: 'ask',
  schema,
  seen: null,
  figures: null,
  told: ['sent', 'suppressed'],
})
