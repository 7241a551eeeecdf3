import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { type ChannelDefinition, channels } from '../../../shared/channels/index.ts'

type Customer = CustomerAnswer['customer']

/** Whether a customer may be reached on a channel, and why. */
export type Reach = 'unsubscribed' | 'granted' | 'refused' | 'unasked' | 'free' | 'noAddress'

function addressOf(customer: Customer, { address }: ChannelDefinition): string | null {
  if (address === 'phone') return customer.phone
  return address === 'email' ? customer.email : customer.id
}

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
  if (customer.unsubscribed.includes(channel.id)) return 'unsubscribed'
  if (!addressOf(customer, channel)) return 'noAddress'
  if (channel.consent === null) return 'free'
  const consent = channel.consent === 'sms' ? customer.consentSms : customer.consentEmail
  if (consent === null) return 'unasked'
  return consent ? 'granted' : 'refused'
}
