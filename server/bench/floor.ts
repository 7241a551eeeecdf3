import { type BrandDatabase, openDatabase } from '../store/database.ts'
import { batchSize } from './world.ts'

type Row = (string | number | null)[]

/** The bare loop: each call writes the rows of one batch in one transaction. */
export interface Floor {
  writeBatch(): void
  /** Steps written so far. */
  steps(): number
  close(): void
}

/** The data column of an enrollment half way, as the engine writes it. */
const halfWay =
  '{"h":{"list.entered":1,"wait-1.done":1,"tier-1.otherwise":1,"all-1.sent":1},"w":{"until":1803952800000,"event":null,"cause":null}}'

function rowsOf(db: BrandDatabase, sql: string): Row[] {
  return db.sqlite.prepare<[], Row>(sql).raw().all()
}

function statements({ sqlite }: BrandDatabase) {
  return {
    update: sqlite.prepare(
      `update enrollments set state = ?, status = ?, due_at = ?, wait_event = null, arrived_at = ?, steps = ?,
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
function enteredAgain(done: BrandDatabase, path: string): { db: BrandDatabase; ids: number[] } {
  const db = openDatabase(path)
  const enrollments = rowsOf(
    done,
    `select id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry
     from enrollments order by id`,
  )
  const insert = db.sqlite.prepare(
    `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry,
       state, status, due_at, arrived_at, steps, data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'wait-1', 'live', 1, 0, 1, ?)`,
  )
  db.sqlite.transaction(() => {
    for (const row of enrollments) insert.run(...row, halfWay)
  })()
  return { db, ids: enrollments.map(([id]) => Number(id)) }
}

/** Takes the rows that a run of the bench journey has left, in the order in which it wrote them. */
export function floorOf(done: BrandDatabase, path: string): Floor {
  const traces = rowsOf(
    done,
    'select enrollment_id, seq, at, node, outcome, reason from traces where seq > 0 order by at, enrollment_id, seq',
  )
  const messages = rowsOf(
    done,
    `select shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, subject, body,
       purpose, status, due_at, created_at, parts, cost_milli, coupon, model from messages order by created_at, id`,
  )
  const { db, ids } = enteredAgain(done, path)
  const run = statements(db)
  let written = 0
  let nextTrace = 0
  let nextMessage = 0
  const writeOne = (id: number, wave: number): void => {
    const last = wave === 3
    const steps = (wave - 1) * 3 + 1
    if (last) run.update.run('end', 'ended', null, wave, steps + 1, halfWay, 1, 'end', id, steps)
    else run.update.run(`wait-${wave + 1}`, 'live', wave + 1, wave, steps + 3, halfWay, null, null, id, steps)
    for (let one = 0; one < (last ? 1 : 3); one += 1) run.trace.run(...(traces[nextTrace++] ?? []))
    if (!last) run.message.run(...(messages[nextMessage++] ?? []))
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
