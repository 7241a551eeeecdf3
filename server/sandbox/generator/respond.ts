import { choose, fill, reduced } from './basket.ts'
import { dwell, pageOf } from './browsing.ts'
import { dateStamp } from './calendar.ts'
import { tastesOf } from './orders.ts'
import { keyOf, Random } from './random.ts'
import { type DemoMessage, react } from './reactions.ts'
import { replyTo } from './replies.ts'
import type { CustomerRow, EventRow } from './rows.ts'
import { streams, traitsOf } from './traits.ts'

/** An order's number, by its day and the message that brought it. */
const orderNumber = (at: number, messageId: string) => `MG${dateStamp(at)}-${messageId}`

/**
 * What a member does on getting a message, in order of time: message_delivered within a minute, then
 * message_opened (e-mail and in-app), message_clicked with a page_view, message_replied with its `text`,
 * and an order (amount in fen), with coupon_redeemed where the message carried a code. Every event names
 * the message in `message_id` and takes its id from the message's, an order as the shop numbers its orders.
 * The same message always brings the same events; the baseline of demoFuture goes on beside them.
 */
export function respond(seed: number, message: DemoMessage, customer: CustomerRow): EventRow[] {
  const traits = traitsOf(seed, customer)
  const random = new Random(keyOf(seed, message.id), streams.reaction)
  const { deliveredAt, openedAt, clickedAt, boughtAt, repliedAt } = react(random, message, traits)
  const { id, journeyId, enrollmentId, node, channel, couponCode } = message
  const origin = { message_id: id, journey_id: journeyId, enrollment_id: enrollmentId, node, channel }
  const tastes = tastesOf({ customer, traits })
  const rows: EventRow[] = []
  const add = (
    what: string,
    name: string,
    at: number,
    properties: EventRow['properties'] = {},
    amount: number | null = null,
    eventId = `${id}:${what}`,
  ) => {
    const own = { ...origin, ...properties }
    rows.push({ id: eventId, customerId: customer.id, name, at, amount, properties: own })
  }

  add('delivered', 'message_delivered', deliveredAt)
  if (openedAt !== null) add('opened', 'message_opened', openedAt)
  if (clickedAt !== null) {
    add('clicked', 'message_clicked', clickedAt)
    add('viewed', 'page_view', clickedAt + 1000, pageOf(choose(random, traits, tastes), dwell(random)))
  }
  if (repliedAt !== null) {
    add('replied', 'message_replied', repliedAt, { text: replyTo(random, customer.language) })
  }
  if (boughtAt !== null) {
    const { items, categories, product, amount } = fill(random, traits, tastes, 100)
    const bought = { items, categories, product: product.name['zh-CN'] }
    const order = orderNumber(boughtAt, id)
    const coupon = couponCode === null ? {} : { coupon: couponCode }
    const paid = couponCode === null ? amount : reduced(amount, 90)
    add('order', 'order', boughtAt, { ...bought, ...coupon }, paid, order)
    if (couponCode !== null) add('redeemed', 'coupon_redeemed', boughtAt, { code: couponCode, order })
  }
  return rows.sort((one, other) => one.at - other.at)
}
