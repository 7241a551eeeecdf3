import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as tables from '../tables.ts'
import { type Holding, holdings, type Whose } from './holdings.ts'

/** So many rows are taken away in one transaction. */
export const rowsInABatch = 2000

/** A part of an erasure: one statement over one table, run until it finds nothing more. */
export interface DerivedStep {
  readonly table: string
  readonly rows: 'removed' | 'stripped'
  readonly sql: string
}

const ids = '(select value from json_each(@ids))'
const enrollments = `(select id from enrollments where customer_id in ${ids})`
const messages = `(select id from messages where customer_id in ${ids})`

/** By which rows are somebody's, as SQL over the columns that a table has. */
const belonging = {
  customer: () => `customer_id in ${ids}`,
  other: () => `other_id in ${ids}`,
  enrollment: () => `enrollment_id in ${enrollments}`,
  message: (columns) =>
    columns.has('message_id')
      ? `message_id in ${messages}`
      : `provider_id in (select provider_id from messages where customer_id in ${ids} and provider_id is not null)`,
  // What an address said is of whoever else bears it, too.
  address: () =>
    `(kind, address) in (select value ->> 'kind', value ->> 'address' from json_each(@contacts))
     and not exists (select 1 from addresses a where a.kind = t.kind and a.address = t.address
       and a.customer_id not in ${ids})`,
} as const satisfies Record<Whose, (columns: ReadonlySet<string>) => string>

/** What leads to a row's owner goes after the row: those known by a message first, by their customer last. */
const order = ['message', 'enrollment', 'address', 'other', 'customer'] as const satisfies readonly Whose[]
const last = ['messages', 'enrollments', 'addresses']

const allTables = new Map(Object.entries(tables))

const nobodyOf = `(select value ->> 'nobody' from json_each(@nobodies) where value ->> 'id' = t.customer_id)`

function keyOf(table: SQLiteTable): string[] {
  const { columns, primaryKeys } = getTableConfig(table)
  const own = columns.filter(({ primary }) => primary)
  return [...own, ...primaryKeys.flatMap(({ columns: several }) => several)].map(({ name }) => name)
}

function stepOf(name: string, { fate }: Holding): (DerivedStep & { place: number }) | null {
  if (fate.rows !== 'removed' && fate.rows !== 'stripped') return null
  const found = allTables.get(name)
  if (found === undefined) return null
  const columns = getTableColumns(found)
  const named = new Map(Object.entries(columns).map(([key, { name: column }]) => [key, column]))
  const table = getTableName(found)
  const whose = fate.rows === 'removed' ? fate.whose : [fate.whose]
  const theirs = whose.map((one) => belonging[one](new Set(named.values()))).join(' or ')
  // Some tables have no number of a row.
  const key = keyOf(found).join(', ')
  const place = Math.min(...whose.map((one) => order.indexOf(one))) + (last.indexOf(table) + 1) * order.length
  if (fate.rows === 'removed') {
    const rows = `select ${key} from ${table} t where ${theirs} limit ${rowsInABatch}`
    return { table, rows: 'removed', place, sql: `delete from ${table} where (${key}) in (${rows})` }
  }
  const blank = Object.entries(fate.blank).map(([key, value]) => ({ column: named.get(key) ?? key, value }))
  const changes = blank.map(({ column, value }) => `${column} = ${value}`)
  if (named.has('customerId')) changes.push(`customer_id = ${nobodyOf}`)
  // Rows that are known by another are found again: only what is not blank yet is.
  const still = named.has('customerId')
    ? ''
    : ` and (${blank.map(({ column, value }) => `${column} is not ${value}`).join(' or ')})`
  const rows = `select ${key} from ${table} t where (${theirs})${still} limit ${rowsInABatch}`
  const sql = `update ${table} as t set ${changes.join(', ')} where (${key}) in (${rows})`
  return { table, rows: 'stripped', place, sql }
}

/** What `holdings` says, as statements, in the order in which nothing is lost sight of. */
export const derivedSteps: readonly DerivedStep[] = Object.entries(holdings)
  .map(([name, holding]) => stepOf(name, holding))
  .filter((step) => step !== null)
  .sort((a, b) => a.place - b.place)
