import type { ImportField } from '../../shared/api/imports.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import type { Mapping } from './columns.ts'
import type { DecimalMark } from './decimals.ts'
import type { Membership } from './programs.ts'
import { Refusal } from './reasons.ts'
import { type Read, refused } from './values.ts'

/** What is known of a file and of the brand when its rows are read. */
export interface RowContext {
  readonly columns: readonly string[]
  readonly mapping: Mapping
  /** Of every column, from its values, or as a person said. */
  readonly types: Readonly<Record<string, Declared>>
  /** Columns of long ids that a spreadsheet has rounded. */
  readonly rounded: ReadonlySet<string>
  readonly zone: string
  readonly currency: string
  /** How the file writes amounts. */
  readonly decimalMark: DecimalMark
  /** Epoch milliseconds; nothing that a file tells has happened after it. */
  readonly today: number
  /** Which list of a Mailchimp audience the file is. */
  readonly membership: Membership | null
}

/** A cell that does not enter, while its row does. */
export interface CellFault {
  /** Of an order of several lines the one that it stands in, counted from 0. */
  readonly line?: number
  readonly column: string
  readonly value: string
  readonly refusal: Refusal
}

export interface Cell<T> {
  readonly index: number
  readonly column: string
  readonly read: Read<T>
}

/** The text of a clean cell. */
export const textAt = (cells: readonly string[], index: number): string => cells[index] ?? ''

/** The column that holds a field, with how it is read. */
export function cellFor<T>(
  field: ImportField,
  read: Read<T>,
  { columns, mapping }: RowContext,
): Cell<T> | undefined {
  const index = columns.findIndex((column) => mapping[column] === field)
  const column = columns[index]
  return column === undefined ? undefined : { index, column, read }
}

/** Reads one cell: undefined where it is blank or the file has no such column. */
export function cellValue<T>(cell: Cell<T> | undefined, cells: readonly string[]): T | undefined | Refusal {
  if (cell === undefined) return undefined
  const text = textAt(cells, cell.index)
  return text === '' ? undefined : cell.read(text, cell.column)
}

export function required<T>(cell: Cell<T> | undefined, cells: readonly string[]): T | Refusal {
  const value = cellValue(cell, cells)
  return value === undefined ? new Refusal('missing-value', { column: cell?.column ?? '' }) : value
}

/** Reads a cell without which the row can do: what cannot be read is listed, and the row goes without it. */
export function optional<T>(
  cell: Cell<T> | undefined,
  cells: readonly string[],
  faults: CellFault[],
): T | undefined {
  const value = cellValue(cell, cells)
  if (!(value instanceof Refusal)) return value
  if (cell !== undefined)
    faults.push({ column: cell.column, value: textAt(cells, cell.index), refusal: value })
  return undefined
}

/** Ids of a column that a spreadsheet has rounded are refused where they are long. */
export function idReader(read: Read<string>, rounded: ReadonlySet<string>): Read<string> {
  return (text, column) =>
    rounded.has(column) && /^\d{16,}$/.test(text)
      ? refused('digits-rounded', text, column)
      : read(text, column)
}
