import { Problem } from '../errors/index.ts'
import type { LocalText } from '../text.ts'

/** A way to reach a customer, as every room knows it. */
export interface ChannelDefinition {
  readonly id: string
  readonly name: LocalText
  /** What a message of it is made of: SMS with signature and parts, an e-mail with a subject, a text, or data. */
  readonly content: 'sms' | 'email' | 'text' | 'json'
  /** Where it is sent: to the customer's phone or mailbox, to the customer as such, or to the node's URL. */
  readonly address: 'phone' | 'email' | 'customer' | 'url'
  /** Whose consent a marketing message needs; null where none is asked for. */
  readonly consent: 'sms' | 'email' | null
  /** Whether the customer can answer on it. */
  readonly replies: boolean
  /** Usual price in thousandths of a yuan, per message or SMS part; a brand may set its own. */
  readonly priceMilli: number
}

/** The one list of channels; a test or an extension passes a longer one. */
export const channels = [
  {
    id: 'sms',
    name: { 'zh-CN': '短信', en: 'SMS' },
    content: 'sms',
    address: 'phone',
    consent: 'sms',
    replies: true,
    priceMilli: 45,
  },
  {
    id: 'email',
    name: { 'zh-CN': '邮件', en: 'E-mail' },
    content: 'email',
    address: 'email',
    consent: 'email',
    replies: true,
    priceMilli: 2,
  },
  {
    id: 'in_app',
    name: { 'zh-CN': '站内信', en: 'In-app' },
    content: 'text',
    address: 'customer',
    consent: null,
    replies: true,
    priceMilli: 0,
  },
  {
    id: 'webhook',
    name: { 'zh-CN': 'Webhook', en: 'Webhook' },
    content: 'json',
    address: 'url',
    consent: null,
    replies: false,
    priceMilli: 0,
  },
] as const satisfies readonly ChannelDefinition[]

export type ChannelId = (typeof channels)[number]['id']

/** Whether the list has a channel of that id. */
export function isChannel(id: string, list: readonly ChannelDefinition[] = channels): boolean {
  return list.some((channel) => channel.id === id)
}

/** The channel of that id; Problem `not-found`. */
export function channelOf(id: string, list: readonly ChannelDefinition[] = channels): ChannelDefinition {
  const channel = list.find((candidate) => candidate.id === id)
  if (channel === undefined) throw new Problem('not-found', { what: id })
  return channel
}
