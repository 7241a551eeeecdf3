import type Database from 'better-sqlite3'
import { Problem } from '../../../../shared/errors/index.ts'
import { type LineKind, type LineSource, lineKinds } from '../../../../shared/points/kinds.ts'
import { shardOf } from '../enrollments/shard.ts'

/** A line that is to stand in the ledger. */
export interface NewLine {
  readonly customerId: string
  readonly key: string
  readonly at: number
  readonly amount: number
  readonly kind: LineKind
  readonly source: LineSource
  readonly reason: string
  readonly reference: string | null
  readonly lot: number | null
  readonly expiresAt: number | null
  readonly dueAt: number | null
  /** Journeys and nodes by which it came, for the event. */
  readonly properties?: Readonly<Record<string, string>>
}

interface Known {
  readonly customerId: string
  readonly amount: number
}

/**
 * Writes lines and tells of each as an event, within the caller's transaction. What is spent or taken by hand must be
 * there; what time takes is.
 */
export function pointBook(sqlite: Database.Database) {
  const known = sqlite.prepare<[string], Known>(
    'select customer_id as customerId, amount from points where key = ?',
  )
  const sum = sqlite
    .prepare<[string], number>('select coalesce(sum(amount), 0) from points where customer_id = ?')
    .pluck()
  const put = sqlite.prepare(
    `insert into points (customer_id, key, at, amount, kind, source, reason, reference, lot, expires_at, due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tell = sqlite.prepare(
    `insert or ignore into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
     values (?, ?, ?, ?, ?, null, ?, ?, ?, 1)`,
  )
  const balanceOf = (customerId: string): number => sum.get(customerId) ?? 0
  const event = (
    name: string,
    { customerId, key, at, source }: Pick<NewLine, 'customerId' | 'key' | 'at' | 'source'>,
    properties: Readonly<Record<string, string | number>>,
  ) => tell.run(key, customerId, shardOf(customerId), name, at, JSON.stringify(properties), at, source)
  return {
    balanceOf,
    event,
    /** Problems `points-insufficient`, `points-key-other`. */
    write(line: NewLine): 'created' | 'unchanged' {
      const { customerId, key, at, amount, kind, source, reason, reference, lot, expiresAt, dueAt } = line
      const before = known.get(key)
      if (before !== undefined) {
        if (before.customerId === customerId && before.amount === amount) return 'unchanged'
        throw new Problem(
          'points-key-other',
          { key, customer: before.customerId, points: before.amount },
          'key',
        )
      }
      const balance = balanceOf(customerId)
      if (amount < 0 && kind !== 'expired' && balance + amount < 0)
        throw new Problem('points-insufficient', { customer: customerId, balance, points: -amount }, 'points')
      put.run(customerId, key, at, amount, kind, source, reason, reference, lot, expiresAt, dueAt)
      event(lineKinds[kind].event, line, {
        ...{ points: Math.abs(amount), change: amount, balance: balance + amount },
        ...(reason === '' ? {} : { reason }),
        ...(reference === null || line.properties !== undefined ? {} : { order_id: reference }),
        ...line.properties,
      })
      return 'created'
    },
  }
}
