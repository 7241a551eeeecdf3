import type { Channel, OutboundMessage } from './channel.ts'
import { deliverAll, type InboxRow, inboxRow } from './in-app.ts'

/** A message on the on-screen phone, unique by `key`; `channel` is the one it stands in for. */
export interface PhoneRow extends InboxRow {
  channel: string
  to: string
}

/** Writes all rows or none; a row whose key is there already is left as it is. */
export type DeliverPhone = (rows: readonly PhoneRow[]) => Promise<void>

/** Stands in for a channel: every message is accepted and appears on the on-screen phone, nowhere else. */
export function createSandboxChannel(id: string, deliver: DeliverPhone): Channel {
  const phoneRow = (message: OutboundMessage): PhoneRow => ({
    ...inboxRow(message),
    channel: id,
    to: message.to,
  })
  return {
    id,
    idempotent: true,
    batch: 500,
    send: (messages) => deliverAll(messages, () => deliver(messages.map(phoneRow))),
    async verify() {
      return { ok: true, detail: 'delivers to the phone on the screen' }
    },
    async close() {},
  }
}
