import { BOOLEAN, DOUBLE, type DuckDBType, type DuckDBValue, LIST, VARCHAR } from '@duckdb/node-api'
import type { AttributeTypes } from '../../../shared/conditions/customer.ts'
import type { CopiedPart } from '../../ports/truth.ts'
import { actsTable } from './columns-act.ts'
import { customersTable } from './columns-customer.ts'
import { eventsTable } from './columns-event.ts'
import { linesTable, returnedTable } from './columns-line.ts'
import { numberIn } from './columns-read.ts'

/** Raised whenever tables, or what stands in them, change: a copy of another version is made anew. */
export const copyVersion = 12

/** Numbers are JavaScript's own, so that what is added up and compared is what memory adds up and compares. */
const columnTypes = {
  VARCHAR: VARCHAR,
  DOUBLE: DOUBLE,
  BOOLEAN: BOOLEAN,
  'VARCHAR[]': LIST(VARCHAR),
} as const satisfies Record<string, DuckDBType>
export type ColumnType = keyof typeof columnTypes

/** As the appender of DuckDB has it. */
export const columnType = (type: ColumnType): DuckDBType => columnTypes[type]

export interface CopiedColumn {
  readonly name: string
  readonly type: ColumnType
}

/** A table of the copy, made row by row of one of the truth. */
export interface CopiedTable {
  readonly name: CopiedPart
  /** Behind the first, `person INTEGER`, which whoever feeds it fills. */
  readonly columns: readonly CopiedColumn[]
  /** The columns of the truth's table `t` that a row is made of; the first is the customer's id. */
  readonly reads: string
  /** The values of a row, in the order of the columns, of what has been read but the first. */
  readonly values: (row: readonly unknown[]) => readonly DuckDBValue[]
  /** What is made of the same rows beside it. */
  readonly beside?: readonly TableBeside[]
}

/** A table of which each row of another may make several. */
export interface TableBeside {
  readonly name: 'lines' | 'returned'
  readonly columns: readonly CopiedColumn[]
  readonly rows: (row: readonly unknown[]) => readonly (readonly DuckDBValue[])[]
}

const tags: CopiedTable = {
  name: 'tags',
  columns: [{ name: 'tag', type: 'VARCHAR' }],
  reads: 't.customer_id, t.tag',
  values: ([tag]) => [String(tag)],
}

const members: CopiedTable = {
  name: 'members',
  columns: [
    { name: 'audience', type: 'VARCHAR' },
    { name: 'since', type: 'DOUBLE' },
  ],
  reads: 't.customer_id, t.audience, t.at',
  values: ([audience, at]) => [String(audience), numberIn(at)],
}

/** The tables of the copy of a brand; those of customers turn on what its attributes are declared to be. */
export function copiedTables(types: AttributeTypes): readonly CopiedTable[] {
  return [
    customersTable(types),
    { ...eventsTable, beside: [linesTable, returnedTable] },
    tags,
    members,
    actsTable,
  ]
}
