import { z } from 'zod'
import type { LocalText } from '../text.ts'
import { channelOf } from './index.ts'

/** Who mends what keeps a channel from sending: a person has to, or it passes with time. */
export const mends = {
  person: { 'zh-CN': '需要人处理', en: 'Somebody has to mend it' },
  time: { 'zh-CN': '稍后自动恢复', en: 'It passes by itself' },
} as const satisfies Record<string, LocalText>
export type Mend = keyof typeof mends

/** Why nothing is sent to an endpoint for now, and since when; times are epoch milliseconds. */
export const halt = z.object({
  channel: z.string(),
  endpoint: z.string().describe('The address of a webhook; empty where the whole channel rests'),
  mend: z.enum(['person', 'time']).describe('`person`: it has to be mended; `time`: it is down or busy'),
  code: z.string().describe('What it answered: `http-404`, `smtp-535`, `econnrefused`'),
  detail: z.string().describe('Its own words, shortened, without secrets'),
  since: z.int(),
  attempts: z.int().describe('How often it was tried in vain, one message each time'),
  nextAt: z.int().describe('When it is tried again by itself'),
  waiting: z.int().describe('Messages that wait for it'),
})
export type Halt = z.infer<typeof halt>

/** Where a message goes, as far as its faults reach: a webhook's own address, else the channel as a whole. */
export const endpointOf = ({
  channel,
  recipient,
}: {
  readonly channel: string
  readonly recipient: string
}) => (channelOf(channel).address === 'url' ? recipient : '')
