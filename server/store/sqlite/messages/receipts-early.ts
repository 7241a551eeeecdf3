import type { ClaimedMessage } from '../../../ports/dispatch.ts'
import type { EarlyReceipt } from '../../../ports/receipts.ts'
import { readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import type { NewEvent } from '../events/events.ts'
import { valueOr } from '../stored-json.ts'

export interface EarlyReceipts {
  /** Keeps a report until its message is known; answers whether it is new. */
  keep(receipt: EarlyReceipt, now: number): boolean
  /** The reports that were waiting for a message, as its events; they wait no more. */
  take(message: ClaimedMessage, providerId: string): NewEvent[]
}

interface Row {
  name: string
  id: string
  at: number
  properties: string
}

/** Longer than any message is tried for; what fits nothing by then is of messages that others sent. */
const keptForMs = 7 * 86_400_000

/** Forgets what has waited for its message too long; answers how many reports that were. */
export function reportsForgotten(sqlite: BrandDatabase['sqlite'], now: number): number {
  return sqlite.prepare('delete from early_receipts where received_at < ?').run(now - keptForMs).changes
}

/** Within the caller's transaction: reports that came before the answer which tells the provider's id. */
export function earlyReceipts({ sqlite }: BrandDatabase): EarlyReceipts {
  const insert = sqlite.prepare(
    `insert or ignore into early_receipts (name, id, provider_id, channel, customer_id, at, properties, received_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const forget = sqlite.prepare('delete from early_receipts where received_at < ?')
  const take = sqlite.prepare<[string, string, string], Row>(
    `delete from early_receipts where provider_id = ?
       and (channel is null or channel = ?) and (customer_id is null or customer_id = ?)
     returning name, id, at, properties`,
  )
  return {
    keep({ name, id, providerId, channel, customerId, at, properties }, now) {
      forget.run(now - keptForMs)
      const text = JSON.stringify(properties)
      return insert.run(name, id, providerId, channel, customerId, at, text, now).changes === 1
    },
    take({ id, customer, channel, journeyId, enrollmentId, node }, providerId) {
      const known = {
        message_id: String(id),
        journey_id: journeyId,
        enrollment_id: enrollmentId,
        node,
        channel,
      }
      return take
        .all(providerId, channel, customer.id)
        .sort((a, b) => a.at - b.at)
        .map((row) => ({
          id: row.id,
          customerId: customer.id,
          name: row.name,
          at: row.at,
          amount: null,
          properties: { ...valueOr(readProperties(row.properties), {}), ...known },
        }))
    },
  }
}
