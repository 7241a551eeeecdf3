import { addDays, localDate, quietUntil, startOfDay } from '../calendar/index.ts'
import type { WayNeeds } from '../channels/definition.ts'
import { type ChannelDefinition, channelOf, wayOf } from '../channels/index.ts'
import { addressFor, consentTo } from '../channels/reach.ts'
import { isAbroad } from '../channels/sms/register.ts'
import type { Closure, Customer } from '../conditions/customer.ts'
import type { Brand } from '../journey/brand.ts'

/** Why a message is held back, in the order in which it is asked (rule 12). */
export const gates = [
  'unsubscribed',
  'doubtful',
  'closed',
  'no_consent',
  'blacklisted',
  'no_address',
  'window',
  'abroad',
  'control_group',
  'double',
  'cap',
  'quiet_hours',
  'compliance',
  'render',
] as const
export type Gate = (typeof gates)[number]

/** Why a channel of several is passed over, beside what its gates say: a person has paused it, or the try by it failed. */
export const passings = ['paused', 'failed'] as const

/** A message to another record that bears the same address; of service messages only doubles are asked for. */
export interface MessageToOther {
  readonly journeyId: string
  readonly node: string
  readonly purpose: 'marketing' | 'service'
}

/** A message that an address got or will get. */
export interface GateTouch {
  readonly channel: string
  readonly at: number
  /** Of a message to another record that bears the same address: what it was of. */
  readonly other?: MessageToOther
}

export interface GateInput {
  readonly customer: Customer
  readonly brand: Brand
  readonly channel: string
  /** Which of the channel's ways it takes; absent: the usual one. */
  readonly way?: string | null | undefined
  /** The address given by the node, for channels that reach no customer's own. */
  readonly url: string | null
  readonly purpose: 'marketing' | 'service'
  readonly control: boolean
  readonly touches: readonly GateTouch[]
  /** Which message it is; null where what others with the same address got of it does not matter. */
  readonly message: { readonly journeyId: string; readonly node: string } | null
  readonly now: number
  /** Where the hours are counted: the customer's own zone, else the journey's. */
  readonly zone: string
}

export type GateAnswer =
  | { readonly pass: true; readonly to: string }
  | {
      readonly pass: false
      readonly gate: Gate
      readonly until: number | null
      /** Why the address is closed, where the gate alone does not say it. */
      readonly why?: Closure
    }

const dayMs = 86_400_000

function mayReach(customer: Customer, channel: ChannelDefinition, brand: Brand): boolean {
  if (channel.consent === null) return true
  return consentTo(channel.consent, customer) ?? brand.consent === 'address_known'
}

/**
 * Whether one more message would go over a ceiling; windows roll (rule 13). What is queued for a later hour
 * counts too: a window that holds both would be over.
 */
export function overCap(input: GateInput): boolean {
  return fullCap(input) !== null
}

/** A ceiling that is reached, with how many messages count towards it. */
export interface FullCap {
  readonly most: number
  readonly days: number
  /** null: over all channels. */
  readonly channel: string | null
  readonly counted: number
}

/** The first ceiling over which one more message would go; null where there is none. */
export function fullCap(input: GateInput): FullCap | null {
  for (const cap of input.brand.caps) {
    if (cap.channel !== null && cap.channel !== input.channel) continue
    const window = cap.days * dayMs
    const counted = input.touches.filter(
      ({ channel, at, other }) =>
        other?.purpose !== 'service' &&
        Math.abs(input.now - at) < window &&
        (cap.channel === null || channel === cap.channel),
    )
    if (counted.length >= cap.messages)
      return { most: cap.messages, days: cap.days, channel: cap.channel, counted: counted.length }
  }
  return fullDay(input)
}

/** What a channel itself lets a customer have on one day of the brand's, where that is used up. */
function fullDay({ brand, channel, touches, now }: GateInput): FullCap | null {
  const { perDay } = channelOf(channel)
  if (perDay === undefined) return null
  const today = localDate(now, brand.zone)
  const counted = touches.filter(
    (touch) =>
      touch.channel === channel &&
      touch.other?.purpose !== 'service' &&
      Math.abs(now - touch.at) < 2 * dayMs &&
      localDate(touch.at, brand.zone) === today,
  ).length
  return counted < perDay ? null : { most: perDay, days: 1, channel, counted }
}

/**
 * The earliest moment at which one more message fits under every ceiling, as far as is known now: what else is sent
 * until then may take the room.
 */
export function roomAt(input: GateInput): number {
  const { zone, caps } = input.brand
  const tomorrow = startOfDay(addDays(localDate(input.now, zone), 1), zone)
  const ends = [tomorrow, ...input.touches.flatMap(({ at }) => caps.map(({ days }) => at + days * dayMs))]
  const later = [...new Set(ends)].filter((end) => end > input.now).sort((a, b) => a - b)
  return later.find((now) => !overCap({ ...input, now })) ?? input.now
}

/** Two records with one address that come to one node within a day are one reader. */
export const doubleWithinMs = dayMs

/** Whether another record that bears the same address has been given this very message. */
function isDouble({ touches, message, channel, now }: GateInput): boolean {
  return touches.some(
    ({ other, ...touch }) =>
      other !== undefined &&
      other.journeyId === message?.journeyId &&
      other.node === message.node &&
      touch.channel === channel &&
      Math.abs(now - touch.at) < doubleWithinMs,
  )
}

/** Whether a customer has what the message's way needs. */
const wayNeeds = {
  window: ({ customer, now }) => (customer.talkUntil ?? 0) > now,
} as const satisfies Record<WayNeeds, (input: GateInput) => boolean>

function canTake(input: GateInput): boolean {
  const way = wayOf(input.channel, input.way)
  const needs = way === null ? null : (channelOf(input.channel).ways?.[way] ?? null)
  return needs === null || wayNeeds[needs](input)
}

function closed(gate: Gate, until: number | null = null): GateAnswer {
  return { pass: false, gate, until }
}

/** Which gate a closure is of; an opt-out, or what may be one, is of marketing alone. */
const gateOfClosure = {
  opted_out: 'unsubscribed',
  doubtful: 'doubtful',
  complaint: 'closed',
  block: 'closed',
  hard_bounce: 'closed',
  invalid: 'closed',
} as const satisfies Record<Closure, Gate>

/** Rules 12 and 20: what the address itself has refused, or is unfit for. */
function askAddress({ customer, channel, purpose }: GateInput): GateAnswer | null {
  const why = customer.closed[channel]
  const marketing = purpose === 'marketing'
  if (marketing && customer.unsubscribed.includes(channel)) return closed('unsubscribed')
  if (why === undefined) return null
  const gate = gateOfClosure[why]
  return marketing || gate === 'closed' ? { pass: false, gate, until: null, why } : null
}

/**
 * The gates before the text is looked at, the first that closes naming the reason. Service messages pass
 * opt-out, consent to marketing, caps and quiet hours.
 */
export function askGates(input: GateInput): GateAnswer {
  const { customer, brand, purpose } = input
  const channel = channelOf(input.channel)
  const marketing = purpose === 'marketing'
  const refusal = askAddress(input)
  if (refusal !== null) return refusal
  if (marketing && !mayReach(customer, channel, brand)) return closed('no_consent')
  if (customer.blacklisted) return closed('blacklisted')
  const to = addressFor(channel.address, customer, input.url)
  if (to === null || to === '') return closed('no_address')
  if (!canTake(input)) return closed('window')
  if (channel.content === 'sms' && brand.sms?.abroad === false && isAbroad(to)) return closed('abroad')
  if (input.control) return closed('control_group')
  if (isDouble(input)) return closed('double')
  if (marketing && overCap(input)) return closed('cap', roomAt(input))
  if (marketing && brand.quietHours !== null) {
    const until = quietUntil(input.now, brand.quietHours, input.zone)
    if (until !== null) return closed('quiet_hours', until)
  }
  return { pass: true, to }
}
