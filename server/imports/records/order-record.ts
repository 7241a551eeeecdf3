import { amountOf, isSpent, type OrderRecord, orderRecord } from '../../../shared/api/orders.ts'
import type { IdentifierRef } from '../../../shared/api/persons.ts'
import { propertiesFault, withoutNulls } from '../../../shared/api/properties.ts'
import { parseInstant } from '../../../shared/calendar/index.ts'
import { isInstant } from '../../../shared/calendar/instant.ts'
import type { Properties } from '../../../shared/conditions/customer.ts'
import { orderEvent } from '../../../shared/conditions/purchases.ts'
import { inBoth } from '../../../shared/errors/say.ts'
import { limits } from '../../../shared/limits.ts'
import { isAddress } from '../../../shared/persons/kinds.ts'
import type { NewEvent } from '../../store/sqlite/events/events.ts'
import type { CellFault } from '../cells.ts'
import type { Key } from '../keys.ts'
import { isCurrency } from '../money.ts'
import { Passed, Refusal } from '../reasons.ts'
import { type OrderState, stateOf } from '../states.ts'
import { readEmail, readId, readPhone, refused } from '../values.ts'
import { namedBy, namedTwice } from './named.ts'
import type { RefundEntry } from './order-refunds.ts'
import { invalidRecord, isObject, type Why } from './results.ts'
import { cellOf, shown } from './written.ts'

export interface OrderPlace {
  readonly zone: string
  readonly currency: string
  readonly now: number
}

/** An order as it is kept; what it does not say of a known one stays. */
export interface OrderEntry {
  readonly id: string
  /** `by`: an identifier that is no address. */
  readonly key: Key & { readonly name: string | null; readonly by: IdentifierRef | null }
  /** null: it does not say when; of a new one that is now. */
  readonly at: number | null
  readonly amount: number
  readonly properties: Properties
  /** null: it does not say. */
  readonly refunded: number | null
  readonly refunds: readonly RefundEntry[]
}

/** An order that is no purchase, or no more. */
export interface NoPurchaseEntry {
  readonly id: string
  readonly key: OrderEntry['key']
  readonly why: Passed
}

export interface OrderReading {
  readonly entry: OrderEntry | NoPurchaseEntry | Why
  readonly faults: readonly CellFault[]
}

const noPurchases: Readonly<Partial<Record<OrderState, ConstructorParameters<typeof Passed>[0]>>> = {
  refunded: 'order-refunded',
  closed: 'order-closed',
  unpaid: 'order-unpaid',
}

function timeOf(said: string | number, column: string, { zone }: OrderPlace): number | Refusal {
  const at = typeof said === 'number' ? said : parseInstant(said, zone)
  if (at === null) return refused('invalid-date', String(said), column)
  if (isInstant(at)) return at
  return refused('time-outside', String(said), column, {
    first: limits.firstYear.value,
    last: limits.lastYear.value,
  })
}

const isWhy = (by: IdentifierRef | Why): by is Why => !('kind' in by)

/** Whom an order names by an identifier; a text or number of that name is a property as any other. */
function identified({ by, name, ...record }: OrderRecord): OrderEntry['key'] | Why | null {
  const ref = namedBy(by)
  if (ref === null || isWhy(ref)) return ref
  if (record.customerId ?? record.phone ?? record.email) return namedTwice
  const none = { id: null, phone: null, email: null, by: null, name: name ?? null }
  return isAddress(ref.kind) ? { ...none, [ref.kind]: ref.value } : { ...none, by: ref }
}

function keyOf(record: OrderRecord, faults: CellFault[]): OrderEntry['key'] | Why {
  const named = identified(record)
  if (named !== null) return named
  const { customerId, phone, email, name } = record
  const id = customerId === undefined ? null : readId(cellOf(customerId), 'customerId')
  if (id instanceof Refusal) return id
  const address = (column: 'phone' | 'email', text: string | undefined) => {
    if (text === undefined || cellOf(text) === '') return null
    const read = (column === 'phone' ? readPhone : readEmail)(cellOf(text), column)
    if (!(read instanceof Refusal)) return read
    faults.push({ column, value: shown(text), refusal: read })
    return null
  }
  const key = {
    id,
    phone: address('phone', phone),
    email: address('email', email),
    name: name ?? null,
    by: null,
  }
  return key.id === null && key.phone === null && key.email === null ? new Refusal('no-key') : key
}

function propertiesOf(record: OrderRecord): Properties {
  // Whom it names is no property of it.
  const own = Object.entries(record).filter(
    ([field, said]) => !isSpent(field) && !(field === 'by' && isObject(said)),
  )
  const { properties = {}, lines, status } = record
  // Read as JSON, of which every member is JSON.
  const all = {
    ...(lines === undefined ? {} : { items: lines }),
    ...(status === undefined ? {} : { status }),
    ...Object.fromEntries(own),
    ...properties,
  } as Parameters<typeof withoutNulls>[0]
  return withoutNulls(all)
}

/** The refunds of an order; one whose time cannot be read costs itself. */
function refundsOf({ refunds = [] }: OrderRecord, place: OrderPlace, faults: CellFault[]): RefundEntry[] {
  return refunds.flatMap((told, index) => {
    const column = `refunds.${index}`
    const at = told.at === undefined ? place.now : timeOf(told.at, `${column}.at`, place)
    if (!(at instanceof Refusal)) return [{ told, at, column }]
    faults.push({ column: `${column}.at`, value: shown(told.at), refusal: at })
    return []
  })
}

/** Reads an order, or says why it cannot be taken. */
export function readOrder(value: unknown, place: OrderPlace): OrderReading {
  const parsed = orderRecord.safeParse(value)
  const faults: CellFault[] = []
  if (!parsed.success) return { entry: invalidRecord(parsed.error), faults }
  const record = parsed.data
  const id = readId(cellOf(record.id), 'id')
  if (id instanceof Refusal) return { entry: id, faults }
  const key = keyOf(record, faults)
  if (key instanceof Refusal || 'code' in key) return { entry: key, faults }
  const { status, currency, net, tax } = record
  const state = status === undefined || status.trim() === '' ? null : stateOf(status)
  const none = state === null ? undefined : noPurchases[state]
  if (none !== undefined)
    return { entry: { id, key, why: new Passed(none, { state: status ?? '' }) }, faults }
  if (state === 'unknown') {
    const refusal = refused('unknown-state', status ?? '', 'status')
    faults.push({ column: 'status', value: shown(status), refusal })
  }
  if (currency !== undefined && !isCurrency(currency, place.currency)) {
    const refusal = refused('other-currency', currency, 'currency', { currency: place.currency })
    return { entry: refusal, faults }
  }
  const at = record.at === undefined ? null : timeOf(record.at, 'at', place)
  if (at instanceof Refusal) return { entry: at, faults }
  const amount = amountOf(record)
  if (amount === null) return { entry: new Refusal('missing-value', { column: 'amount' }), faults }
  if (amount < 0) return { entry: refused('negative-amount', String(amount), 'amount'), faults }
  if (net !== undefined && net + (tax ?? 0) !== amount) {
    const refusal = refused('amounts-differ', String(amount), 'amount', { net, tax: tax ?? 0 })
    faults.push({ column: 'amount', value: String(amount), refusal })
  }
  const properties = propertiesOf(record)
  // What stands in the record is JSON, whose size is measured.
  const large = propertiesFault(properties as Parameters<typeof propertiesFault>[0])
  if (large !== null)
    return { entry: { code: 'properties-too-large', details: { id, ...inBoth('detail', large) } }, faults }
  const refunds = refundsOf(record, place, faults)
  const refunded = record.refunded ?? null
  return { entry: { id, key, at, amount, properties, refunded, refunds }, faults }
}

/** An order as the event that it is kept as. */
export const eventOf = (
  { id, at, amount, properties }: OrderEntry,
  customerId: string,
  now: number,
): NewEvent => ({
  ...{ id, customerId, name: orderEvent, at: at ?? now, amount, properties },
})
