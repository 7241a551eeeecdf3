import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'
import { filledTemplate } from '../channels/sms/register.ts'
import { defineEffect } from './definition.ts'

/** A channel that does not carry a message, and why: a gate's name, or what became of the try by it. */
export const passedOver = z.object({ channel: z.string(), gate: z.string() })
export type PassedOver = z.infer<typeof passedOver>

const schema = z.strictObject({
  kind: z.literal('send'),
  channel: z.string(),
  /** Which of the channel's ways it takes, where it has several. */
  way: z.string().optional(),
  /** Where it goes: a phone, a mailbox, a URL or the customer as such, by the channel's kind of address. */
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  /** What the text is written in. */
  format: z.enum(['text', 'html', 'json']),
  purpose: z.enum(['marketing', 'service']),
  /** Thousandths of the currency's main unit. */
  costMilli: z.number(),
  parts: z.int(),
  /** The registered template that an SMS is made of, filled; absent: its text is what is handed over. */
  template: filledTemplate.optional(),
  coupon: z.string().nullable(),
  /** The model that wrote it; null for the written text. */
  model: z.string().nullable(),
  /** What goes with it; absent where nothing does. */
  attachments: renderedAttachments.optional(),
  /** Where its short links lead; absent where it has none. Marks stand in its text for their codes, as long as these. */
  links: z
    .array(z.strictObject({ target: z.string(), until: z.string().nullable(), after: z.string().nullable() }))
    .optional(),
  /** Of a message that may go by several channels; absent: there is but one. */
  chain: z
    .strictObject({
      /** How many channels were tried in vain before, each by a message of its own. */
      turn: z.int(),
      /** Until when the next may be tried, should this one not reach (epoch milliseconds); null: there is none. */
      until: z.int().nullable(),
      /** The channels that were passed over, each with its reason. */
      passed: z.array(passedOver),
    })
    .optional(),
})

/** One message into the outbox. Only marketing counts towards the caps (rule 13). */
export const send = defineEffect({
  kind: 'send',
  schema,
  seen: ({ purpose, channel, to }, at, sight) => {
    if (purpose === 'marketing') sight.touched(channel, at)
    sight.given({ channel, to, purpose }, at)
  },
  figures: null,
  reported: true,
  told: ['sent'],
  tells: {},
})
