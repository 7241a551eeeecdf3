import { z } from 'zod'
import { isChannel } from '../../channels/index.ts'
import { wecomWays } from '../../channels/wecom.ts'
import { limits } from '../../limits.ts'
import { mailSchema } from '../../mail/blocks.ts'
import { attachmentList } from '../../message/attachments.ts'
import { usualFacts } from '../../message/facts/given.ts'
import { writtenText } from '../../text.ts'
import { chosenTemplate } from './templates.ts'

/** How a message is written, by which channel it goes, and what becomes of it where it cannot leave at once. */
export const config = z
  .strictObject({
    channel: z.string().refine(isChannel, 'a channel that this Magpie has'),
    /** Service messages (an order's dispatch) are exempt from caps, quiet hours and opt-out. */
    purpose: z.enum(['marketing', 'service']).default('marketing'),
    subject: writtenText.nullable().default(null),
    text: writtenText,
    /** In WeCom: a broadcast that the employee presses send for, or the greeting of somebody who has just become a friend. */
    way: z.enum(wecomWays).default('task'),
    /** Of an e-mail: its blocks, which are sent in place of the text. */
    mail: mailSchema.optional(),
    /** What goes with the text: pictures and cards, where the channel carries them. */
    attachments: attachmentList,
    /** Whether its addresses are made short and presses counted; null: as the brand has it. */
    track: z.boolean().nullable().default(null),
    /** Of an SMS whose provider takes registered templates alone: stands in the text's place. */
    template: chosenTemplate.nullable().default(null),
    /** Of a webhook: our envelope around the text, or the text as the whole body, in JSON. */
    body: z.enum(['envelope', 'json']).default('envelope'),
    /** Where a webhook goes. */
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    /** Polished per customer by a model; null: the written text for everyone. */
    ai: z
      .strictObject({
        instructions: z.string().max(2000).default(''),
        /** The customer's attributes that the model is told; what identifies somebody never is. */
        facts: z
          .array(z.string().min(1).max(200))
          .max(30)
          .default([...usualFacts]),
        maxChars: z.int().min(10).max(5000).default(140),
        /** How long to wait for the model before the written text is sent. */
        waitMinutes: z.int().min(1).max(1440).default(10),
      })
      .nullable()
      .default(null),
    /** In quiet hours: wait for their end, or leave by not_sent. */
    quiet: z.enum(['defer', 'skip']).default('defer'),
    /** Over a frequency cap: wait until there is room, at most so long; null: leave by not_sent. */
    overCap: z
      .strictObject({ hours: z.int().min(1).max(limits.capWaitHours.value) })
      .nullable()
      .default(null),
  })
  .refine(({ channel, subject }) => channel !== 'email' || subject !== null, {
    message: 'an e-mail needs a subject',
    path: ['subject'],
  })
  .refine(({ channel, url }) => channel !== 'webhook' || url !== null, {
    message: 'a webhook needs an address',
    path: ['url'],
  })
export type SendConfig = z.infer<typeof config>
