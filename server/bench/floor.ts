import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { batchSize } from './world.ts'

type Row = (string | number | null)[]

/** The bare loop: each call writes the rows of one batch in one transaction. */
export interface Floor {
  writeBatch(): void
  /** Steps written so far. */
  steps(): number
  close(): void
}

/** Where a wave has left everybody: the columns that an enrollment's step changes, as one of them has them. */
type Standing = [state: string, dueAt: number | null, arrivedAt: number, steps: number, data: string]

const sampleOf = (db: BrandDatabase): Standing[] =>
  db.sqlite
    .prepare<[], Standing>(
      'select state, due_at, arrived_at, steps, data from enrollments order by id limit 1',
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
         data = ?, attempts = 0, error = null, ended_at = ?, ending = ? where id = ? and steps = ? and ended_at is null`,
    ),
    trace: sqlite.prepare(
      'insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, ?, ?, ?, ?, ?)',
    ),
    message: sqlite.prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         subject, body, purpose, status, due_at, created_at, parts, cost_milli, coupon, model)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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

/**
 * Takes the rows that a run of the bench journey has left, in the order in which it wrote them. `waves` says
 * where everybody stood after the entry and after each wave.
 */
export function floorOf(done: BrandDatabase, path: string, waves: readonly Standing[]): Floor {
  const traces = rowsOf(
    done,
    'select enrollment_id, seq, at, node, outcome, reason from traces where seq > 0 order by at, enrollment_id, seq',
  )
  const messages = rowsOf(
    done,
    `select shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, subject, body,
       purpose, status, due_at, created_at, parts, cost_milli, coupon, model from messages order by created_at, id`,
  )
  const standing = (wave: number): Standing => {
    const found = waves[wave]
    if (found === undefined) throw new Error(`the run to copy has no wave ${wave}`)
    return found
  }
  const { db, ids } = enteredAgain(done, path, standing(0))
  const run = statements(db)
  let written = 0
  let nextTrace = 0
  let nextMessage = 0
  const writeOne = (id: number, wave: number): void => {
    const before = standing(wave - 1)[3]
    const [state, dueAt, arrivedAt, steps, data] = standing(wave)
    if (dueAt === null) run.end.run(state, dueAt, arrivedAt, steps, data, arrivedAt, state, id, before)
    else run.goOn.run(state, dueAt, arrivedAt, steps, data, id, before)
    for (let one = before; one < steps; one += 1) run.trace.run(...(traces[nextTrace++] ?? []))
    if (dueAt !== null) run.message.run(...(messages[nextMessage++] ?? []))
  }
  const writeMany = db.sqlite.transaction((batch: readonly number[], wave: number) => {
    for (const id of batch) writeOne(id, wave)
  })
  return {
    writeBatch: () => {
      const from = written % ids.length
      const batch = ids.slice(from, from + batchSize)
      writeMany.immediate(batch, Math.floor(written / ids.length) + 1)
      written += batch.length
    },
    steps: () => nextTrace,
    close: () => db.close(),
  }
}
