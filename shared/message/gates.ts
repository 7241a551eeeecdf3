import { quietUntil } from '../calendar/index.ts'
import { type ChannelDefinition, channelOf } from '../channels/index.ts'
import type { Customer } from '../conditions/customer.ts'
import type { Brand } from '../journey/brand.ts'

/** Why a message is held back, in the order in which it is asked (rule 12). */
export const gates = [
  'unsubscribed',
  'no_consent',
  'blacklisted',
  'no_address',
  'control_group',
  'cap',
  'quiet_hours',
  'compliance',
  'render',
] as const
export type Gate = (typeof gates)[number]

export interface GateInput {
  readonly customer: Customer
  readonly brand: Brand
  readonly channel: string
  /** The address given by the node, for channels that reach no customer's own. */
  readonly url: string | null
  readonly purpose: 'marketing' | 'service'
  readonly control: boolean
  readonly touches: readonly { readonly channel: string; readonly at: number }[]
  readonly now: number
  /** Where the hours are counted: the customer's own zone, else the journey's. */
  readonly zone: string
}

export type GateAnswer =
  | { readonly pass: true; readonly to: string }
  | { readonly pass: false; readonly gate: Gate; readonly until: number | null }

const dayMs = 86_400_000

function addressOf(customer: Customer, channel: ChannelDefinition, url: string | null): string | null {
  if (channel.address === 'phone') return customer.phone
  if (channel.address === 'email') return customer.email
  return channel.address === 'url' ? url : customer.id
}

function mayReach(customer: Customer, channel: ChannelDefinition, brand: Brand): boolean {
  if (channel.consent === null) return true
  const given = channel.consent === 'sms' ? customer.consentSms : customer.consentEmail
  return given ?? brand.consent === 'address_known'
}

/**
 * Whether one more message would go over a ceiling; windows roll (rule 13). What is queued for a later hour
 * counts too: a window that holds both would be over.
 */
export function overCap(input: GateInput): boolean {
  return input.brand.caps.some((cap) => {
    if (cap.channel !== null && cap.channel !== input.channel) return false
    const window = cap.days * dayMs
    const counted = input.touches.filter(
      ({ channel, at }) =>
        Math.abs(input.now - at) < window && (cap.channel === null || channel === cap.channel),
    )
    return counted.length >= cap.messages
  })
}

function closed(gate: Gate, until: number | null = null): GateAnswer {
  return { pass: false, gate, until }
}

/**
 * The gates before the text is looked at, the first that closes naming the reason. Service messages pass
 * opt-out, consent to marketing, caps and quiet hours.
 */
export function askGates(input: GateInput): GateAnswer {
  const { customer, brand, purpose } = input
  const channel = channelOf(input.channel)
  const marketing = purpose === 'marketing'
  if (marketing && customer.unsubscribed.includes(input.channel)) return closed('unsubscribed')
  if (marketing && !mayReach(customer, channel, brand)) return closed('no_consent')
  if (customer.blacklisted) return closed('blacklisted')
  const to = addressOf(customer, channel, input.url)
  if (to === null || to === '') return closed('no_address')
  if (input.control) return closed('control_group')
  if (marketing && overCap(input)) return closed('cap')
  if (marketing && brand.quietHours !== null) {
    const until = quietUntil(input.now, brand.quietHours, input.zone)
    if (until !== null) return closed('quiet_hours', until)
  }
  return { pass: true, to }
}
