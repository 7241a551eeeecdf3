import type { RenderedAttachment } from '../../shared/channels/index.ts'
import type { Channel, OutboundMessage, SendResult } from './channel.ts'
import { errorCode } from './redact.ts'

/** A row of the in-app inbox, unique by `key`. */
export interface InboxRow {
  messageId: string
  key: string
  customerId: string
  subject: string | null
  text: string
  html: string | null
  attachments: readonly RenderedAttachment[]
  purpose: OutboundMessage['purpose']
  unsubscribeUrl: string | null
  sentAt: number
  journeyId: string | null
  node: string | null
}

/** Writes all rows or none; a row whose key is there already is left as it is. */
export type DeliverInbox = (rows: readonly InboxRow[]) => Promise<void>

/** Messages into the customer's inbox in the brand's own app or mini-program. */
export function createInAppChannel(deliver: DeliverInbox): Channel {
  return {
    id: 'in_app',
    idempotent: true,
    batch: 500,
    send: (messages) => deliverAll(messages, () => deliver(messages.map(inboxRow))),
    async close() {},
  }
}

export function inboxRow(message: OutboundMessage): InboxRow {
  const { id, to: _to, meta, ...rest } = message
  return { messageId: id, ...rest, journeyId: meta.journeyId, node: meta.node }
}

/** One result for the whole batch, since it is written whole. The store's words may quote rows: only its code is kept. */
export async function deliverAll(
  messages: readonly OutboundMessage[],
  deliver: () => Promise<void>,
): Promise<readonly SendResult[]> {
  try {
    if (messages.length > 0) await deliver()
    return messages.map(({ id }): SendResult => ({ kind: 'accepted', providerId: id }))
  } catch (error) {
    const code = errorCode(error)
    // All are written or none, so that nobody has one of them.
    return messages.map(
      (): SendResult => ({ kind: 'retry', code, detail: 'the inbox could not be written', afterMs: null }),
    )
  }
}
