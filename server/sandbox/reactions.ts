import type { Customer } from '../../shared/conditions/customer.ts'
import type { ClaimedMessage } from '../ports/dispatch.ts'
import type { NewEvent } from '../store/sqlite/events/events.ts'
import { type CustomerRow, demoSeed, respond } from './generator/index.ts'

/** What messages that have just been sent will bring about, planned with them. */
export type Reactions = (messages: readonly ClaimedMessage[], sentAt: number) => NewEvent[]

function memberOf(customer: Customer): CustomerRow {
  const { unsubscribed: _unsubscribed, closed: _closed, gender, attributes, ...rest } = customer
  return {
    ...rest,
    gender: gender === 'female' || gender === 'male' ? gender : null,
    attributes: { ...attributes },
  }
}

/** The demo's members react as their hidden traits have it: the same message always brings the same. */
export const demoReactions: Reactions = (messages, sentAt) =>
  messages.flatMap((message) => {
    const { id, journeyId, enrollmentId, node, channel, body, coupon, customer } = message
    const sent = {
      id: String(id),
      journeyId,
      enrollmentId: String(enrollmentId),
      node,
      channel,
      text: body,
      sentAt,
      couponCode: coupon !== null && body.includes(coupon) ? coupon : null,
    }
    return respond(demoSeed, sent, memberOf(customer))
  })

/** Nobody plays one's own customers: their messages are delivered, and no more. */
export const deliveryOnly: Reactions = (messages, sentAt) =>
  messages.map(({ id, customer, channel }) => ({
    id: `${id}:delivered`,
    customerId: customer.id,
    name: 'message_delivered',
    at: sentAt + 1000,
    amount: null,
    properties: { message_id: String(id), channel },
  }))
