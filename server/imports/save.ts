import type { ImportKind } from '../../shared/api/imports.ts'
import type { Origin } from '../../shared/origins/kinds.ts'
import { type AttributesChanged, customerSaver } from '../store/sqlite/customers/customers.ts'
import { type AddressRefusal, refusalKeeper } from '../store/sqlite/customers/refusals.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { orderSaver, orderWithdrawer } from '../store/sqlite/events/events.ts'
import { fileRefundKeeper } from '../store/sqlite/events/file-refunds.ts'
import { productSaver } from '../store/sqlite/products/products.ts'
import type { CellFault, RowContext } from './cells.ts'
import { refusalsOf } from './consents.ts'
import { type CustomerRow, customerReader, type RowReading } from './customer-row.ts'
import { type EntrantsInto, entrantSaver } from './entrants.ts'
import { customerMaker, idOfAddress, type Key, keyResolver } from './keys.ts'
import { type NoPurchaseRow, type OrderRow, orderReader } from './order-row.ts'
import { productReader } from './product-row.ts'
import { Refusal } from './reasons.ts'
import type { Line, Unit } from './units.ts'

/** What became of a row. `line`: a further line of an order, which its first line tells of. */
export type Saved = 'imported' | 'updated' | 'unchanged' | 'line' | Refusal

export interface Outcome {
  readonly line: Line
  readonly saved: Saved
  readonly faults: readonly CellFault[]
}

/** What an import did besides taking rows in. */
export interface Tally {
  /** Customers made of what orders say of them. */
  created: number
  /** Rows whose customer was found by address. */
  matched: number
  /** Orders taken back that an earlier file had as purchases. */
  withdrawn: number
  /** Customers taken out of the list that a file has replaced. */
  removed: number
}

export interface SaveOptions {
  readonly context: RowContext
  readonly receivedAt: number
  /** The file, as where its values come from. */
  readonly origin: Origin
  /** Whether orders make the customers that nobody knows yet. */
  readonly createCustomers: boolean
  readonly tally: Tally
  /** The journey or the audience that a list of customers is let into. */
  readonly into?: EntrantsInto | undefined
  /** Whom a list has named so far. */
  readonly named: Set<string>
  /** Told of the attributes that a file of customers changes. */
  readonly changed?: AttributesChanged
}

export type Lines = Extract<Unit, { lines: unknown }>['lines']

/** Saves a batch of units and answers what became of each row. */
export type SaveUnits = (units: readonly Lines[]) => Outcome[]

interface Read<Entry> extends RowReading<Entry> {
  readonly lines: Lines
}

/** Rows whose customers are looked for together, so that what these rows say is known to those after them. */
const sliceSize = 1_000

function slicesOf<T>(all: readonly T[]): (readonly T[])[] {
  if (all.length <= sliceSize) return [all]
  return Array.from({ length: Math.ceil(all.length / sliceSize) }, (_, slice) =>
    all.slice(slice * sliceSize, (slice + 1) * sliceSize),
  )
}

const bySlices =
  (save: SaveUnits): SaveUnits =>
  (units) =>
    slicesOf(units).flatMap(save)

/** Tells the outcomes of a unit's rows: the first one tells of all, each bears its own faults. */
function tell(outcomes: Outcome[], { lines, faults }: Read<unknown>, saved: Saved): void {
  if (lines.length === 1) {
    outcomes.push({ line: lines[0], saved, faults })
    return
  }
  for (const [index, line] of lines.entries())
    outcomes.push({
      line,
      saved: index === 0 || saved instanceof Refusal ? saved : 'line',
      faults: faults.filter((fault) => (fault.line ?? 0) === index),
    })
}

const isNamed = (row: CustomerRow): row is CustomerRow & { readonly id: string } => row.id !== null

function customers(
  db: BrandDatabase,
  { context, receivedAt, origin, tally, changed }: SaveOptions,
): SaveUnits {
  const read = customerReader(context)
  const resolve = keyResolver(db)
  const save = customerSaver(db, { changed })
  const refuse = refusalKeeper(db)
  const keyOf = ({ id, phone, email }: CustomerRow): Key => ({
    id,
    phone: phone ?? null,
    email: email ?? null,
  })
  const named = (rows: readonly CustomerRow[]): (string | Refusal)[] => {
    const nameless = rows.filter((row) => !isNamed(row))
    if (nameless.length === 0) return rows.map(({ id }) => id ?? '')
    const found = new Map(resolve(nameless.map(keyOf)).map((one, index) => [nameless[index], one]))
    return rows.map((row) => {
      if (isNamed(row)) return row.id
      const one = found.get(row) ?? 'unknown'
      if (one instanceof Refusal) return one
      if (one === 'unknown') return idOfAddress(keyOf(row))
      tally.matched += 1
      return one.id
    })
  }
  return bySlices((units) => {
    const readings = units.map((lines) => {
      const { entry, faults, refusals } = read(lines[0].cells)
      return { lines, entry, faults, refusals }
    })
    const good = readings.flatMap(({ entry }) => (entry instanceof Refusal ? [] : [entry]))
    const ids = named(good)
    const patches = good.flatMap((row, index) => {
      const id = ids[index]
      if (typeof id !== 'string') return []
      return [isNamed(row) ? row : { ...row, id }]
    })
    const answers = save(patches, receivedAt, origin)
    const outside = good.filter((_, index) => typeof ids[index] !== 'string').flatMap(refusalsOf)
    const refusals = [...readings.flatMap((reading) => reading.refusals), ...outside]
    if (refusals.length > 0) refuse(refusals, { heard: receivedAt })
    const outcomes: Outcome[] = []
    const [nextId, nextAnswer] = [ids.values(), answers.values()]
    for (const reading of readings) {
      const id = reading.entry instanceof Refusal ? reading.entry : nextId.next().value
      if (typeof id !== 'string') {
        tell(outcomes, reading, id ?? new Refusal('no-key'))
        continue
      }
      const answer = nextAnswer.next().value ?? 'unchanged'
      tell(outcomes, reading, answer === 'conflict' ? new Refusal('duplicate-customer', { id }) : answer)
    }
    return outcomes
  })
}

function orders(db: BrandDatabase, options: SaveOptions): SaveUnits {
  const { context, receivedAt, origin, createCustomers, tally } = options
  const read = orderReader(context)
  const resolve = keyResolver(db)
  const make = customerMaker(db)
  const save = orderSaver(db)
  const withdraw = orderWithdrawer(db)
  const giveBack = fileRefundKeeper(db)
  const refuse = refusalKeeper(db)

  /** The customers of purchases; those whom nobody knows are made where that is asked for, and known to the next rows. */
  const owners = (all: readonly OrderRow[]): (string | Refusal)[] => slicesOf(all).flatMap(ownersOf)
  const ownersOf = (rows: readonly OrderRow[]): (string | Refusal)[] => {
    const found = resolve(rows.map(({ key }) => key))
    const strangers = rows.filter((_, index) => found[index] === 'unknown')
    const made = createCustomers
      ? make(
          strangers.map(({ key }) => key),
          receivedAt,
          origin,
        )
      : null
    tally.created += made?.created ?? 0
    const ids = new Map(strangers.map((row, index) => [row, made?.ids[index]]))
    return rows.map((row, index) => {
      const one = found[index] ?? 'unknown'
      if (one instanceof Refusal) return one
      if (one === 'unknown')
        return (
          ids.get(row) ?? new Refusal('unknown-customer', { customer: row.key.id ?? idOfAddress(row.key) })
        )
      if (one.by === 'address') tally.matched += 1
      return one.id
    })
  }

  const savePurchases = (rows: readonly OrderRow[]): Saved[] => {
    const ids = owners(rows)
    const refusals = rows.flatMap(({ key }) => refusalOf(key))
    if (refusals.length > 0) refuse(refusals, { heard: receivedAt, ifUnknown: true })
    const orders = rows.flatMap(({ order: { id, name, at, amount, properties } }, index) => {
      const customerId = ids[index]
      return typeof customerId === 'string' ? [{ id, customerId, name, at, amount, properties }] : []
    })
    const answers = save(orders, receivedAt).values()
    const saved = rows.map(({ order }, index): Saved => {
      const customer = ids[index] ?? new Refusal('no-key')
      return typeof customer === 'string' ? savedOrder(answers.next().value, order) : customer
    })
    keepRefunds(rows, saved)
    return saved
  }

  /** What was given back of orders that count: those of this file, and those that came in live. */
  const keepRefunds = (rows: readonly OrderRow[], saved: Saved[]): void => {
    const counting = rows.flatMap(({ order, back: { total, lines } }, index) => {
      if (total === null) return []
      const one = saved[index]
      const stays = one instanceof Refusal && one.code !== 'order-known'
      return stays ? [] : [{ index, refund: { orderId: order.id, of: order.amount, total, lines } }]
    })
    if (counting.length === 0) return
    const given = giveBack(
      counting.map(({ refund }) => refund),
      receivedAt,
    )
    for (const [at, { index }] of counting.entries())
      if (given[at] === true && saved[index] === 'unchanged') saved[index] = 'updated'
  }

  const takeBack = (rows: readonly NoPurchaseRow[]): Saved[] => {
    if (rows.length === 0) return []
    const answers = withdraw(rows.map(({ id }) => id))
    // An order that came in live stays, and with it that all of it was given back.
    const live = rows.filter((_, index) => answers[index] === 'known')
    const refunded = live.filter(({ why }) => why.code === 'order-refunded')
    const refunds = refunded.map(({ id }) => ({ orderId: id, of: null, total: null, lines: null }))
    const given = refunds.length === 0 ? [] : giveBack(refunds, receivedAt)
    tally.withdrawn += [
      ...answers.filter((answer) => answer === 'withdrawn'),
      ...given.filter(Boolean),
    ].length
    const stays = new Set(live.filter((row) => !refunded.includes(row)))
    return rows.map((row) => (stays.has(row) ? new Refusal('order-known', { id: row.id }) : row.why))
  }

  return (units) => {
    const readings = units.map((lines) => {
      const { entry, faults } = read(lines.map(({ cells }) => cells))
      return { lines, entry, faults }
    })
    const bought: OrderRow[] = []
    const others: NoPurchaseRow[] = []
    for (const { entry } of readings)
      if (!(entry instanceof Refusal)) {
        if (entry.kind === 'purchase') bought.push(entry)
        else others.push(entry)
      }
    const purchases = savePurchases(bought).values()
    const back = takeBack(others).values()
    const outcomes: Outcome[] = []
    for (const reading of readings) {
      const { entry } = reading
      const next =
        entry instanceof Refusal ? entry : (entry.kind === 'purchase' ? purchases : back).next().value
      tell(outcomes, reading, next ?? new Refusal('no-key'))
    }
    return outcomes
  }
}

/** That an order's buyer wanted no mail; more than how it was then it does not say. */
function refusalOf({ email, consentEmail, left }: OrderRow['key']): AddressRefusal[] {
  if (email === null || consentEmail !== false) return []
  return [{ kind: 'email', address: email, channel: 'email', why: left ? 'opted_out' : null, at: null }]
}

type SavedOrder = ReturnType<ReturnType<typeof orderSaver>>[number]

function savedOrder(answer: SavedOrder | undefined, { id }: { id: string }): Saved {
  if (answer === 'conflict') return new Refusal('duplicate-order', { id })
  if (answer === 'known') return new Refusal('order-known', { id })
  if (answer === 'claimed') return new Refusal('order-claimed', { id })
  return answer ?? 'unchanged'
}

/** Notes the customers of a list for the journey; the engine lets them in. */
function entrants(db: BrandDatabase, { context, receivedAt, tally, into, named }: SaveOptions): SaveUnits {
  if (into === undefined) throw new Error('a list of customers is let into no journey')
  const save = entrantSaver(db, context, { into, named, now: receivedAt })
  return (units) => {
    const saved = save(units.map((lines) => lines[0].cells))
    tally.matched += saved.filter(({ byAddress }) => byAddress).length
    const outcomes: Outcome[] = []
    for (const [index, lines] of units.entries()) {
      const { outcome, faults } = saved[index] ?? { outcome: new Refusal('no-key'), faults: [] }
      tell(outcomes, { lines, faults, entry: null }, outcome)
    }
    return outcomes
  }
}

/** What the shop sells; of a product that stands in several rows the last one counts. */
function products(db: BrandDatabase, { context, receivedAt }: SaveOptions): SaveUnits {
  const read = productReader(context)
  const save = productSaver(db)
  return (units) => {
    const readings = units.map((lines) => ({ lines, ...read(lines[0].cells) }))
    const good = readings.flatMap(({ entry }) => (entry instanceof Refusal ? [] : [entry]))
    const answers = save(good, receivedAt).values()
    const outcomes: Outcome[] = []
    for (const reading of readings) {
      const answer = reading.entry instanceof Refusal ? reading.entry : (answers.next().value ?? 'unchanged')
      tell(outcomes, reading, answer === 'created' ? 'imported' : answer)
    }
    return outcomes
  }
}

const savers: Readonly<Record<ImportKind, (db: BrandDatabase, options: SaveOptions) => SaveUnits>> = {
  customers,
  orders,
  products,
  entrants,
}

/** Reads and saves the rows of one file; the saver remembers what the file has said before. */
export const unitSaver = (db: BrandDatabase, kind: ImportKind, options: SaveOptions): SaveUnits =>
  savers[kind](db, options)
