import { channels, isChannel } from '../../../../shared/channels/index.ts'
import { receiptKinds } from '../../../../shared/conditions/receipts.ts'
import { couponEvents } from '../../../../shared/coupons/events.ts'
import { redemptionKeeper } from '../coupons/redemptions.ts'
import type { BrandDatabase } from '../database.ts'
import { deliveryCounter } from '../delivery/counter.ts'
import type { NewEvent } from '../events/events.ts'
import { figureWriter } from '../figures/figures.ts'
import { addressReporter } from './address-reports.ts'
import { reportHeeder } from './delivery.ts'
import { replyWriter } from './inbox.ts'
import { messageFinder, type SentMessage, textOf } from './placing.ts'
import { earlyReceipts } from './receipts-early.ts'

/** What a batch of events has brought about besides being events. */
export interface ReceiptsTaken {
  readonly journeyIds: ReadonlySet<string>
  readonly replies: number
}

/** What nobody does but the owner of the address that the message went to. */
const byItsOwner: ReadonlySet<string> = new Set(['clicked', 'replied'])

/** The channel that an event names, in whichever case; null where it names none that there is. */
function channelTold(event: NewEvent): string | null {
  const told = textOf(event, 'channel')?.trim().toLowerCase() ?? null
  return told !== null && isChannel(told) ? told : null
}

/** What a customer says to us without saying where. Of any other report the channel must be known. */
const personal: ReadonlySet<string> = new Set([
  'message_replied',
  'message_unsubscribed',
  'message_complained',
  'message_blocked',
])

/** Where the channel is not told: whoever wants no more is to get no more by any that can reach them there. */
function channelsMeant(name: string, address: string | null): readonly string[] {
  if (!personal.has(name)) return []
  const kind = address === null ? null : address.includes('@') ? 'email' : 'phone'
  return channels
    .filter((channel) => channel.address !== 'url' && (kind === null || channel.address === kind))
    .map(({ id }) => id)
}

function statements({ sqlite }: BrandDatabase) {
  return {
    provider: sqlite.prepare<{ id: string; channel: string | null }, { id: number }>(
      'select id from messages where provider_id = @id and (@channel is null or channel = @channel) limit 1',
    ),
    earlier: sqlite.prepare('select 1 from receipts where message_id = ? and kind = ? limit 1'),
    insert: sqlite.prepare(
      'insert or ignore into receipts (id, message_id, kind, at, detail) values (?, ?, ?, ?, ?)',
    ),
    verify: sqlite.prepare(
      `update addresses set verified_at = min(coalesce(verified_at, @at), @at)
       where customer_id = @customer_id and address = @recipient`,
    ),
  }
}

/**
 * Reads what came in for receipts, replies, opt-outs and redemptions, within the caller's transaction.
 * To be given each event once, with its place among the messages.
 */
export function receiptTaker(db: BrandDatabase): (events: readonly NewEvent[], now: number) => ReceiptsTaken {
  const run = statements(db)
  const figure = figureWriter(db)
  const keepReply = replyWriter(db)
  const report = addressReporter(db)
  const heed = reportHeeder(db)
  const count = deliveryCounter(db)
  const early = earlyReceipts(db)
  const messageOf = messageFinder(db)
  const redeem = redemptionKeeper(db)

  const takeReceipt = (message: SentMessage, kind: string, event: NewEvent, now: number): void => {
    const place = { journeyId: message.journey_id, version: message.version, node: message.node }
    const first = run.earlier.get(message.id, kind) === undefined
    const detail = textOf(event, 'text') ?? textOf(event, 'detail')
    const id = `${kind}:${message.id}:${event.id}`
    if (run.insert.run(id, message.id, kind, event.at, detail).changes === 0) return
    if (first && kind !== 'failed') figure(place, `receipt:${kind}`)
    if (byItsOwner.has(kind)) run.verify.run({ ...message, at: event.at })
    if (first && kind === 'delivered') count([{ channel: message.channel, outcome: kind }], now)
    heed(message.id, now)
  }

  /** No message bears the provider's id yet: its channel's answer may still be to come. */
  const keepForLater = (event: NewEvent, now: number): void => {
    const providerId = textOf(event, 'provider_id')
    if (providerId === null || textOf(event, 'message_id') !== null) return
    const channel = textOf(event, 'channel')
    if (run.provider.get({ id: providerId, channel }) === undefined)
      early.keep({ ...event, providerId, channel }, now)
  }

  const takeReply = (event: NewEvent, message: SentMessage | undefined): boolean => {
    const text = textOf(event, 'text')
    const channel = message?.channel ?? channelTold(event)
    if (text === null || channel === null) return false
    const { id, customerId, at } = event
    if (!keepReply({ id, customerId, messageId: message?.id ?? null, channel, text, at })) return false
    return true
  }

  /** What is said of the address that the event came from, or that its message went to. */
  const heedAddress = (event: NewEvent, message: SentMessage | undefined): void => {
    const { name, customerId, at } = event
    const address = textOf(event, 'from') ?? message?.recipient ?? null
    const told = message?.channel ?? channelTold(event)
    for (const channel of told === null ? channelsMeant(name, address) : [told])
      report({
        name,
        channel,
        customerId,
        at,
        address,
        text: textOf(event, 'text') ?? textOf(event, 'detail'),
        failure: textOf(event, 'failure'),
      })
  }

  return (events, now) => {
    const journeyIds = new Set<string>()
    let replies = 0
    for (const event of events) {
      if (event.name === couponEvents.redeemed) redeem(event)
      const kind = receiptKinds.get(event.name)
      if (kind === undefined) continue
      const message = messageOf(event)
      if (message !== undefined) {
        takeReceipt(message, kind, event, now)
        journeyIds.add(message.journey_id)
      } else keepForLater(event, now)
      if (kind === 'replied' && takeReply(event, message)) replies += 1
      heedAddress(event, message)
    }
    return { journeyIds, replies }
  }
}
