import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import type { NewEvent } from './events.ts'

/** Rows of one statement: to bind and run one for each costs nearly as much again as the row does. */
const rowsAtOnce = 32

/** Columns in which orders differ, as they are bound. */
const differing = ['id', 'customer_id', 'shard', 'at', 'amount', 'properties'] as const
const row = `(${differing.map(() => '?').join(', ')}, '${orderEvent}', @receivedAt, 'history', 0)`

/** Without a journal of its own, which would copy each page that a statement of many rows touches. */
const insertSql = (rows: number) =>
  `insert or ignore into events (${differing.join(', ')}, name, received_at, source, pending)
   values ${Array.from({ length: rows }, () => row).join(', ')}`

export type AddHistory = (orders: readonly NewEvent[], receivedAt: number) => (number | null)[]

/**
 * Adds orders as history within the caller's transaction, in their order, and answers the row of each; null where an
 * order of that number is there, or stands before it among them.
 */
export function historyWriter({ sqlite }: BrandDatabase): AddHistory {
  const many = sqlite.prepare(insertSql(rowsAtOnce))
  const one = sqlite.prepare(insertSql(1))
  const from = sqlite.prepare<[number], string>('select id from events where seq >= ? order by seq').pluck()
  // Bound again and again: a list that grows anew for each statement costs more than binding it.
  const cells: (string | number | null)[] = Array.from({ length: differing.length * rowsAtOnce }, () => null)
  const single = cells.slice(0, differing.length)

  const fill = (into: typeof cells, start: number, { id, customerId, at, amount, properties }: NewEvent) => {
    into[start] = id
    into[start + 1] = customerId
    into[start + 2] = shardOf(customerId)
    into[start + 3] = at
    into[start + 4] = amount
    into[start + 5] = JSON.stringify(properties)
  }

  /** Rows are numbered as they come in; which of them did, where some did not, their numbers tell. */
  const addMany = (
    orders: readonly NewEvent[],
    start: number,
    receivedAt: number,
    rows: (number | null)[],
  ) => {
    for (let at = 0; at < rowsAtOnce; at += 1) {
      const order = orders[start + at]
      if (order !== undefined) fill(cells, at * differing.length, order)
    }
    const { changes, lastInsertRowid } = many.run(cells, { receivedAt })
    let next = Number(lastInsertRowid) - changes + 1
    const added = changes === rowsAtOnce || changes === 0 ? null : from.all(next)
    for (let at = 0, found = 0; at < rowsAtOnce; at += 1) {
      const came = added === null ? changes > 0 : added[found] === orders[start + at]?.id
      rows.push(came ? next++ : null)
      if (came) found += 1
    }
  }

  return (orders, receivedAt) => {
    const rows: (number | null)[] = []
    let start = 0
    for (; start + rowsAtOnce <= orders.length; start += rowsAtOnce) addMany(orders, start, receivedAt, rows)
    for (const order of orders.slice(start)) {
      fill(single, 0, order)
      const { changes, lastInsertRowid } = one.run(single, { receivedAt })
      rows.push(changes === 1 ? Number(lastInsertRowid) : null)
    }
    return rows
  }
}
