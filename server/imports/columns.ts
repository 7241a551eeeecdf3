import {
  fieldsOf,
  type ImportField,
  type ImportKind,
  neededFields,
  reservedNames,
} from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { bareName, meansElse, namesOf, orderNumberNames, plainName, wordsOf } from './names.ts'
import { programOf, type ShopProgram } from './programs.ts'

/** Column → field, `attribute` (of an order: a property) or `ignore`. */
export type Mapping = Readonly<Record<string, string>>

interface Named {
  readonly column: string
  readonly plain: string
  readonly bare: string
}

/** The column that most likely holds a field: its own name, else the first other name, else its words. */
function columnFor(
  kind: ImportKind,
  field: ImportField,
  names: readonly string[],
  columns: readonly Named[],
): string | undefined {
  if (columns.some(({ column }) => column === field)) return field
  for (const name of names) {
    const found = columns.find(({ plain }) => plain === name) ?? columns.find(({ bare }) => bare === name)
    if (found !== undefined) return found.column
  }
  for (const word of wordsOf(kind, field)) {
    const found = columns.find(({ bare }) => word.test(bare) && !meansElse(bare))
    if (found !== undefined) return found.column
  }
  return undefined
}

const named = (columns: readonly string[]): Named[] =>
  columns.map((column) => ({ column, plain: plainName(column), bare: bareName(column) }))

const ofLines: readonly ImportField[] = [
  ...([
    'item_quantity',
    'item_price',
    'item_discount',
    'item_tax',
    'item_refunded',
    'item_refunded_quantity',
  ] as const),
]

/** Columns and the fields that they hold, by the program's names first; each column holds one. */
function fieldColumns(
  kind: ImportKind,
  columns: readonly string[],
  program: ShopProgram | null,
): Map<string, ImportField> {
  const found = new Map<string, ImportField>()
  const own = Object.entries(program?.kind === kind ? program.fields : {})
  for (const [name, field] of own) {
    const column = columns.find((one) => plainName(one) === plainName(name))
    if (column !== undefined) found.set(column, field)
  }
  const taken = new Set(found.values())
  for (const [field, names] of namesOf[kind]) {
    if (taken.has(field)) continue
    const column = columnFor(kind, field, names, named(columns.filter((one) => !found.has(one))))
    if (column !== undefined) found.set(column, field)
  }
  // How many and how dear says nothing of lines without what was bought; then it is the order's.
  const fields = new Set(found.values())
  if (!fields.has('item_title') && !fields.has('item_sku'))
    for (const [column, field] of found) if (ofLines.includes(field)) found.delete(column)
  return found
}

export interface KindGuess {
  readonly kind: ImportKind
  /** Whether the columns leave no doubt. */
  readonly sure: boolean
}

/** What only a file of customers says. */
const personal: readonly ImportField[] = ['birthday', 'gender', 'tags', 'consent_sms', 'unsubscribed_email']

/** What only a file of products says. */
const ofGoods: readonly ImportField[] = ['price', 'stock', 'category', 'image', 'link']

/**
 * Orders where a column names the order and another its time or amount; products where columns tell
 * of goods and none of a person; else customers. There is doubt
 * where a file has of both, or too little of either.
 */
export function guessKind(columns: readonly string[]): KindGuess {
  const program = programOf(columns)
  if (program !== null) return { kind: program.kind, sure: true }
  const orders = new Set(fieldColumns('orders', columns, null).values())
  const customers = new Set(fieldColumns('customers', columns, null).values())
  const plain = columns.map(plainName)
  const numbered = plain.some(
    (name) => orderNumberNames.has(name) || wordsOf('orders', 'order_id').some((word) => word.test(name)),
  )
  const timed = orders.has('ordered_at')
  const paid = orders.has('amount')
  const lines = orders.has('item_title') || orders.has('item_sku')
  const about = personal.filter((field) => customers.has(field)).length
  // `id` alone names an order where money, time and a state or goods stand beside it.
  const unnamed = orders.has('order_id') && timed && paid && (orders.has('state') || lines) && about === 0
  if ((numbered && (timed || paid)) || unnamed) return { kind: 'orders', sure: timed && paid && about < 2 }
  const goods = new Set(fieldColumns('products', columns, null).values())
  const reached = customers.has('phone') || customers.has('email')
  const told = ofGoods.filter((field) => goods.has(field)).length
  if (goods.has('product_id') && told >= 2 && about === 0 && !reached && !numbered && !timed)
    return { kind: 'products', sure: goods.has('title') && goods.has('price') }
  const known = customers.has('customer_id') || customers.has('phone') || customers.has('email')
  return { kind: 'customers', sure: known && !numbered && !lines }
}

/** Columns that the list of rejected rows puts before those of the file. */
const ofRejected = ['line', '原因', 'reason']

export function guessMapping(kind: ImportKind, columns: readonly string[]): Mapping {
  const program = programOf(columns)
  const fields = fieldColumns(kind, columns, program)
  const mended = ofRejected.every((name) => columns.includes(name))
  const unused = (column: string) =>
    (program?.kind === kind && program.ignored.test(column)) || (mended && ofRejected.includes(column))
  return Object.fromEntries(
    columns.map((column) => [column, fields.get(column) ?? (unused(column) ? 'ignore' : 'attribute')]),
  )
}

const longestName = limits.nameLength.value
const isTarget = (kind: ImportKind, target: string) =>
  target === 'attribute' || target === 'ignore' || fieldsOf[kind].some((field) => field === target)

const unmappable = (column: string, field: string) => new Problem('csv-mapping', { column, field }, column)

function checkColumn(kind: ImportKind, column: string, target: string | undefined): void {
  if (target === undefined || !isTarget(kind, target)) throw unmappable(column, target ?? '')
  // An attribute of a field's name could not be told from the field.
  const hidden = reservedNames[kind].includes(column)
  if (target === 'attribute' && (hidden || column.length > longestName))
    throw unmappable(column.slice(0, longestName), target)
}

/**
 * Holds a mapping to the columns of a file. Problem `csv-mapping` where a column has no field, an unknown
 * one or another column's, or would be an attribute of a field's name; `csv-missing-column`.
 */
export function checkMapping(kind: ImportKind, columns: readonly string[], mapping: Mapping): void {
  const fields = new Set<string>()
  for (const column of columns) {
    const target = Object.hasOwn(mapping, column) ? mapping[column] : undefined
    checkColumn(kind, column, target)
    if (target === undefined || target === 'attribute' || target === 'ignore') continue
    if (fields.has(target)) throw unmappable(column, target)
    fields.add(target)
  }
  const missing = neededFields[kind].filter((group) => !group.some((field) => fields.has(field)))
  if (missing.length > 0) {
    const columnsMissing = missing.map((group) => group.join(' / ')).join(', ')
    throw new Problem('csv-missing-column', { columns: columnsMissing }, missing[0]?.[0])
  }
  const stray = Object.keys(mapping).find((column) => !columns.includes(column))
  if (stray !== undefined) throw unmappable(stray, mapping[stray] ?? '')
}
