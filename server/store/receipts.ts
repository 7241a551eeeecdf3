import { isOptOutReply } from '../../shared/message/sms.ts'
import type { BrandDatabase } from './database.ts'
import type { NewEvent } from './events.ts'
import { type FigurePlace, figureWriter } from './figures.ts'
import { replyWriter } from './inbox.ts'
import { unsubscriber } from './unsubscribes.ts'

/** The events by which channels tell what became of a message, and the receipt that each is. */
export const receiptKinds: ReadonlyMap<string, string> = new Map([
  ['message_delivered', 'delivered'],
  ['message_opened', 'opened'],
  ['message_clicked', 'clicked'],
  ['message_replied', 'replied'],
  ['message_failed', 'failed'],
])

interface SentMessage {
  id: number
  customer_id: string
  journey_id: string
  version: number
  node: string
  channel: string
  status: string
}

/** What a batch of events has brought about besides being events. */
export interface ReceiptsTaken {
  readonly journeyIds: ReadonlySet<string>
  readonly replies: number
}

function statements({ sqlite }: BrandDatabase) {
  const columns = 'id, customer_id, journey_id, version, node, channel, status'
  return {
    byId: sqlite.prepare<[number], SentMessage>(`select ${columns} from messages where id = ?`),
    byProvider: sqlite.prepare<[string], SentMessage>(
      `select ${columns} from messages where provider_id = ? order by id desc limit 1`,
    ),
    earlier: sqlite.prepare('select 1 from receipts where message_id = ? and kind = ? limit 1'),
    insert: sqlite.prepare(
      'insert or ignore into receipts (id, message_id, kind, at, detail) values (?, ?, ?, ?, ?)',
    ),
    status: sqlite.prepare(
      `update messages set status = ?, error = ?, sent_at = coalesce(sent_at, ?) where id = ? and status = ?`,
    ),
    redeem: sqlite.prepare('update coupons set redeemed_at = ? where code = ? and redeemed_at is null'),
  }
}

const textOf = (event: NewEvent, name: string): string | null => {
  const value = event.properties[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/**
 * Reads what came in for receipts, replies, opt-outs and redemptions, within the caller's transaction.
 * The same event twice does nothing the second time.
 */
export function receiptTaker(db: BrandDatabase): (events: readonly NewEvent[], now: number) => ReceiptsTaken {
  const run = statements(db)
  const figure = figureWriter(db)
  const keepReply = replyWriter(db)
  const unsubscribe = unsubscriber(db)

  const messageOf = (event: NewEvent): SentMessage | undefined => {
    const id = Number(textOf(event, 'message_id') ?? Number.NaN)
    const provider = textOf(event, 'provider_id')
    const found = Number.isSafeInteger(id)
      ? run.byId.get(id)
      : provider === null
        ? undefined
        : run.byProvider.get(provider)
    return found?.customer_id === event.customerId ? found : undefined
  }

  /** A message that nobody was sure of has arrived after all, or one that was sent has not. */
  const correct = (message: SentMessage, kind: string, event: NewEvent, place: FigurePlace): void => {
    if (kind === 'failed') {
      const { changes } = run.status.run(
        'failed',
        textOf(event, 'detail') ?? 'failed',
        null,
        message.id,
        'sent',
      )
      if (changes === 1) figure(place, 'message:failed')
    } else if (message.status === 'unknown') {
      run.status.run('sent', null, event.at, message.id, 'unknown')
      figure(place, 'message:unknown', -1)
    }
  }

  const takeReceipt = (message: SentMessage, kind: string, event: NewEvent): void => {
    const place = { journeyId: message.journey_id, version: message.version, node: message.node }
    const first = run.earlier.get(message.id, kind) === undefined
    const detail = textOf(event, 'text') ?? textOf(event, 'detail')
    const id = `${kind}:${event.id}`
    if (run.insert.run(id, message.id, kind, event.at, detail).changes === 0) return
    if (first && kind !== 'failed') figure(place, `receipt:${kind}`)
    correct(message, kind, event, place)
  }

  const takeReply = (event: NewEvent, message: SentMessage | undefined): boolean => {
    const text = textOf(event, 'text')
    const channel = message?.channel ?? textOf(event, 'channel')
    if (text === null || channel === null) return false
    const { id, customerId, at } = event
    if (!keepReply({ id, customerId, messageId: message?.id ?? null, channel, text, at })) return false
    if (isOptOutReply(text)) unsubscribe({ customerId, channel, at, source: 'reply' })
    return true
  }

  return (events) => {
    const journeyIds = new Set<string>()
    let replies = 0
    for (const event of events) {
      if (event.name === 'coupon_redeemed') run.redeem.run(event.at, textOf(event, 'code'))
      const kind = receiptKinds.get(event.name)
      if (kind === undefined) continue
      const message = messageOf(event)
      if (message !== undefined) {
        takeReceipt(message, kind, event)
        journeyIds.add(message.journey_id)
      }
      if (kind === 'replied' && takeReply(event, message)) replies += 1
    }
    return { journeyIds, replies }
  }
}
