import type { BrandDatabase } from '../database.ts'
import { type ReceiptsTaken, receiptTaker } from '../messages/receipts.ts'
import { insertEvents, type NewEvent } from './events.ts'

export interface Ingested extends ReceiptsTaken {
  readonly accepted: number
  readonly duplicates: number
}

/**
 * Takes events in as they happen, all or none, with what they say of messages and coupons: one
 * transaction, so that neither is ever without the other. Problem `unknown-customer`.
 */
export function ingester(db: BrandDatabase): (events: readonly NewEvent[], now: number) => Ingested {
  const takeReceipts = receiptTaker(db)
  return db.sqlite.transaction((events: readonly NewEvent[], now: number): Ingested => {
    const inserted = insertEvents(db, events, { source: 'api', receivedAt: now, pending: true })
    return { ...inserted, ...takeReceipts(events, now) }
  }).immediate
}
