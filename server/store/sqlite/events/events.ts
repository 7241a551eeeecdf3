import type { Value } from '../../../../shared/conditions/customer.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/commit.ts'
import { RowSet } from '../row-set.ts'

/** Something that a customer did, on its way into the store. */
export interface NewEvent {
  readonly id: string
  readonly customerId: string
  readonly name: string
  /** Epoch milliseconds of the event's own time. */
  readonly at: number
  /** Minor units; null where no money is involved. */
  readonly amount: number | null
  readonly properties: Readonly<Record<string, Value>>
}

/** Whence events come: from the past by a file (they start and wake nothing), or as they happen. */
export type EventSource = 'history' | 'api' | 'sandbox'

export interface InsertOptions {
  readonly source: EventSource
  readonly receivedAt: number
  /** Whether the engine is to take them. */
  readonly pending: boolean
}

const insertSql = `insert into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const valuesOf = (event: NewEvent, options: InsertOptions) => [
  event.id,
  event.customerId,
  shardOf(event.customerId),
  event.name,
  event.at,
  event.amount,
  JSON.stringify(event.properties),
  options.receivedAt,
  options.source,
  options.pending ? 1 : 0,
]

/**
 * Takes events in, all or none. An event whose name and id are known already is a duplicate and ignored
 * (rule 24). Problem `unknown-customer` at the place `events.<index>`.
 */
export function insertEvents(
  { sqlite }: BrandDatabase,
  events: readonly NewEvent[],
  options: InsertOptions,
): { accepted: number; duplicates: number } {
  const known = sqlite.prepare<[string], { id: string }>(
    'select id from customers where id in (select value from json_each(?))',
  )
  const insert = sqlite.prepare(`${insertSql} on conflict (name, id) do nothing`)
  const take = sqlite.transaction(() => {
    const ids = new Set(
      known.all(JSON.stringify(events.map(({ customerId }) => customerId))).map(({ id }) => id),
    )
    const stranger = events.findIndex(({ customerId }) => !ids.has(customerId))
    const customer = events[stranger]?.customerId
    if (customer !== undefined) throw new Problem('unknown-customer', { customer }, `events.${stranger}`)
    let accepted = 0
    for (const event of events) accepted += insert.run(...valuesOf(event, options)).changes
    return { accepted, duplicates: events.length - accepted }
  })
  return take.immediate()
}

/**
 * `conflict`: the same saver has taken this order before, with other values; `known`: it came in live, with
 * other values; `unknown-customer`: nobody has that id.
 */
export type SavedOrder = 'imported' | 'updated' | 'unchanged' | 'conflict' | 'known' | 'unknown-customer'

interface KnownOrder {
  seq: number
  id: string
  customer_id: string
  at: number
  amount: number | null
  properties: string
  source: string
}

const same = (order: NewEvent, known: KnownOrder) =>
  known.customer_id === order.customerId &&
  known.at === order.at &&
  known.amount === order.amount &&
  known.properties === JSON.stringify(order.properties)

/**
 * Saves orders as history, a batch in one transaction, and answers what became of each. One saver stands
 * for one file: the first row of an order counts. A later file corrects what an earlier one said; what came
 * in live, and what journeys may have acted upon, it does not touch.
 */
export function orderSaver({
  sqlite,
}: BrandDatabase): (orders: readonly NewEvent[], receivedAt: number) => SavedOrder[] {
  const findCustomers = sqlite.prepare<[string], { id: string }>(
    'select id from customers where id in (select value from json_each(?))',
  )
  const findOrders = sqlite.prepare<[string], KnownOrder>(
    `select seq, id, customer_id, at, amount, properties, source from events
     where name = 'order' and id in (select value from json_each(?))`,
  )
  const insert = sqlite.prepare(insertSql)
  const update = sqlite.prepare(
    'update events set customer_id = ?, shard = ?, at = ?, amount = ?, properties = ? where seq = ?',
  )
  const taken = new RowSet()

  const correct = (order: NewEvent, row: KnownOrder): SavedOrder => {
    const before = taken.has(row.seq)
    taken.add(row.seq)
    if (same(order, row)) return 'unchanged'
    if (before) return 'conflict'
    if (row.source !== 'history') return 'known'
    const { customerId, at, amount } = order
    const properties = JSON.stringify(order.properties)
    update.run(customerId, shardOf(customerId), at, amount, properties, row.seq)
    Object.assign(row, { customer_id: customerId, at, amount, properties })
    return 'updated'
  }

  const add = (order: NewEvent, known: Map<string, KnownOrder>, receivedAt: number): SavedOrder => {
    const options: InsertOptions = { source: 'history', receivedAt, pending: false }
    const seq = Number(insert.run(...valuesOf(order, options)).lastInsertRowid)
    taken.add(seq)
    known.set(order.id, {
      seq,
      id: order.id,
      customer_id: order.customerId,
      at: order.at,
      amount: order.amount,
      properties: JSON.stringify(order.properties),
      source: 'history',
    })
    return 'imported'
  }

  return sqlite.transaction((orders: readonly NewEvent[], receivedAt: number) => {
    const customers = new Set(
      findCustomers.all(JSON.stringify(orders.map(({ customerId }) => customerId))).map(({ id }) => id),
    )
    const known = new Map(
      findOrders.all(JSON.stringify(orders.map(({ id }) => id))).map((row) => [row.id, row]),
    )
    return orders.map((order): SavedOrder => {
      if (!customers.has(order.customerId)) return 'unknown-customer'
      const row = known.get(order.id)
      return row === undefined ? add(order, known, receivedAt) : correct(order, row)
    })
  }).immediate
}

/**
 * `withdrawn`: an earlier file had it as a purchase, which it is no longer; `known`: it came in live, which
 * counts; `absent`: nobody has heard of it.
 */
export type WithdrawnOrder = 'withdrawn' | 'known' | 'absent'

/**
 * Takes back orders that were imported as purchases and, as a later file says, are none: closed, not paid,
 * or refunded in full. A batch in one transaction; what came in live it does not touch.
 */
export function orderWithdrawer({ sqlite }: BrandDatabase): (ids: readonly string[]) => WithdrawnOrder[] {
  const find = sqlite.prepare<[string], { seq: number; id: string; source: string }>(
    `select seq, id, source from events where name = 'order' and id in (select value from json_each(?))`,
  )
  const remove = sqlite.prepare('delete from events where seq = ?')
  return sqlite.transaction((ids: readonly string[]) => {
    const known = new Map(find.all(JSON.stringify(ids)).map((row) => [row.id, row]))
    return ids.map((id): WithdrawnOrder => {
      const row = known.get(id)
      if (row === undefined) return 'absent'
      if (row.source !== 'history') return 'known'
      remove.run(row.seq)
      known.delete(id)
      return 'withdrawn'
    })
  }).immediate
}
