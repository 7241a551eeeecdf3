import { setImmediate as breathe } from 'node:timers/promises'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import type { CopiedPart, TruthChanges, TruthMark, TruthReading, Which } from '../../ports/truth.ts'
import { type CopiedTable, columnType, copiedTables, type TableBeside } from './columns.ts'

/** Rows of one chunk, which is a vector of DuckDB. */
const chunkRows = 2_048
/** So many rows are put into their table at once. */
const batchRows = 122_880

/** Is told how many rows have come, and throws where the feed must not go on. */
export type Pulse = (rows: number) => void

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const incoming = (name: string) => `incoming_${name}`

/** A table as it is laid out, whatever its rows are made of. */
type Laid = CopiedTable | TableBeside

const definitions = ({ columns }: Laid) =>
  columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ')

/** Where rows wait for their customer's number. */
async function layIncoming(connection: DuckDBConnection, table: Laid): Promise<void> {
  await connection.run(`drop table if exists ${incoming(table.name)}`)
  await connection.run(`create temp table ${incoming(table.name)} (customer VARCHAR, ${definitions(table)})`)
}

async function layTable(connection: DuckDBConnection, table: Laid): Promise<void> {
  await connection.run(`drop table if exists ${table.name}`)
  await connection.run(`create table ${table.name} (person INTEGER, ${definitions(table)})`)
}

/** Puts what waits into its table; whoever is met for the first time is given the next number. */
async function settle(connection: DuckDBConnection, table: Laid): Promise<void> {
  const from = incoming(table.name)
  await connection.run(
    `insert into people select (select coalesce(max(person), 0) from people) + row_number() over (), customer
     from (select distinct customer from ${from} anti join people on people.id = ${from}.customer)`,
  )
  const columns = table.columns.map(({ name }) => `i.${quoted(name)}`).join(', ')
  await connection.run(
    `insert into ${table.name} select p.person, ${columns} from ${from} i join people p on p.id = i.customer`,
  )
}

type Appender = Awaited<ReturnType<DuckDBConnection['createAppender']>>

/** Rows on their way into one table, of which so many wait for their customer's number. */
class Arrivals {
  readonly #connection: DuckDBConnection
  readonly #table: Laid
  #appender: Appender | null = null
  #customers: string[] = []
  #values: (readonly DuckDBValue[])[] = []
  #waiting = 0

  constructor(connection: DuckDBConnection, table: Laid) {
    this.#connection = connection
    this.#table = table
  }

  /** Whether a chunk is full. */
  add(customer: string, values: readonly DuckDBValue[]): boolean {
    this.#customers.push(customer)
    this.#values.push(values)
    return this.#values.length >= chunkRows
  }

  get waiting(): number {
    return this.#waiting
  }

  async flush(): Promise<void> {
    for (let at = 0; at < this.#values.length; at += chunkRows) {
      const rows = this.#values.slice(at, at + chunkRows)
      const appender = await this.#open()
      appender.appendDataChunk(chunkOf(this.#table, this.#customers.slice(at, at + chunkRows), rows))
      this.#waiting += rows.length
    }
    this.#customers = []
    this.#values = []
  }

  /** Puts what waits into the table; answers how many rows that were. */
  async settle(): Promise<number> {
    const rows = this.#waiting
    this.close()
    if (rows > 0) await settle(this.#connection, this.#table)
    this.#waiting = 0
    return rows
  }

  close(): void {
    this.#appender?.closeSync()
    this.#appender = null
  }

  async #open(): Promise<Appender> {
    if (this.#appender !== null) return this.#appender
    await layIncoming(this.#connection, this.#table)
    const made = await this.#connection.createAppender(incoming(this.#table.name), 'main', 'temp')
    this.#appender = made
    return made
  }
}

function chunkOf(
  table: Laid,
  customers: string[],
  rows: readonly (readonly DuckDBValue[])[],
): DuckDBDataChunk {
  const types = [VARCHAR, ...table.columns.map(({ type }) => columnType(type))]
  const chunk = DuckDBDataChunk.create(types, rows.length)
  chunk.setColumns([customers, ...table.columns.map((_, at) => rows.map((row) => row[at] ?? null))])
  return chunk
}

const besideOf = ({ beside = [] }: CopiedTable): readonly TableBeside[] => beside

/** Reads rows of a part and adds them to its table, and what is made of them to the one beside it. */
async function addRows(
  connection: DuckDBConnection,
  table: CopiedTable,
  rows: Iterable<readonly unknown[]>,
  pulse: Pulse,
): Promise<void> {
  const own = new Arrivals(connection, table)
  const others = besideOf(table).map((made) => ({ made, arrivals: new Arrivals(connection, made) }))
  const flush = async () => {
    await own.flush()
    for (const { arrivals } of others) await arrivals.flush()
    // Whoever asks is answered meanwhile.
    await breathe()
    pulse(0)
  }
  const settleAll = async () => {
    const settled = await own.settle()
    for (const { arrivals } of others) await arrivals.settle()
    pulse(settled)
  }
  try {
    for (const [customer, ...row] of rows) {
      const id = String(customer)
      for (const { made, arrivals } of others) for (const one of made.rows(row)) arrivals.add(id, one)
      if (own.add(id, table.values(row))) await flush()
      if (own.waiting >= batchRows) await settleAll()
    }
    await flush()
    await settleAll()
  } finally {
    own.close()
    for (const { arrivals } of others) arrivals.close()
  }
}

const add = (
  connection: DuckDBConnection,
  reading: TruthReading,
  table: CopiedTable,
  which: Which,
  pulse: Pulse,
): Promise<void> => addRows(connection, table, reading.rows(table.name, table.reads, which), pulse)

const tableOf = (tables: readonly CopiedTable[], part: CopiedPart): CopiedTable => {
  const table = tables.find(({ name }) => name === part)
  if (table === undefined) throw new Error(`the copy has no table ${part}`)
  return table
}

/** Copies all of the truth into an empty file. */
export async function feedAll(
  connection: DuckDBConnection,
  reading: TruthReading,
  pulse: Pulse,
): Promise<void> {
  await connection.run('create table people (person INTEGER, id VARCHAR)')
  for (const table of copiedTables(reading.types)) {
    await layTable(connection, table)
    for (const made of besideOf(table)) await layTable(connection, made)
    await add(connection, reading, table, { kind: 'all' }, pulse)
  }
}

/** Copies the customers anew: an attribute has another type, a new one has come, or most of them have changed. */
async function feedCustomers(
  connection: DuckDBConnection,
  reading: TruthReading,
  pulse: Pulse,
): Promise<void> {
  const table = tableOf(copiedTables(reading.types), 'customers')
  await layTable(connection, table)
  await add(connection, reading, table, { kind: 'all' }, pulse)
}

async function feedOf(
  connection: DuckDBConnection,
  reading: TruthReading,
  table: CopiedTable,
  customers: readonly string[],
  pulse: Pulse,
): Promise<void> {
  if (customers.length === 0) return
  await connection.run(
    `delete from ${table.name} where person in
       (select person from people where id in (select unnest($1)))`,
    [listValue(customers)],
    [LIST(VARCHAR)],
  )
  await add(connection, reading, table, { kind: 'of', customers }, pulse)
}

/** Acts of a passage are read anew with all that it has: so a message taken back and an end that came are told alike. */
async function feedActs(
  connection: DuckDBConnection,
  reading: TruthReading,
  passages: TruthChanges['acts'],
  pulse: Pulse,
): Promise<void> {
  const table = tableOf(copiedTables(reading.types), 'acts')
  if (passages === 'all') {
    await layTable(connection, table)
    await add(connection, reading, table, { kind: 'all' }, pulse)
    return
  }
  if (passages.length === 0) return
  await connection.run(
    'delete from acts where passage in (select unnest($1))',
    [listValue(passages)],
    [LIST(DOUBLE)],
  )
  await add(connection, reading, table, { kind: 'passages', passages }, pulse)
}

export interface Change {
  readonly from: TruthMark
  readonly changes: TruthChanges
  /** Whether declared types, zone or currency are others. */
  readonly retyped: boolean
}

/** Copies what has changed since; within the caller's transaction. */
export async function feedChanges(
  connection: DuckDBConnection,
  reading: TruthReading,
  { from, changes, retyped }: Change,
  pulse: Pulse,
): Promise<void> {
  const tables = copiedTables(reading.types)
  const { customers } = changes
  if (retyped || customers === 'all') await feedCustomers(connection, reading, pulse)
  else await feedOf(connection, reading, tableOf(tables, 'customers'), customers, pulse)
  await feedOf(connection, reading, tableOf(tables, 'tags'), changes.tags, pulse)
  await feedOf(connection, reading, tableOf(tables, 'members'), changes.members, pulse)
  await feedActs(connection, reading, changes.acts, pulse)
  const events = tableOf(tables, 'events')
  if (changes.events.length > 0) {
    const seqs = [listValue(changes.events)]
    await connection.run('delete from events where seq in (select unnest($1))', seqs, [LIST(DOUBLE)])
    for (const { name } of besideOf(events))
      await connection.run(`delete from ${name} where floor(seq) in (select unnest($1))`, seqs, [
        LIST(DOUBLE),
      ])
    // Those after the mark come with what is new.
    const known = changes.events.filter((seq) => seq <= from.event)
    if (known.length > 0) await add(connection, reading, events, { kind: 'events', seqs: known }, pulse)
  }
  if (reading.mark.event > from.event)
    await add(connection, reading, events, { kind: 'after', seq: from.event }, pulse)
}
