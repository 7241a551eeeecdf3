import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'
import { passedOver } from '../effects/send.ts'
import { journeySchema } from '../journey/graph.ts'

/** POST /preview: each message of a (perhaps unsaved) journey as one customer would get it now. */
export const previewRequest = z.strictObject({
  journey: journeySchema,
  /** null: the first of the audience. */
  customerId: z.string().nullable(),
  /** Steps through the audience of the journey from the customer given. */
  move: z.enum(['none', 'next', 'previous']).default('none'),
  /** Only this node's message; null: all of them. */
  node: z.string().nullable().default(null),
  /** Of a message with fallbacks: as this channel would carry it; absent: as the one does that reaches the customer. */
  channel: z.string().optional(),
  /** Asks the model for AI-personalized messages, of a loop for the first alone. */
  polish: z.boolean().default(false),
})
export type PreviewRequest = z.infer<typeof previewRequest>

export const previewMessage = z.object({
  node: z.string(),
  /** From 1, each time that the node is passed: in a loop it sends more than once. */
  visit: z.int(),
  channel: z.string(),
  /** When it would leave, put off by quiet hours where they are; null: on another branch, at no certain time. */
  at: z.int().nullable(),
  /** Whether it stands on the way that this customer would take if nothing happens on it. */
  onPath: z.boolean(),
  ok: z.boolean(),
  subject: z.string().nullable(),
  text: z.string().describe('Empty when it cannot be rendered'),
  html: z.string().nullable(),
  attachments: renderedAttachments,
  units: z.int().nullable().describe('SMS characters, null elsewhere'),
  parts: z.int(),
  costMilli: z.int(),
  /** Values put in, by variable name. */
  used: z.record(z.string(), z.string()),
  missing: z.array(z.string()),
  /** The gate that would hold it back now, else null. */
  gate: z.string().nullable(),
  passed: z
    .array(passedOver)
    .default([])
    .describe(
      'Of a message with fallbacks: the channels that are passed over for this one, each with its gate',
    ),
  words: z.array(z.string()).describe('Prohibited words found'),
  ai: z
    .object({
      state: z.enum(['written', 'polished', 'fallback']),
      model: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  problems: z.array(
    z.object({ code: z.string(), detail: z.object({ 'zh-CN': z.string(), en: z.string() }) }),
  ),
})
export type PreviewMessage = z.infer<typeof previewMessage>

/**
 * What brings somebody in: a time; something done, or done and not followed by another; an audience that they are of
 * (or not) and join or leave; another journey; a list by file; a person or another system. Where it has not happened
 * (`not_…`) the journey's examples stand in.
 */
export const entryWays = [
  ...(['time', 'done', 'not_done', 'lacking', 'not_lacking', 'passed', 'not_passed'] as const),
  ...(['is_of_join', 'not_of_join', 'is_of_leave', 'not_of_leave', 'listed', 'by_hand'] as const),
] as const

export const previewAnswer = z.object({
  customer: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
      city: z.string().nullable(),
      phone: z.string().nullable().describe('Masked'),
      email: z.string().nullable().describe('Masked'),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      control: z.boolean(),
    })
    .nullable(),
  /** null where there is nobody, or no trigger yet. */
  entry: z
    .object({
      node: z.string(),
      by: z.enum(entryWays),
      at: z.int().describe('When the customer is taken to come in'),
      event: z
        .object({ name: z.string(), at: z.int() })
        .nullable()
        .describe('What is on record and brings them in, and when it happened'),
    })
    .nullable()
    .default(null),
  /** Where they stay on their own way for more than a moment, messages aside; `until` null: for something to happen. */
  stays: z.array(z.object({ node: z.string(), from: z.int(), until: z.int().nullable() })).default([]),
  /** Position in the audience from 1, and its size; null where the journey has no audience of its own. */
  position: z.object({ index: z.int(), of: z.int() }).nullable(),
  messages: z.array(previewMessage),
})
export type PreviewAnswer = z.infer<typeof previewAnswer>

/** POST /test-send: one node's message to an address of the marketer's own. */
export const testSendRequest = z.strictObject({
  journey: journeySchema,
  node: z.string(),
  customerId: z.string(),
  /** Of a message with fallbacks: by this one of its channels; absent: by its first. */
  channel: z.string().optional(),
  to: z.string().min(3).max(200),
})
export const testSendAnswer = z.object({
  result: z.enum(['accepted', 'rejected', 'retry', 'unknown']),
  detail: z.string(),
})

/** POST /test-call: a node's call to another system, made once as for a customer. */
export const testCallRequest = z.strictObject({
  journey: journeySchema,
  node: z.string(),
  /** null: the first of the audience. */
  customerId: z.string().nullable(),
})
export type TestCallRequest = z.infer<typeof testCallRequest>
export const testCallAnswer = z.object({
  called: z.boolean().describe('False where the node goes on without a call'),
  port: z.string().describe('The way out that it takes'),
  reason: z.looseObject({ code: z.string() }),
  sent: z.string().nullable().describe('The JSON that was sent'),
  answer: z.string().nullable().describe('The start of the answer; null where none came'),
})
export type TestCallAnswer = z.infer<typeof testCallAnswer>
