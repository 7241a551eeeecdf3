import type { CustomerPatch } from '../store/sqlite/customers/customers.ts'
import type { NewEvent } from '../store/sqlite/events/events.ts'
import type { Mapping } from './columns.ts'
import { Refusal } from './reasons.ts'
import {
  instantReader,
  type Read,
  readAmount,
  readConsent,
  readDate,
  readEmail,
  readGender,
  readId,
  readLanguage,
  readPhone,
  readText,
  readZone,
} from './values.ts'

/** What the values of a column that is no field are read as, found over the whole file. */
export type ColumnType = 'number' | 'text' | 'list'

export interface RowContext {
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly types: Readonly<Record<string, ColumnType>>
  readonly zone: string
}

interface Cell<T> {
  readonly index: number
  readonly column: string
  readonly read: Read<T>
}

/** Reads one cell: undefined where it is blank or the file has no such column. */
function cellValue<T>(cell: Cell<T> | undefined, cells: readonly string[]): T | undefined | Refusal {
  if (cell === undefined) return undefined
  const text = (cells[cell.index] ?? '').trim()
  return text === '' ? undefined : cell.read(text, cell.column)
}

function required<T>(cell: Cell<T> | undefined, cells: readonly string[]): T | Refusal {
  const value = cellValue(cell, cells)
  return value === undefined ? new Refusal('missing-value', { column: cell?.column ?? '' }) : value
}

function cellFor<T>(field: string, read: Read<T>, { columns, mapping }: RowContext): Cell<T> | undefined {
  const index = columns.findIndex((column) => mapping[column] === field)
  const column = columns[index]
  return column === undefined ? undefined : { index, column, read }
}

const listOf = (text: string) =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/**
 * The cells that are no field, under their columns' names; blank ones are left out. Names are in order, so
 * that a file with its columns moved says the same.
 */
function extrasReader<T>(
  { columns, mapping, types }: RowContext,
  read: (text: string, type: ColumnType) => T,
) {
  const extras = columns
    .flatMap((column, index) =>
      mapping[column] === 'attribute' ? [{ column, index, type: types[column] ?? 'text' }] : [],
    )
    .sort((left, right) => (left.column < right.column ? -1 : 1))
  return (cells: readonly string[]): Record<string, T> => {
    const found: [string, T][] = []
    for (const { column, index, type } of extras) {
      const text = (cells[index] ?? '').trim()
      if (text !== '') found.push([column, read(text, type)])
    }
    return Object.fromEntries(found)
  }
}

/** Reads the cells of a row of customers, or says why it cannot enter. */
export function customerReader(context: RowContext): (cells: readonly string[]) => CustomerPatch | Refusal {
  const id = cellFor('customer_id', readId, context)
  const readers = Object.entries({
    name: cellFor('name', readText, context),
    phone: cellFor('phone', readPhone, context),
    email: cellFor('email', readEmail, context),
    gender: cellFor('gender', readGender, context),
    birthday: cellFor('birthday', readDate, context),
    city: cellFor('city', readText, context),
    registeredAt: cellFor('registered_at', instantReader(context.zone), context),
    timezone: cellFor('timezone', readZone, context),
    language: cellFor('language', readLanguage, context),
    consentSms: cellFor('consent_sms', readConsent, context),
    consentEmail: cellFor('consent_email', readConsent, context),
  } satisfies { [K in Exclude<keyof CustomerPatch, 'id' | 'attributes'>]: unknown })
  const attributes = extrasReader(context, (text, type) => (type === 'number' ? Number(text) : text))
  return (cells) => {
    const customer = required(id, cells)
    if (customer instanceof Refusal) return customer
    const fields: Record<string, string | number | boolean> = {}
    for (const [field, cell] of readers) {
      const value = cellValue<string | number | boolean | null>(cell, cells)
      if (value instanceof Refusal) return value
      if (value !== undefined && value !== null) fields[field] = value
    }
    return { ...fields, id: customer, attributes: attributes(cells) }
  }
}

/** Reads the cells of a row of orders, or says why it cannot enter. */
export function orderReader(context: RowContext): (cells: readonly string[]) => NewEvent | Refusal {
  const orderId = cellFor('order_id', readId, context)
  const customer = cellFor('customer_id', readId, context)
  const orderedAt = cellFor('ordered_at', instantReader(context.zone), context)
  const amountOf = cellFor('amount', readAmount, context)
  const properties = extrasReader(context, (text, type) =>
    type === 'list' ? listOf(text) : type === 'number' ? Number(text) : text,
  )
  return (cells) => {
    const id = required(orderId, cells)
    if (id instanceof Refusal) return id
    const customerId = required(customer, cells)
    if (customerId instanceof Refusal) return customerId
    const at = required(orderedAt, cells)
    if (at instanceof Refusal) return at
    const amount = required(amountOf, cells)
    if (amount instanceof Refusal) return amount
    return { id, customerId, name: 'order', at, amount, properties: properties(cells) }
  }
}
