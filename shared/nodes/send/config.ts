import { z } from 'zod'
import { isChannel } from '../../channels/index.ts'
import { wechatWays } from '../../channels/wechat.ts'
import { wecomWays } from '../../channels/wecom.ts'
import { limits } from '../../limits.ts'
import { mailSchema } from '../../mail/blocks.ts'
import { attachmentList } from '../../message/attachments.ts'
import { usualFacts } from '../../message/facts/given.ts'
import { writtenText } from '../../text.ts'
import { chosenTemplate } from './templates.ts'

/** The most channels that one message may be tried by after its first. */
export const mostFallbacks = 4

/** So long after the step a next channel is tried, where nobody has said otherwise (hours). */
export const usualWithin = 24

const channel = z.string().refine(isChannel, 'a channel that this Magpie has')

/** What is said on one channel. */
const said = {
  subject: writtenText.nullable().default(null),
  text: writtenText,
  /**
   * In WeCom: a broadcast that the employee presses send for, or the greeting of somebody who has just become a friend. In
   * WeChat: an answer of customer service. One that its channel does not have stands for the channel's usual one.
   */
  way: z.enum([...wecomWays, ...wechatWays]).default('task'),
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
}

interface Addressed {
  readonly channel: string
  readonly subject: object | null
  readonly url: string | null
}

const hasSubject = ({ channel, subject }: Addressed) => channel !== 'email' || subject !== null
const hasUrl = ({ channel, url }: Addressed) => channel !== 'webhook' || url !== null

/** What is said by a further channel, where those before it do not reach. */
const fallback = z
  .strictObject({ channel, ...said })
  .refine(hasSubject, { message: 'an e-mail needs a subject', path: ['subject'] })
  .refine(hasUrl, { message: 'a webhook needs an address', path: ['url'] })

export type Fallback = z.infer<typeof fallback>

/** How a message is written, by which channels it goes, and what becomes of it where it cannot leave at once. */
export const config = z
  .strictObject({
    channel,
    /** Service messages (an order's dispatch) are exempt from caps, quiet hours and opt-out. */
    purpose: z.enum(['marketing', 'service']).default('marketing'),
    ...said,
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
    /** Channels by which it is tried where the one before does not reach the customer, each with its own words; one alone carries it. */
    fallbacks: z.array(fallback).min(1).max(mostFallbacks).optional(),
    /** Which of them is tried first: as they stand, or the cheapest that reaches; absent: as they stand. */
    order: z.enum(['listed', 'cheapest']).optional(),
    /** So many hours after the step a next channel may still be tried, where the one before turns out not to have reached; absent: 24. */
    within: z.int().min(1).max(168).optional(),
  })
  .refine(hasSubject, { message: 'an e-mail needs a subject', path: ['subject'] })
  .refine(hasUrl, { message: 'a webhook needs an address', path: ['url'] })
  .refine(
    ({ channel, fallbacks = [] }) =>
      new Set([channel, ...fallbacks.map((one) => one.channel)]).size === fallbacks.length + 1,
    { message: 'each channel once', path: ['fallbacks'] },
  )
export type SendConfig = z.infer<typeof config>
