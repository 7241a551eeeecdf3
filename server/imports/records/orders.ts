import type { RecordResult } from '../../../shared/api/records.ts'
import { withKeptLines } from '../../../shared/conditions/lines.ts'
import { orderEvent } from '../../../shared/conditions/purchases.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { originOf } from '../../../shared/origins/kinds.ts'
import type { RecordBatch } from '../../ports/records.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { correctEvent } from '../../store/sqlite/events/corrections.ts'
import { orderWithdrawer } from '../../store/sqlite/events/events.ts'
import { fileRefundKeeper } from '../../store/sqlite/events/file-refunds.ts'
import { ingester } from '../../store/sqlite/events/ingest.ts'
import {
  type KnownOrder,
  orderFinder,
  propertiesOf,
  refundFinder,
} from '../../store/sqlite/events/known-orders.ts'
import { readBrand } from '../../store/sqlite/settings/meta.ts'
import { customerMaker, idOfAddress, keyResolver } from '../keys.ts'
import { Refusal } from '../reasons.ts'
import { identifierNamer } from './named.ts'
import {
  eventOf,
  type NoPurchaseEntry,
  type OrderEntry,
  type OrderReading,
  readOrder,
} from './order-record.ts'
import { type NewRefund, settleRefunds } from './order-refunds.ts'
import { isObject, refusedRecord, takenRecord, type Why } from './results.ts'

interface Row extends Pick<OrderReading, 'faults'> {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}
type Entry = OrderEntry | NoPurchaseEntry
interface Read extends Row {
  readonly entry: Entry
}
/** A row whose customer is known, with its refunds beside those that are kept. */
interface Owned extends Read {
  readonly customerId: string
  readonly refunds: readonly NewRefund[]
}
type Found = Omit<Owned, 'refunds'>

type Status = Exclude<RecordResult['status'], 'refused'>

const none: ReturnType<ReturnType<typeof refundFinder>> = new Map()

const isNone = (entry: Entry): entry is NoPurchaseEntry => 'why' in entry

/** One order number twice in a batch: the second row finds what the first has made. */
function parted(rows: readonly Read[]): Read[][] {
  const parts: Read[][] = [[]]
  let said = new Set<string>()
  for (const row of rows) {
    if (said.has(row.entry.id)) {
      parts.push([])
      said = new Set()
    }
    said.add(row.entry.id)
    parts.at(-1)?.push(row)
  }
  return parts.filter((part) => part.length > 0)
}

/**
 * Takes orders in as they happen, within the caller's transaction, between two batches of the engine's: each is the
 * event `order` under its number, refunds are events of their own, and one that is known is corrected where it says
 * otherwise.
 */
export function orderTaker(db: BrandDatabase): (batch: RecordBatch) => RecordResult[] {
  const resolve = keyResolver(db)
  const namer = identifierNamer(db)
  const make = customerMaker(db, 'api')
  const known = orderFinder(db)
  const refundsKept = refundFinder(db)
  const ingest = ingester(db)
  const withdraw = orderWithdrawer(db)
  const giveBack = fileRefundKeeper(db)

  return ({ records, act }) => {
    const { zone, currency, strangers } = readBrand(db)
    const now = act.at
    const results = new Map<number, RecordResult>()
    const refuse = (row: Row, why: Why) => void results.set(row.line, refusedRecord(row, why))
    const taken = (row: Owned, status: Status) =>
      void results.set(row.line, takenRecord(row, row.entry.id, status))
    /** What is known already is changed after all. */
    const changed = (row: Owned) => {
      if (results.get(row.line)?.status === 'unchanged') taken(row, 'updated')
    }

    /** Rows that name their customer by an identifier, with the id; those of nobody are refused. */
    const identified = (part: readonly Read[]): Read[] =>
      part.flatMap((row): Read[] => {
        const { by } = row.entry.key
        if (by === null) return [row]
        const found = namer.find(by)
        const makes = found === 'unknown' && strangers === 'made' && !isNone(row.entry)
        if (found === 'unknown' && !makes) refuse(row, namer.unknown(by))
        else if (found !== 'unknown' && !('id' in found)) refuse(row, found)
        else {
          const id = found === 'unknown' ? namer.make(by, act) : found.id
          return [{ ...row, entry: { ...row.entry, key: { ...row.entry.key, id } } }]
        }
        return []
      })

    const owned = (told: readonly Read[]): Found[] => {
      const part = identified(told)
      const found = resolve(part.map(({ entry }) => entry.key))
      const strange = part.filter(
        ({ entry }, index) => found[index] === 'unknown' && strangers === 'made' && !isNone(entry),
      )
      const made = make(
        strange.map(({ entry }) => ({ ...entry.key, consentEmail: null })),
        now,
        originOf(act.actor),
      )
      const ids = new Map(strange.map((row, index) => [row, made.ids[index]]))
      return part.flatMap((row, index): Found[] => {
        const one = found[index] ?? 'unknown'
        if (one instanceof Refusal) {
          refuse(row, one)
          return []
        }
        const { key } = row.entry
        const customerId = one === 'unknown' ? ids.get(row) : one.id
        if (customerId !== undefined) return [{ ...row, customerId }]
        const customer = key.id ?? idOfAddress(key)
        refuse(row, { code: 'unknown-customer', details: { customer } })
        return []
      })
    }

    /** What an order leaves out of what was bought with it stays as it is known. */
    const withLines = (part: readonly Found[], orders: ReadonlyMap<string, KnownOrder>): Found[] =>
      part.map((row) => {
        const { entry, customerId } = row
        const order = orders.get(entry.id)
        if (isNone(entry) || order === undefined || order.customerId !== customerId) return row
        const properties = withKeptLines(entry.properties, () => propertiesOf(order))
        return { ...row, entry: { ...entry, properties } }
      })

    /** Rows with their refunds; of those that name lines it is looked up what was given back before. */
    const settled = (part: readonly Found[]): Owned[] => {
      const naming = part.flatMap(({ customerId, entry }) =>
        !isNone(entry) && entry.refunds.some(({ told }) => told.lines !== undefined)
          ? [{ customerId, order: entry.id }]
          : [],
      )
      const kept = naming.length === 0 ? none : refundsKept(naming)
      return part.map((row): Owned => {
        if (isNone(row.entry)) return { ...row, refunds: [] }
        const { refunds, faults } = settleRefunds(row.entry, kept.get(row.entry.id) ?? [])
        return { ...row, refunds, faults: [...row.faults, ...faults] }
      })
    }

    /** What was called off: of an order that came in live all is given back, one of a file is taken out. */
    const callOff = (row: Owned, entry: NoPurchaseEntry, order: KnownOrder | undefined): void => {
      if (order === undefined) refuse(row, entry.why)
      else if (order.source === 'history')
        taken(row, withdraw([entry.id])[0] === 'withdrawn' ? 'updated' : 'unchanged')
      else
        taken(
          row,
          giveBack([{ orderId: entry.id, of: null, total: null, lines: null }], now)[0]
            ? 'updated'
            : 'unchanged',
        )
    }

    const correct = (row: Owned, entry: OrderEntry, order: KnownOrder): void => {
      const { id, at, amount, properties } = entry
      const same =
        (at === null || at === order.at) &&
        amount === order.amount &&
        JSON.stringify(properties) === order.properties
      if (!same)
        correctEvent(
          db,
          { customerId: row.customerId, name: orderEvent, id },
          { amount, ...(at === null ? {} : { at }), properties: JSON.parse(JSON.stringify(properties)) },
        )
      taken(row, same ? 'unchanged' : 'updated')
    }

    const save = (part: readonly Owned[], orders: ReadonlyMap<string, KnownOrder>): void => {
      const fresh: { row: Owned; entry: OrderEntry }[] = []
      for (const row of part) {
        const { entry } = row
        const order = orders.get(entry.id)
        if (order !== undefined && order.customerId !== row.customerId)
          refuse(row, { code: 'order-claimed', details: { order: entry.id } })
        else if (isNone(entry)) callOff(row, entry, order)
        else if (order === undefined) fresh.push({ row, entry })
        else correct(row, entry, order)
      }
      const { outcomes } = ingest(
        fresh.map(({ row, entry }) => eventOf(entry, row.customerId, now)),
        now,
      )
      for (const [index, outcome] of outcomes.entries()) {
        const row = fresh[index]?.row
        if (row === undefined) continue
        if (outcome.status === 'refused') refuse(row, outcome.fault)
        else taken(row, outcome.status === 'accepted' ? 'created' : 'unchanged')
      }
    }

    /** What has been given back: each refund by itself, or what it comes to in all. */
    const refund = (part: readonly Owned[]): void => {
      const rows = part.flatMap((row) => {
        const standing = results.get(row.line)?.status !== 'refused' && !isNone(row.entry)
        return standing && !isNone(row.entry) ? [{ row, entry: row.entry }] : []
      })
      const each = rows.flatMap(({ row }) => row.refunds.map((one) => ({ row, one })))
      const { outcomes } = ingest(
        each.map(({ row, one }) => ({ ...one, customerId: row.customerId })),
        now,
      )
      for (const [index, outcome] of outcomes.entries()) {
        const row = each[index]?.row
        if (row !== undefined && outcome.status === 'accepted') changed(row)
      }
      const sums = rows.filter(({ entry }) => entry.refunded !== null)
      const given = giveBack(
        sums.map(({ entry }) => ({ orderId: entry.id, of: null, total: entry.refunded, lines: null })),
        now,
      )
      for (const [index, one] of sums.entries()) if (given[index]) changed(one.row)
    }

    const rows: Read[] = []
    for (const { line, value } of records) {
      if (!isObject(value)) throw new Problem('record-not-object')
      const { entry, faults } = readOrder(value, { zone, currency, now })
      const row = { line, value, faults }
      if (entry instanceof Refusal || 'code' in entry) refuse(row, entry)
      else rows.push({ ...row, entry })
    }
    for (const part of parted(rows)) {
      const orders = known(part.map(({ entry }) => entry.id))
      const theirs = settled(withLines(owned(part), orders))
      save(theirs, orders)
      refund(theirs)
    }
    return records.flatMap(({ line }) => results.get(line) ?? [])
  }
}
