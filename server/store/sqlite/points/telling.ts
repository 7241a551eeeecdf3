import type Database from 'better-sqlite3'
import { pointEvents } from '../../../../shared/points/events.ts'
import { type LotLine, lotsOf } from '../../../../shared/points/lots.ts'
import { pointBook } from './book.ts'

interface DueRow {
  readonly seq: number
  readonly customerId: string
  readonly dueAt: number
  readonly expiresAt: number
}

/** All that the remainders of somebody's points turn on. */
export const lotLinesSql =
  'select seq, amount, expires_at as expiresAt, lot from points where customer_id = ? order by seq'

/**
 * Tells of points that are lost soon, and takes what is left of those whose time is over. Each line is told of once, by
 * its due time, in one transaction a batch.
 */
export function pointTeller(sqlite: Database.Database): (now: number, limit: number) => number {
  const due = sqlite.prepare<[number, number], DueRow>(
    `select seq, customer_id as customerId, due_at as dueAt, expires_at as expiresAt from points
     where due_at is not null and due_at <= ? order by due_at, seq limit ?`,
  )
  const lines = sqlite.prepare<[string], LotLine>(lotLinesSql)
  const next = sqlite.prepare('update points set due_at = ? where seq = ?')
  const book = pointBook(sqlite)
  const one = ({ seq, customerId, dueAt, expiresAt }: DueRow) => {
    const { left = 0 } = lotsOf(lines.all(customerId)).lots.find((lot) => lot.seq === seq) ?? {}
    const ends = dueAt >= expiresAt
    next.run(ends || left === 0 ? null : expiresAt, seq)
    if (left === 0) return
    if (!ends) {
      const properties = { points: left, balance: book.balanceOf(customerId) }
      const told = { customerId, key: `expiring:${seq}`, at: dueAt, source: 'time' } as const
      book.event(pointEvents.expiring, told, { ...properties, expires_at: new Date(expiresAt).toISOString() })
      return
    }
    book.write({
      ...{ customerId, key: `expired:${seq}`, at: dueAt, amount: -left, kind: 'expired', source: 'time' },
      ...{ reason: '', reference: null, lot: seq, expiresAt: null, dueAt: null },
    })
  }
  return sqlite.transaction((now: number, limit: number) => {
    const rows = due.all(now, limit)
    for (const row of rows) one(row)
    return rows.length
  }).immediate
}
