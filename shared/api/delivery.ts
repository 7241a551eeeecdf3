import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { halt } from '../channels/halts.ts'
import { limits } from '../limits.ts'

const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** What is counted of each channel by the hour, as it happens. */
export const outcomes = {
  sent: { 'zh-CN': '已交给服务商', en: 'Handed over' },
  delivered: { 'zh-CN': '已送达', en: 'Delivered' },
  failed: { 'zh-CN': '失败', en: 'Failed' },
  unknown: { 'zh-CN': '结果不明', en: 'Unknown' },
  held: { 'zh-CN': '发送前被拦下', en: 'Withheld' },
  again: { 'zh-CN': '要再试', en: 'To be tried again' },
} as const
export type Outcome = keyof typeof outcomes
const outcome = z.enum(Object.keys(outcomes) as Outcome[])

export const channelPause = z.object({
  channel: z.string(),
  since: z.int(),
  by: actor,
  reason: z.string(),
})
export type ChannelPause = z.infer<typeof channelPause>

const figures = z.object({
  sent: z.int(),
  delivered: z.int().describe('As its provider reports'),
  failed: z.int().describe('Refused at the handing over, or reported as undelivered later'),
  unknown: z.int().describe('The answer was lost, and no report has told of it'),
  held: z.int().describe('Held back by a gate as its turn came'),
  again: z.int().describe('Attempts after which a message is tried again'),
})

export const failure = z.object({
  outcome,
  code: z.string(),
  count: z.int(),
  means: localText.nullable().describe('null: a code that nobody has put into words'),
  mend: localText.nullable(),
  examples: z.array(z.int()).describe('Ids of messages, the newest first: GET /messages/ID'),
})
export type Failure = z.infer<typeof failure>

const point = z.object({ sent: z.int(), failed: z.int() })

export const channelDelivery = z.object({
  id: z.string(),
  transport: z.enum(['sandbox', 'real', 'absent']),
  today: figures,
  queue: z.object({
    waiting: z.int().describe('All that are queued, of paused journeys and for later too'),
    due: z.int().describe('Of live journeys, which could leave now'),
    sending: z.int(),
    oldestAt: z.int().nullable().describe('Since when the one could leave that waits longest'),
  }),
  rate: z.object({
    perMinute: z.number().describe('Handed over a minute, over the last minutes'),
    limit: z.number().nullable().describe('The most a minute that the brand lets; null: no limit'),
    minutesLeft: z
      .number()
      .nullable()
      .describe('How long what is due takes at this rate; null: not to be told'),
  }),
  failures: z.array(failure).describe('Of today, the most frequent first'),
  withheld: z.array(z.object({ gate: z.string(), count: z.int() })),
  pause: channelPause.nullable(),
  halts: z.array(halt),
  hours: z.array(point.extend({ at: z.int() })).describe('The last 24 hours'),
  days: z.array(point.extend({ date: z.string() })).describe('The last 30 days of the brand'),
})
export type ChannelDelivery = z.infer<typeof channelDelivery>

/** GET /delivery */
export const deliveryAnswer = z.object({
  now: z.int(),
  date: z.string().describe('Today, in the brand’s zone'),
  channels: z.array(channelDelivery),
})

/** POST /delivery/:channel/pause */
export const pauseRequest = z.strictObject({
  reason: z.string().trim().min(1).max(limits.pauseReason.value),
})
/** GET /delivery/pauses, and the answer of pausing and going on */
export const pausesAnswer = z.object({ pauses: z.array(channelPause) })

/** GET /delivery/balances: of the providers that say it. */
export const balancesAnswer = z.object({
  balances: z.array(
    z.object({
      channel: z.string(),
      left: z.number().nullable().describe('null: it could not be asked'),
      unit: localText.describe('Such as messages, or yuan'),
      detail: z.string().nullable().describe('Why it could not be asked'),
    }),
  ),
})
export type Balances = z.infer<typeof balancesAnswer>

/** POST /delivery/:channel/test */
export const deliveryTest = z.strictObject({
  to: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .describe('A phone, a mailbox, a customer’s id or a URL, as the channel writes to'),
})
