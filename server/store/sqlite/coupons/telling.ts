import type Database from 'better-sqlite3'
import { couponEvents } from '../../../../shared/coupons/events.ts'
import { shardOf } from '../enrollments/shard.ts'

interface DueRow {
  readonly code: string
  readonly customerId: string
  readonly coupon: string | null
  readonly kind: string
  readonly dueAt: number
  readonly expiresAt: number
  readonly redeemedAt: number | null
  readonly journeyId: string
  readonly node: string
}

/**
 * Tells of codes that are not used some days before their end, and of those that are over: events like any other, so that
 * waits, exits, goals and journeys hear them. Each is told once, by its row's due time, in one transaction a batch.
 */
export function couponTeller(sqlite: Database.Database): (now: number, limit: number) => number {
  const due = sqlite.prepare<[number, number], DueRow>(
    `select code, customer_id as customerId, coupon, kind, due_at as dueAt, expires_at as expiresAt,
       redeemed_at as redeemedAt, journey_id as journeyId, node
     from coupons where due_at is not null and due_at <= ? order by due_at, code limit ?`,
  )
  const next = sqlite.prepare('update coupons set due_at = ? where code = ?')
  const known = sqlite.prepare<[string], number>('select 1 from customers where id = ?').pluck()
  const tell = sqlite.prepare(
    `insert or ignore into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
     values (?, ?, ?, ?, ?, null, ?, ?, 'journey', 1)`,
  )
  const one = (row: DueRow, now: number) => {
    const { code, customerId, coupon, kind, dueAt, expiresAt, redeemedAt, journeyId, node } = row
    const ends = dueAt >= expiresAt
    next.run(ends || redeemedAt !== null ? null : expiresAt, code)
    // Of somebody who has been erased nothing is told.
    if (redeemedAt !== null || known.get(customerId) === undefined) return
    const name = ends ? couponEvents.expired : couponEvents.unused
    const properties = {
      ...{ code, kind, journey_id: journeyId, node },
      ...(coupon === null ? {} : { coupon }),
      ...(ends ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    }
    tell.run(code, customerId, shardOf(customerId), name, dueAt, JSON.stringify(properties), now)
    if (ends && coupon !== null) expire.run(coupon)
  }
  const expire = sqlite.prepare('update coupon_definitions set expired = expired + 1 where key = ?')
  return sqlite.transaction((now: number, limit: number) => {
    const rows = due.all(now, limit)
    for (const row of rows) one(row, now)
    return rows.length
  }).immediate
}
