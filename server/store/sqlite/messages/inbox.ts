import type { RenderedAttachment } from '../../../../shared/channels/index.ts'
import type { BrandDatabase } from '../database.ts'

/** A message as a channel delivers it here. */
export interface PhoneDelivery {
  readonly messageId: string
  readonly key: string
  readonly customerId: string
  /** The channel that the phone stands in for; `in_app` unless given. */
  readonly channel?: string
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly RenderedAttachment[]
}

const insertSql = `insert or ignore into inbox
  (customer_id, message_id, delivery_key, channel, direction, subject, body, html, attachments, at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Puts messages on the phone, all or none, each key once; answers how many are new. `at` is when they
 * arrive: the brand's clock, not the time at which they were decided.
 */
export function inboxWriter({
  sqlite,
}: BrandDatabase): (deliveries: readonly PhoneDelivery[], at: number) => number {
  const insert = sqlite.prepare(insertSql)
  return sqlite.transaction((deliveries: readonly PhoneDelivery[], at: number) => {
    let added = 0
    for (const {
      customerId,
      messageId,
      key,
      channel = 'in_app',
      subject,
      text,
      html,
      attachments,
    } of deliveries) {
      const beside = attachments.length === 0 ? null : JSON.stringify(attachments)
      const row = [customerId, Number(messageId), key, channel, 'out', subject, text, html, beside, at]
      added += insert.run(...row).changes
    }
    return added
  }).immediate
}

/** What a customer wrote to us. */
export interface InboundMessage {
  /** Of the event that brought it: it is kept once. */
  readonly id: string
  readonly customerId: string
  /** The message that it answers, where that is known. */
  readonly messageId: number | null
  readonly channel: string
  readonly text: string
  readonly at: number
}

/** Keeps what customers wrote, within the caller's transaction; answers whether it is new. */
export function replyWriter({ sqlite }: BrandDatabase): (message: InboundMessage) => boolean {
  const insert = sqlite.prepare(insertSql)
  return ({ id, customerId, messageId, channel, text, at }) =>
    insert.run(customerId, messageId, `in:${customerId}:${id}`, channel, 'in', null, text, null, null, at)
      .changes === 1
}
