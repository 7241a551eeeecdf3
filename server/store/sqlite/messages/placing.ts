import { takesNothingBack } from '../../../../shared/conditions/purchases.ts'
import { isReceipt } from '../../../../shared/conditions/receipts.ts'
import { couponEvents } from '../../../../shared/coupons/events.ts'
import type { EventFault } from '../../../ports/events.ts'
import { redemptionPlacer, type UsedHere } from '../coupons/redemptions.ts'
import type { BrandDatabase } from '../database.ts'
import type { NewEvent } from '../events/events.ts'

/** A message as events name it. */
export interface SentMessage {
  readonly id: number
  readonly customer_id: string
  readonly journey_id: string
  readonly enrollment_id: number
  readonly version: number
  readonly node: string
  readonly visit: number
  readonly channel: string
  readonly recipient: string
}

/** An event as it is kept, and what is to be said of it. */
export interface PlacedEvent {
  readonly event: NewEvent
  readonly note?: EventFault
}

/** `used`: what redemptions that stand before it in the same call have used already. */
export type EventPlacer = (event: NewEvent, used?: UsedHere) => PlacedEvent

/** The name of a property whose number has lost digits: an id that should have been a text. */
function tooLong(properties: NewEvent['properties']): string | undefined {
  for (const name in properties) {
    const value = properties[name]
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return name
  }
  return undefined
}

export const textOf = ({ properties }: NewEvent, name: string): string | null => {
  const value = properties[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

const columns = 'id, customer_id, journey_id, enrollment_id, version, node, visit, channel, recipient'

/**
 * Finds the message that an event names, by our id or by the provider's; only the customer's own, and only on the
 * channel that the event names.
 */
export function messageFinder({ sqlite }: BrandDatabase): (event: NewEvent) => SentMessage | undefined {
  type Named<Id> = { id: Id; customer: string; channel: string | null }
  const on = 'customer_id = @customer and (@channel is null or channel = @channel)'
  const byId = sqlite.prepare<Named<number>, SentMessage>(
    `select ${columns} from messages where id = @id and ${on}`,
  )
  const byProvider = sqlite.prepare<Named<string>, SentMessage & { channels: number }>(
    `select ${columns}, (select count(distinct channel) from messages where provider_id = @id and ${on}) as channels
     from messages where provider_id = @id and ${on} order by id desc limit 1`,
  )
  return (event) => {
    const told = { customer: event.customerId, channel: textOf(event, 'channel') }
    const id = Number(textOf(event, 'message_id') ?? Number.NaN)
    if (Number.isSafeInteger(id)) return byId.get({ ...told, id })
    const provider = textOf(event, 'provider_id')
    const found = provider === null ? undefined : byProvider.get({ ...told, id: provider })
    if (found === undefined) return undefined
    const { channels, ...message } = found
    // Providers count for themselves: where two have given the same id, it says nothing without its channel.
    return channels === 1 ? message : undefined
  }
}

/** What stops messages must say of which it is; these may leave it open. */
const assignable: ReadonlySet<string> = new Set([
  'message_delivered',
  'message_opened',
  'message_clicked',
  'message_replied',
])

/** Finds the message that a report without any id is about: the last that went to the customer by then. */
function lastFinder({ sqlite }: BrandDatabase): (event: NewEvent) => SentMessage | undefined {
  const last = sqlite.prepare<{ customer: string; channel: string | null; by: number }, SentMessage>(
    `select ${columns} from messages
     where customer_id = @customer and (@channel is null or channel = @channel)
       and status in ('sent', 'unknown') and sent_at <= @by
     order by sent_at desc, id desc limit 1`,
  )
  return (event) => {
    const named = textOf(event, 'message_id') !== null || textOf(event, 'provider_id') !== null
    if (named || !assignable.has(event.name)) return undefined
    // A report in whole seconds belongs to the second of its message.
    const by = event.at % 1000 === 0 ? event.at + 999 : event.at
    return last.get({ customer: event.customerId, channel: textOf(event, 'channel'), by })
  }
}

/**
 * Says of each report which message it is of, with journey, enrollment and node, whatever the report itself
 * claims; one without any id is the last message's (`assigned`). A redemption that does not count is kept under a
 * name of its own, `coupon_refused`.
 */
export function eventPlacer(db: BrandDatabase): EventPlacer {
  const named = messageFinder(db)
  const last = lastFinder(db)
  const redemptions = redemptionPlacer(db)

  const placedReceipt = (event: NewEvent): NewEvent => {
    const { enrollment_id: _claimed, visit: _visit, ...told } = event.properties
    const found = named(event)
    const message = found ?? last(event)
    if (message === undefined) return { ...event, properties: told }
    const properties = {
      ...told,
      message_id: String(message.id),
      journey_id: message.journey_id,
      enrollment_id: message.enrollment_id,
      node: message.node,
      visit: message.visit,
      channel: message.channel,
      ...(found === undefined ? { assigned: true } : {}),
    }
    return { ...event, properties }
  }

  return (event, used = new Map()) => {
    if (isReceipt(event.name)) return { event: placedReceipt(event) }
    if (event.name === couponEvents.redeemed) return redemptions.place(event, used) ?? { event }
    if (takesNothingBack(event))
      return { event, note: { code: 'refund-of-nothing', details: { id: event.id } } }
    const property = tooLong(event.properties)
    if (property === undefined) return { event }
    return { event, note: { code: 'number-too-long', details: { id: event.id, property } } }
  }
}
