import type { OrderField } from '../../shared/api/imports.ts'
import { offsetAt } from '../../shared/calendar/index.ts'
import type { Properties, Value } from '../../shared/conditions/customer.ts'
import { type AttributeType, type Declared, isBlank, readAs } from '../../shared/conditions/types/index.ts'
import { membersOf } from '../../shared/conditions/types/read.ts'
import type { UnreadableReason } from '../../shared/conditions/types/type.ts'
import { type CellFault, type RowContext, textAt } from './cells.ts'
import { isShortened } from './clean.ts'
import type { Refusal } from './reasons.ts'
import { refused } from './values.ts'

const text: Declared = { type: 'text', format: null }

/** 'YYYY-MM-DD HH:MM:SS' of the zone's clocks. */
function wallClock(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19).replace('T', ' ')
}

/** What is kept of a value that its type can read: numbers as numbers, days and times in one way of writing. */
type Keep = (written: string, typed: Value, zone: string) => Value

const keeps: Readonly<Record<AttributeType, Keep>> = {
  text: (written) => written,
  number: (_, typed) => typed,
  // In the currency's main unit, as it is written and shown.
  money: (written) =>
    Number(
      written
        .normalize('NFKC')
        .replaceAll('−', '-')
        .replace(/[^\d.-]/g, ''),
    ),
  date: (_, typed) => typed,
  time: (_, typed, zone) => wallClock(Number(typed), zone),
  // The file's own words, which conditions read as the type says.
  yes_no: (written) => written,
  list: (written) => written,
}

/** A column or a field that is an attribute, and how its values are read. */
interface Typed {
  readonly column: string
  readonly declared: Declared
}

interface Extra extends Typed {
  readonly index: number
}

/** What the reading of a value depends on besides it. */
type Place = Pick<RowContext, 'zone' | 'currency'>

/** Fields of an order's money, which the file's own columns say too. */
const ofMoney: ReadonlySet<string> = new Set<OrderField>([
  ...(['net', 'tax', 'shipping', 'discount', 'item_discount', 'item_tax', 'item_refunded'] as const),
])

/** How a column of a field is kept under its own name besides: what journeys ask for under it they find. */
function besides(column: string, target: string, declared: Declared): Declared[] {
  if (target === 'state') return [text]
  return ofMoney.has(target) && column !== target ? [declared] : []
}

/** The columns that are no field. Names are in order, so that a file with its columns moved says the same. */
function extrasOf({ columns, mapping, types }: RowContext): Extra[] {
  return columns
    .flatMap((column, index) =>
      mapping[column] === 'attribute'
        ? [{ column, index, declared: types[column] ?? text }]
        : besides(column, mapping[column] ?? '', types[column] ?? text).map((declared) => ({
            column,
            index,
            declared,
          })),
    )
    .sort((left, right) => (left.column < right.column ? -1 : 1))
}

/** What a reader is told of a value that the type of its attribute cannot read. */
export const attributeReasons = {
  'not-a-number': 'not-a-number',
  'digits-lost': 'digits-lost',
  'too-many-digits': 'too-many-digits',
  'other-currency': 'other-currency',
  'not-a-date': 'invalid-date',
  'ambiguous-date': 'ambiguous-date',
  'no-year': 'no-year',
  'not-yes-or-no': 'not-yes-or-no',
} as const satisfies Record<UnreadableReason, Refusal['code']>

function keptOf(written: string, { column, declared }: Typed, context: Place, faults: CellFault[]) {
  if (declared.type === 'text') {
    if (!isShortened(written)) return written
    faults.push({ column, value: written, refusal: refused('digits-lost', written, column) })
    return undefined
  }
  const reading = readAs(declared, written, context)
  if (!reading.ok) {
    const code = attributeReasons[reading.reason]
    const more = { currency: context.currency }
    faults.push({ column, value: written, refusal: refused(code, written, column, more) })
    return undefined
  }
  return reading.value === null ? undefined : keeps[declared.type](written, reading.value, context.zone)
}

/**
 * What an attribute keeps of a cell: the cell itself, so that nothing is lost when its type changes. A number
 * that is written plainly is kept as one; a day whose order or count only this file knows, as what it is. What
 * cannot be read is kept too: it is listed, and stands for no value until its type can read it.
 */
export function attributeOf(written: string, typed: Typed, context: Place, faults: CellFault[]) {
  const kept = keptOf(written, typed, context, faults)
  const { type, format } = typed.declared
  if (kept === undefined) return isShortened(written) || isBlank(written) ? undefined : written
  if (typeof kept === 'number') return String(kept) === written ? kept : written
  return (type === 'date' || type === 'time') && format === null ? written : kept
}

/** Customers' own attributes; a list stays as it is written, and is divided by its type where it is asked. */
export function attributesReader(context: RowContext) {
  const extras = extrasOf(context)
  return (cells: readonly string[], faults: CellFault[]): Record<string, string | number | boolean> => {
    const found: [string, string | number | boolean][] = []
    for (const extra of extras) {
      const written = textAt(cells, extra.index)
      if (written === '') continue
      const value = attributeOf(written, extra, context, faults)
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        found.push([extra.column, value])
    }
    return Object.fromEntries(found)
  }
}

/** What the lines of an order say in a column, each once. */
function writtenIn(lines: readonly (readonly string[])[], index: number): string[] {
  const [first = []] = lines
  if (lines.length === 1) return textAt(first, index) === '' ? [] : [textAt(first, index)]
  return [...new Set(lines.map((cells) => textAt(cells, index)).filter((cell) => cell !== ''))]
}

const none: Properties = {}

/** Properties of an order from the lines of one: what differs between the lines is a list. */
export function propertiesReader(context: RowContext) {
  const extras = extrasOf(context)
  return (lines: readonly (readonly string[])[], faults: CellFault[]): Properties => {
    if (extras.length === 0) return none
    const found: [string, Value][] = []
    for (const extra of extras) {
      const written = writtenIn(lines, extra.index)
      const { declared, column } = extra
      if (written.length === 0) continue
      if (declared.type === 'list')
        found.push([column, [...new Set(written.flatMap((cell) => membersOf(cell, declared.format)))]])
      else if (written.length > 1) found.push([column, written])
      else {
        const value = keptOf(written[0] ?? '', extra, context, faults)
        if (value !== undefined) found.push([column, value])
      }
    }
    return Object.fromEntries(found)
  }
}
