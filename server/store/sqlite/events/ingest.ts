import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import type { EventFault, EventOutcome, TakenEvents } from '../../../ports/events.ts'
import { redemptionPlacer, type UsedHere } from '../coupons/redemptions.ts'
import type { BrandDatabase } from '../database.ts'
import { type EventPlacer, eventPlacer } from '../messages/placing.ts'
import { type ReceiptsTaken, receiptTaker } from '../messages/receipts.ts'
import { counted, eventTaker, type NewEvent, ownerFinder } from './events.ts'

export interface Ingested extends TakenEvents, ReceiptsTaken {}

/** In the order of their own time, those of one moment as they were told: a batch told backwards says the same. */
export function inOrder(events: readonly Pick<NewEvent, 'at'>[]): number[] {
  return events.map((_event, index) => index).sort((a, b) => (events[a]?.at ?? 0) - (events[b]?.at ?? 0))
}

/**
 * Takes events in as they happen, with what they say of messages and coupons: one transaction, so that neither
 * is ever without the other. Each says what became of it; one that cannot be taken keeps no other out.
 */
export function ingester(db: BrandDatabase): (events: readonly NewEvent[], now: number) => Ingested {
  const takeReceipts = receiptTaker(db)
  const place: EventPlacer = eventPlacer(db)
  const insert = eventTaker(db)
  const owned = ownerFinder(db)
  const { ofOrder } = redemptionPlacer(db)

  /** The codes that orders name are used by them; what of it does not count is told of the order. */
  const redeemedBy = (orders: readonly NewEvent[], used: UsedHere, now: number) => {
    const notes = new Map<NewEvent, EventFault>()
    const redemptions = orders.flatMap((order) => {
      const { redemptions: found, unknown } = ofOrder(order)
      if (unknown !== null) notes.set(order, { code: 'coupon-code-unknown', details: { code: unknown } })
      return found.map((redemption) => {
        const { event, note } = place(redemption, used)
        if (note !== undefined) notes.set(order, note)
        return event
      })
    })
    if (redemptions.length === 0) return { notes, taken: [] }
    const { outcomes } = insert(redemptions, { source: 'api', receivedAt: now, pending: true })
    return { notes, taken: redemptions.filter((_event, at) => outcomes[at]?.status === 'accepted') }
  }

  return db.sqlite.transaction((told: readonly NewEvent[], now: number): Ingested => {
    const events = owned(told)
    const order = inOrder(events)
    const used: UsedHere = new Map()
    const placed = order.flatMap((index) => (events[index] === undefined ? [] : [place(events[index], used)]))
    const rows = placed.map(({ event }) => event)
    const inserted = insert(rows, { source: 'api', receivedAt: now, pending: true })
    const taken = rows.filter((_event, at) => inserted.outcomes[at]?.status === 'accepted')
    const orders = taken.filter(({ name }) => name === orderEvent)
    const by = redeemedBy(orders, used, now)
    const outcomes: EventOutcome[] = []
    for (const [at, index] of order.entries()) {
      const outcome = inserted.outcomes[at]
      const row = rows[at]
      const note = placed[at]?.note ?? (row === undefined ? undefined : by.notes.get(row))
      if (outcome === undefined) continue
      outcomes[index] = outcome.status === 'accepted' && note !== undefined ? { ...outcome, note } : outcome
    }
    return { ...counted(outcomes), ...takeReceipts([...taken, ...by.taken], now) }
  }).immediate
}
