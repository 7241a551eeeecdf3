import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { type ChannelDefinition, channels } from '../../../shared/channels/index.ts'
import { addressFor, consentTo } from '../../../shared/channels/reach.ts'
import type { Closure } from '../../../shared/conditions/customer.ts'

type Customer = CustomerAnswer['customer']

/** Whether a customer may be reached on a channel, and why. */
export type Reach =
  | Exclude<Closure, 'opted_out'>
  | 'unsubscribed'
  | 'granted'
  | 'refused'
  | 'unasked'
  | 'free'
  | 'noAddress'

/** The channels that go to a customer's own address, each with its state. */
export function reachOf(
  customer: Customer,
  list: readonly ChannelDefinition[] = channels,
): { channel: string; reach: Reach }[] {
  return list
    .filter(({ address }) => address !== 'url')
    .map((channel) => ({ channel: channel.id, reach: reachBy(customer, channel) }))
}

function reachBy(customer: Customer, channel: ChannelDefinition): Reach {
  const closed = customer.closed[channel.id]
  if (customer.unsubscribed.includes(channel.id)) return 'unsubscribed'
  if (closed !== undefined && closed !== 'opted_out') return closed
  if (!addressFor(channel.address, customer, null)) return 'noAddress'
  if (channel.consent === null) return 'free'
  const consent = consentTo(channel.consent, customer)
  if (consent === null) return 'unasked'
  return consent ? 'granted' : 'refused'
}
