import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { batchSize } from './world.ts'

type Row = (string | number | null)[]

/** The bare loop: writes the rows of one batch after the other, each in one transaction. */
export interface Floor {
  /** Reads what the next batch will write; nothing more is kept, since a full heap would slow whoever runs beside. */
  readBatch(): void
  writeBatch(): void
  /** Steps written so far. */
  steps(): number
  close(): void
}

/** Where a wave has left everybody: the columns that an enrollment's step changes, as one of them has them. */
type Standing = [
  state: string,
  dueAt: number | null,
  arrivedAt: number,
  steps: number,
  data: string,
  countsUntil: number | null,
]

const sampleOf = (db: BrandDatabase): Standing[] =>
  db.sqlite
    .prepare<[], Standing>(
      'select state, due_at, arrived_at, steps, data, counts_until from enrollments order by id limit 1',
    )
    .raw()
    .all()

/** Takes down where everybody stands: once after the entry, and once after each wave of the run to copy. */
export function standings(db: BrandDatabase): { note(): void; readonly all: readonly Standing[] } {
  const all: Standing[] = []
  return { note: () => all.push(...sampleOf(db)), all }
}

function rowsOf(db: BrandDatabase, sql: string): Row[] {
  return db.sqlite.prepare<[], Row>(sql).raw().all()
}

/** The statements that the engine uses for these rows, one row each. */
function statements({ sqlite }: BrandDatabase) {
  return {
    goOn: sqlite.prepare(
      `update enrollments set state = ?, due_at = ?, wait_event = null, arrived_at = ?, steps = ?, data = ?
       where id = ? and steps = ? and ended_at is null`,
    ),
    end: sqlite.prepare(
      `update enrollments set state = ?, status = 'ended', due_at = ?, wait_event = null, arrived_at = ?, steps = ?,
         data = ?, attempts = 0, error = null, ended_at = ?, ending = ?, counts_until = ? where id = ? and steps = ? and ended_at is null`,
    ),
    trace: sqlite.prepare(
      'insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, ?, ?, ?, ?, ?)',
    ),
    message: sqlite.prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         subject, body, format, purpose, status, due_at, created_at, parts, cost_milli, coupon, model)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
}

/** An empty database of the same schema in which everybody stands where the journey's entry left them. */
function enteredAgain(
  done: BrandDatabase,
  path: string,
  [state, dueAt, arrivedAt, steps, data]: Standing,
): { db: BrandDatabase; ids: number[] } {
  const db = openDatabase(path)
  const enrollments = rowsOf(
    done,
    `select id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry
     from enrollments order by id`,
  )
  const entries = rowsOf(
    done,
    'select enrollment_id, seq, at, node, outcome, reason from traces where seq = 0 order by enrollment_id',
  )
  const insert = db.sqlite.prepare(
    `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry,
       state, status, due_at, arrived_at, steps, data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'live', ?, ?, ?, ?)`,
  )
  const { trace } = statements(db)
  db.sqlite.transaction(() => {
    for (const row of enrollments) insert.run(...row, state, dueAt, arrivedAt, steps, data)
    for (const row of entries) trace.run(...row)
  })()
  return { db, ids: enrollments.map(([id]) => Number(id)) }
}

/** What a run has written of some enrollments in one wave: their traces and their messages, in order. */
function writtenBy({ sqlite }: BrandDatabase) {
  const traces = sqlite
    .prepare<[number, number, number, number], Row>(
      `select enrollment_id, seq, at, node, outcome, reason from traces
       where enrollment_id between ? and ? and seq >= ? and seq < ? order by enrollment_id, seq`,
    )
    .raw()
  const messages = sqlite
    .prepare<[number, number, number], Row>(
      `select shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, subject, body,
         format, purpose, status, due_at, created_at, parts, cost_milli, coupon, model
       from messages where enrollment_id between ? and ? and created_at = ? order by enrollment_id, id`,
    )
    .raw()
  return { traces, messages }
}

/** What one batch of the floor writes. */
interface FloorBatch {
  readonly ids: readonly number[]
  readonly wave: number
  readonly traces: readonly Row[]
  readonly messages: readonly Row[]
}

/**
 * Writes the rows that a run of the bench journey has left, in the order in which it wrote them. `waves` says
 * where everybody stood after the entry and after each wave.
 */
export function floorOf(done: BrandDatabase, path: string, waves: readonly Standing[]): Floor {
  const standing = (wave: number): Standing => {
    const found = waves[wave]
    if (found === undefined) throw new Error(`the run to copy has no wave ${wave}`)
    return found
  }
  const { db, ids } = enteredAgain(done, path, standing(0))
  const written = writtenBy(done)
  const run = statements(db)
  let next: FloorBatch | null = null
  let taken = 0
  let steps = 0
  const writeMany = db.sqlite.transaction(({ ids: batch, wave, traces, messages }: FloorBatch) => {
    const before = standing(wave - 1)[3]
    const [state, dueAt, arrivedAt, after, data, until] = standing(wave)
    let trace = 0
    let message = 0
    for (const id of batch) {
      if (dueAt === null)
        run.end.run(state, dueAt, arrivedAt, after, data, arrivedAt, state, until, id, before)
      else run.goOn.run(state, dueAt, arrivedAt, after, data, id, before)
      for (let one = before; one < after; one += 1) run.trace.run(...(traces[trace++] ?? []))
      if (dueAt !== null) run.message.run(...(messages[message++] ?? []))
    }
    steps += trace
  })
  return {
    readBatch: () => {
      const from = taken % ids.length
      const wave = Math.floor(taken / ids.length) + 1
      const batch = ids.slice(from, from + batchSize)
      const span = [batch.at(0) ?? 0, batch.at(-1) ?? 0] as const
      const [, , arrivedAt, after] = standing(wave)
      const traces = written.traces.all(...span, standing(wave - 1)[3], after)
      const messages = written.messages.all(...span, arrivedAt)
      next = { ids: batch, wave, traces, messages }
      taken += batch.length
    },
    writeBatch: () => {
      if (next !== null) writeMany.immediate(next)
      next = null
    },
    steps: () => steps,
    close: () => db.close(),
  }
}
