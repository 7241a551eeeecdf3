import type { DuckDBConnection } from '@duckdb/node-api'
import type { TruthMark } from '../../ports/truth.ts'
import { copyVersion } from './columns.ts'

/** Of this file's own tables; theirs is `copyVersion`. */
const version = `1.${copyVersion}`

/** What a copy says of itself. */
export interface Kept {
  readonly generation: string
  /** How far it has read. */
  readonly mark: TruthMark
  /** Declared types, zone and currency, by which its customers were read. */
  readonly types: string
}

const columns = `version VARCHAR, generation VARCHAR, change DOUBLE, change_row VARCHAR, event DOUBLE,
  event_row VARCHAR, types VARCHAR`

export async function writeKept(
  connection: DuckDBConnection,
  { generation, mark, types }: Kept,
): Promise<void> {
  await connection.run(`create table if not exists kept (${columns})`)
  await connection.run('delete from kept')
  const { change, changeRow, event, eventRow } = mark
  await connection.run('insert into kept values ($1, $2, $3, $4, $5, $6, $7)', [
    ...[version, generation, change, changeRow, event, eventRow, types],
  ])
}

/** null where it is of another version, or was not made to its end. */
export async function readKept(connection: DuckDBConnection): Promise<Kept | null> {
  const tables = await connection.runAndReadAll(`select 1 from duckdb_tables() where table_name = 'kept'`)
  if (tables.currentRowCount === 0) return null
  const kept = await connection.runAndReadAll(
    'select generation, change, change_row, event, event_row, types from kept where version = $1',
    [version],
  )
  const [row] = kept.getRowsJS()
  if (row === undefined) return null
  const [generation, change, changeRow, event, eventRow, types] = row
  return {
    generation: String(generation),
    mark: {
      change: Number(change),
      changeRow: String(changeRow),
      event: Number(event),
      eventRow: String(eventRow),
    },
    types: String(types),
  }
}
