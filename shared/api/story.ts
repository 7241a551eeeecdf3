import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'
import { conditionSchema } from '../conditions/schema.ts'
import { writtenText } from '../text.ts'

/** One thing that happened between the brand and a customer. */
export const storyEntry = z.object({
  at: z.int(),
  kind: z.enum(['step', 'message', 'receipt', 'event', 'reply']),
  title: z.string().describe('Node id, channel, receipt or event name'),
  journeyId: z.string().nullable(),
  journeyName: writtenText.nullable(),
  node: z.string().nullable(),
  nodeName: writtenText.nullable(),
  outcome: z.string().nullable(),
  text: z.string().nullable(),
  reason: z.record(z.string(), z.json()).nullable(),
  tests: z
    .array(conditionSchema)
    .nullable()
    .describe('Of a branch: what each entry of the reason’s `seen` was asked'),
  status: z.string().nullable(),
  model: z.string().nullable().describe('Of a message: the model whose text it is; null: as written'),
  attachments: renderedAttachments.optional().describe('Of a message: pictures and cards that go with it'),
})
export type StoryEntry = z.infer<typeof storyEntry>
