import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('send'),
  channel: z.string(),
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
  coupon: z.string().nullable(),
  /** The model that wrote it; null for the written text. */
  model: z.string().nullable(),
  /** What goes with it; absent where nothing does. */
  attachments: renderedAttachments.optional(),
  /** Where its short links lead; absent where it has none. Marks stand in its text for their codes, as long as these. */
  links: z
    .array(z.strictObject({ target: z.string(), until: z.string().nullable(), after: z.string().nullable() }))
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
