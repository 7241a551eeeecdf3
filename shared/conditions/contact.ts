import { type Locale, type LocalText, say } from '../text.ts'
import { type AddressTime, addressTime } from './address-times.ts'
import type { Closure, Customer } from './customer.ts'

/** What of a customer says how they can be reached. */
export type Contact = Pick<
  Customer,
  | 'id'
  | 'phone'
  | 'email'
  | 'externalUserId'
  | 'openid'
  | 'consentSms'
  | 'consentEmail'
  | 'blacklisted'
  | 'closed'
  | 'closedSince'
  | 'addressTimes'
>

interface ContactChannel {
  readonly words: LocalText
  readonly address: (customer: Contact) => string | null
  /** What the customer has said of marketing; null where none is asked for. */
  readonly consent: ((customer: Contact) => boolean | null) | null
}

/** The channels by which it is asked whether somebody can be reached: those of the product, which a test holds. */
export const contactChannels = {
  sms: {
    words: { 'zh-CN': '短信', en: 'SMS' },
    address: ({ phone }) => phone,
    consent: ({ consentSms }) => consentSms,
  },
  wecom: {
    words: { 'zh-CN': '企业微信', en: 'WeCom' },
    address: ({ externalUserId = null }) => externalUserId,
    consent: null,
  },
  wechat: {
    words: { 'zh-CN': '公众号', en: 'the WeChat account' },
    address: ({ openid = null }) => openid,
    consent: null,
  },
  email: {
    words: { 'zh-CN': '邮件', en: 'e-mail' },
    address: ({ email }) => email,
    consent: ({ consentEmail }) => consentEmail,
  },
  in_app: { words: { 'zh-CN': '站内信', en: 'in-app message' }, address: ({ id }) => id, consent: null },
  webhook: { words: { 'zh-CN': 'Webhook', en: 'webhook' }, address: ({ id }) => id, consent: null },
} as const satisfies Record<string, ContactChannel>
export type ContactChannelId = keyof typeof contactChannels

// The keys of a table of its own.
export const contactChannelIds = Object.keys(contactChannels) as [ContactChannelId, ...ContactChannelId[]]

interface ContactState {
  /** Said with the channel's word in the place of `{channel}`. */
  readonly words: LocalText
  readonly holds: (customer: Contact, id: string, channel: ContactChannel) => boolean
  /** Where it is kept with a time: the name under which that stands among `closedSince` or `addressTimes`. */
  readonly since?: (channel: string) => string
  /** Whether that is not read of everybody, but stands among `addressTimes`. */
  readonly readApart?: boolean
}

const itself = (channel: string): string => channel
const named = (what: AddressTime) => (channel: string) => addressTime(channel, what)
/** Stands for every channel, as `everyChannel` of the addresses does. */
const all = '*'

const consented =
  (said: boolean | null): ContactState['holds'] =>
  (customer, _id, { consent }) =>
    (consent?.(customer) ?? null) === said
const closedBy =
  (why: Closure): ContactState['holds'] =>
  ({ closed }, id) =>
    closed[id] === why
/** What is verified always has a time. */
const isVerified: ContactState['holds'] = ({ addressTimes }, id) =>
  addressTimes?.[addressTime(id, 'verified')] !== undefined
const hasAddress: ContactState['holds'] = (customer, _id, { address }) => (address(customer) ?? '') !== ''

/** What may be so of a customer and a channel. */
export const contactStates = {
  has_address: {
    words: { 'zh-CN': '有{channel}的收信地址', en: 'has an address for {channel}' },
    holds: hasAddress,
  },
  verified: {
    words: { 'zh-CN': '{channel}的收信地址已验证', en: 'has a verified address for {channel}' },
    holds: isVerified,
    since: named('verified'),
    readApart: true,
  },
  agreed: {
    words: { 'zh-CN': '同意接收{channel}营销', en: 'has agreed to marketing by {channel}' },
    holds: consented(true),
    since: named('agreed'),
    readApart: true,
  },
  refused: {
    words: { 'zh-CN': '不同意接收{channel}营销', en: 'has refused marketing by {channel}' },
    holds: consented(false),
    since: named('refused'),
    readApart: true,
  },
  unasked: {
    words: {
      'zh-CN': '没有说过是否接收{channel}营销',
      en: 'has not said whether they want marketing by {channel}',
    },
    holds: consented(null),
  },
  open: {
    words: { 'zh-CN': '可以用{channel}联系到', en: 'can be reached by {channel}' },
    holds: (customer, id, channel) =>
      hasAddress(customer, id, channel) && customer.closed[id] === undefined && !customer.blacklisted,
  },
  closed: {
    words: { 'zh-CN': '不能再用{channel}联系', en: 'can no longer be written to by {channel}' },
    holds: ({ closed }, id) => closed[id] !== undefined,
    since: itself,
  },
  opted_out: {
    words: { 'zh-CN': '退订了{channel}', en: 'has unsubscribed from {channel}' },
    holds: closedBy('opted_out'),
    since: itself,
  },
  doubtful: {
    words: { 'zh-CN': '可能退订了{channel}，等人确认', en: 'may have unsubscribed from {channel}' },
    holds: closedBy('doubtful'),
  },
  complaint: {
    words: { 'zh-CN': '投诉过{channel}', en: 'has complained about {channel}' },
    holds: closedBy('complaint'),
    since: itself,
  },
  block: {
    words: { 'zh-CN': '在{channel}上拉黑了我们', en: 'has blocked us on {channel}' },
    holds: closedBy('block'),
    since: itself,
  },
  hard_bounce: {
    words: {
      'zh-CN': '{channel}的收信地址已失效（被退回）',
      en: 'has an address for {channel} that bounces',
    },
    holds: closedBy('hard_bounce'),
    since: itself,
  },
  invalid: {
    words: { 'zh-CN': '{channel}的收信地址不存在', en: 'has an address for {channel} that does not exist' },
    holds: closedBy('invalid'),
    since: itself,
  },
  blacklisted: {
    words: { 'zh-CN': '在黑名单上', en: 'is on the blacklist' },
    holds: ({ blacklisted }) => blacklisted,
    since: () => all,
  },
} as const satisfies Record<Closure | string, ContactState>
export type ContactStateId = keyof typeof contactStates

// The keys of a table of its own.
export const contactStateIds = Object.keys(contactStates) as [ContactStateId, ...ContactStateId[]]

const ownAddressStates: ReadonlySet<ContactStateId> = new Set(['verified', 'agreed', 'refused', 'unasked'])

/** What can be asked of a channel: consent and what is verified only where it writes to an address of the customer's. */
export const statesOfChannel = (channel: ContactChannelId): readonly ContactStateId[] =>
  contactStateIds.filter((state) => contactChannels[channel].consent !== null || !ownAddressStates.has(state))

export interface ContactAsked {
  readonly channel: ContactChannelId
  readonly state: ContactStateId
}

/** What is asked, in words. */
export const sayAsked = ({ channel, state }: ContactAsked, locale: Locale): string =>
  say(contactStates[state].words, locale).replace('{channel}', say(contactChannels[channel].words, locale))

const entryOf = (state: ContactStateId): ContactState => contactStates[state]

/** Under which name among `closedSince` or `addressTimes` it stands since when a state holds; null: nobody keeps that of it. */
export const sinceOf = ({ channel, state }: ContactAsked): string | null =>
  entryOf(state).since?.(channel) ?? null

/** States of which it can be asked since when they hold. */
export const isDated = (state: ContactStateId): boolean => entryOf(state).since !== undefined

/** Whether `addressTimes` must be known to tell whether a state holds: where it is what is asked, or since when. */
export const asksAddressTimes = (state: ContactStateId, limited: boolean): boolean =>
  entryOf(state).readApart === true && (limited || state === 'verified')

/** Whether a state holds; with stretches of time, whether it does since within one of them, as far as that is known. */
export function contactHolds(
  customer: Contact,
  asked: ContactAsked,
  within: readonly (readonly [from: number, to: number])[] | null = null,
): boolean {
  const { channel, state } = asked
  if (!contactStates[state].holds(customer, channel, contactChannels[channel])) return false
  if (within === null) return true
  const place = sinceOf(asked)
  const at = place === null ? undefined : (customer.closedSince?.[place] ?? customer.addressTimes?.[place])
  return at !== undefined && within.some(([from, to]) => at >= from && at < to)
}

/** By what a state of a channel is known among all that holds of a customer. */
export const contactMark = ({ channel, state }: ContactAsked): string => `|${channel} ${state}|`

/** Made once: whoever looks over a whole base asks each of them of everybody. */
const everyMark = contactChannelIds.flatMap((channel) =>
  contactStateIds.map((state) => ({
    channel,
    of: contactChannels[channel],
    holds: entryOf(state).holds,
    mark: contactMark({ channel, state }),
  })),
)

/** All that holds of a customer, for whoever looks over many: few differ, so that it is kept as one text. */
export function contactMarks(customer: Contact): string {
  let marks = ''
  for (const { channel, of, holds, mark } of everyMark) if (holds(customer, channel, of)) marks += mark
  return marks
}
