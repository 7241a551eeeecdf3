import type { Properties } from '../../../../shared/conditions/customer.ts'
import { withKeptLines } from '../../../../shared/conditions/lines.ts'
import { moneyFault, orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { type ErrorCode, Problem } from '../../../../shared/errors/index.ts'
import type { EventFault, EventOutcome, TakenEvents } from '../../../ports/events.ts'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import { aliasReader } from '../persons/aliases.ts'
import { RowSet } from '../row-set.ts'
import { wholly } from '../span.ts'
import { historyWriter } from './history-writer.ts'
import { type KnownOrder as Kept, propertiesOf } from './known-orders.ts'

/** The id of the event that keeps what files say has been given back for an order in all. */
export const refundOfFiles = (orderId: string): string => `file:${orderId}`

/** Something that a customer did, on its way into the store. */
export interface NewEvent {
  readonly id: string
  readonly customerId: string
  readonly name: string
  /** Epoch milliseconds of the event's own time. */
  readonly at: number
  /** Minor units; null where no money is involved. */
  readonly amount: number | null
  readonly properties: Properties
}

/** Whence events come: from the past by a file (they start and wake nothing), or as they happen. */
export type EventSource = 'history' | 'api' | 'sandbox' | 'journey'

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

/** Writes events as they are, one at a time; answers the row of each. */
export function eventWriter({ sqlite }: BrandDatabase): (event: NewEvent, options: InsertOptions) => number {
  const insert = sqlite.prepare(insertSql)
  return (event, options) => Number(insert.run(...valuesOf(event, options)).lastInsertRowid)
}

const accepted: EventOutcome = { status: 'accepted' }
const duplicate: EventOutcome = { status: 'duplicate' }
const refused = (code: ErrorCode, details: EventFault['details']): EventOutcome => ({
  status: 'refused',
  fault: { code, details },
})

export function counted(outcomes: readonly EventOutcome[]): TakenEvents {
  const count = (status: EventOutcome['status']) => outcomes.filter((one) => one.status === status).length
  return { accepted: count('accepted'), duplicates: count('duplicate'), refused: count('refused'), outcomes }
}

/** Events under whoever their customers are by now. */
export function ownerFinder(db: BrandDatabase): (events: readonly NewEvent[]) => readonly NewEvent[] {
  const aliases = aliasReader(db)
  return (events) => {
    const merged = aliases([...new Set(events.map(({ customerId }) => customerId))])
    if (merged.size === 0) return events
    return events.map((event) => ({ ...event, customerId: merged.get(event.customerId) ?? event.customerId }))
  }
}

/** Takes events in within the caller's transaction, or in one of its own. */
export type EventTaker = (events: readonly NewEvent[], options: InsertOptions) => TakenEvents

/**
 * Takes events in, in the order in which they stand, each by itself: one that cannot be taken says why and
 * keeps no other out.
 */
export function eventTaker(db: BrandDatabase): EventTaker {
  const { sqlite } = db
  const owned = ownerFinder(db)
  const known = sqlite
    .prepare<[string], string>('select id from customers where id in (select value from json_each(?))')
    .pluck()
  const insert = sqlite.prepare(`${insertSql} on conflict do nothing`)
  const owner = sqlite.prepare<[string], { customer_id: string }>(
    `select customer_id from events where name = 'order' and id = ?`,
  )
  const takeOne = (event: NewEvent, ids: ReadonlySet<string>, options: InsertOptions): EventOutcome => {
    const { id, customerId, name, amount } = event
    if (!ids.has(customerId)) return refused('unknown-customer', { customer: customerId })
    const fault = moneyFault(event)
    if (fault !== null) return refused(fault, { id, amount: amount ?? 0 })
    if (insert.run(...valuesOf(event, options)).changes === 1) return accepted
    const other = name === orderEvent && owner.get(id)?.customer_id !== customerId
    return other ? refused('order-claimed', { order: id }) : duplicate
  }
  const take = sqlite.transaction((told: readonly NewEvent[], options: InsertOptions) => {
    const events = owned(told)
    const ids = new Set(known.all(JSON.stringify([...new Set(events.map(({ customerId }) => customerId))])))
    return events.map((event) => takeOne(event, ids, options))
  })
  return (events, options) => counted(take.immediate(events, options))
}

/** Takes events in once, where no statements are kept for the next time. */
export function insertEvents(
  db: BrandDatabase,
  events: readonly NewEvent[],
  options: InsertOptions,
): TakenEvents {
  return eventTaker(db)(events, options)
}

/** Takes in events of our own making, of which each must be taken; a Problem at `events.<index>` where one is not. */
export function insertOwn(db: BrandDatabase, events: readonly NewEvent[], options: InsertOptions): void {
  const { outcomes } = insertEvents(db, events, options)
  for (const [index, outcome] of outcomes.entries())
    if (outcome.status === 'refused')
      throw new Problem(outcome.fault.code, { ...outcome.fault.details }, `events.${index}`)
}

/**
 * `conflict`: the same saver has taken this order before, with other values; `claimed`: it is another customer's (rule
 * 24); `known`: it came in live, with other values.
 */
export type SavedOrder = 'imported' | 'updated' | 'unchanged' | 'conflict' | 'claimed' | 'known'

interface KnownOrder extends Kept {
  readonly seq: number
}

const same = (order: NewEvent, known: KnownOrder) =>
  known.customerId === order.customerId &&
  known.at === order.at &&
  known.amount === order.amount &&
  known.properties === JSON.stringify(order.properties)

/**
 * Customer by customer, each one's orders as they stand: rows of one page of the indices are written together. Where an
 * order comes twice the first one counts, so there all are written as they stand.
 */
function writingOrder(orders: readonly NewEvent[]): readonly number[] {
  const places = Array.from(orders.keys())
  if (new Set(orders.map(({ id }) => id)).size < orders.length) return places
  const of = orders.map(({ customerId }) => customerId)
  return places.sort((one, other) => compared(of[one] ?? '', of[other] ?? ''))
}

const compared = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/**
 * Saves orders of customers who are there as history, a batch in one transaction, and answers what became of each. One
 * saver stands for one file: the first row of an order counts. A later file corrects what an earlier one said; what came
 * in live, and what journeys may have acted upon, it does not touch.
 */
export function orderSaver(
  db: BrandDatabase,
): (orders: readonly NewEvent[], receivedAt: number) => SavedOrder[] {
  const { sqlite } = db
  // Nearly every order of a file is new: it is looked for only where it could not be added.
  const add = historyWriter(db)
  const find = sqlite.prepare<[string], KnownOrder>(
    `select seq, id, customer_id as customerId, at, amount, properties, source from events indexed by events_order
     where name = 'order' and id = ?`,
  )
  const update = sqlite.prepare('update events set at = ?, amount = ?, properties = ? where seq = ?')
  const taken = new RowSet()

  const correct = (told: NewEvent, row: KnownOrder): SavedOrder => {
    const before = taken.has(row.seq)
    taken.add(row.seq)
    // A file without columns of lines says nothing of them.
    const order = { ...told, properties: withKeptLines(told.properties, () => propertiesOf(row)) }
    if (same(order, row)) return 'unchanged'
    if (row.customerId !== order.customerId) return 'claimed'
    if (before) return 'conflict'
    if (row.source !== 'history') return 'known'
    const { at, amount } = order
    update.run(at, amount, JSON.stringify(order.properties), row.seq)
    return 'updated'
  }

  const saveOne = (order: NewEvent, seq: number | null): SavedOrder => {
    if (seq !== null) {
      taken.add(seq)
      return 'imported'
    }
    const row = find.get(order.id)
    if (row === undefined) throw new Error(`an order is there and is not: ${order.id}`)
    return correct(order, row)
  }

  return wholly(db, (orders: readonly NewEvent[], receivedAt: number) => {
    const saved: SavedOrder[] = Array.from(orders, () => 'unchanged')
    const places = writingOrder(orders)
    const sorted = places.flatMap((at) => orders[at] ?? [])
    const rows = add(sorted, receivedAt)
    for (const [index, order] of sorted.entries())
      saved[places[index] ?? 0] = saveOne(order, rows[index] ?? null)
    return saved
  })
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
export function orderWithdrawer(db: BrandDatabase): (ids: readonly string[]) => WithdrawnOrder[] {
  const { sqlite } = db
  const find = sqlite.prepare<[string], { seq: number; id: string; customer: string; source: string }>(
    `select seq, id, customer_id as customer, source from events indexed by events_order
     where name = 'order' and id in (select value from json_each(?))`,
  )
  const remove = sqlite.prepare('delete from events where seq = ?')
  const removeRefund = sqlite.prepare(
    `delete from events where customer_id = ? and name = '${refundEvent}' and id = ?`,
  )
  return wholly(db, (ids: readonly string[]) => {
    const known = new Map(find.all(JSON.stringify(ids)).map((row) => [row.id, row]))
    return ids.map((id): WithdrawnOrder => {
      const row = known.get(id)
      if (row === undefined) return 'absent'
      if (row.source !== 'history') return 'known'
      remove.run(row.seq)
      removeRefund.run(row.customer, refundOfFiles(id))
      known.delete(id)
      return 'withdrawn'
    })
  })
}
