import { type BrandDatabase, openDatabase } from '../store/database.ts'
import { batchSize } from './engine.ts'

type Row = (string | number | null)[]

function rowsOf(db: BrandDatabase, sql: string): Row[] {
  return db.sqlite.prepare<[], Row>(sql).raw().all()
}

/**
 * The bare loop: the rows that the engine wrote after the entry, written again into an empty database of
 * the same schema by prepared statements, in transactions of the same size. Seconds of the three waves.
 */
export function runFloor(done: BrandDatabase, path: string): number {
  const db = openDatabase(path)
  const { sqlite } = db
  const enrollments = rowsOf(
    done,
    `select id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry from enrollments order by id`,
  )
  const traces = rowsOf(
    done,
    'select enrollment_id, seq, at, node, outcome, reason from traces where seq > 0 order by at, enrollment_id, seq',
  )
  const messages = rowsOf(
    done,
    `select shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, subject, body,
       purpose, status, due_at, created_at, parts, cost_milli, coupon, model from messages order by created_at, id`,
  )
  const data =
    '{"h":{"list.entered":1,"wait-1.done":1,"tier-1.otherwise":1,"all-1.sent":1},"w":{"until":1,"event":null,"cause":null}}'
  const insert = sqlite.prepare(
    `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry,
       state, status, due_at, arrived_at, steps, data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'wait-1', 'live', 0, 0, 0, ?)`,
  )
  sqlite.transaction(() => {
    for (const row of enrollments) insert.run(...row, data)
  })()
  const update = sqlite.prepare(
    `update enrollments set state = ?, status = ?, due_at = ?, wait_event = ?, arrived_at = ?, steps = ?, data = ?,
       attempts = ?, error = ?, ended_at = ?, ending = ? where id = ? and steps = ? and ended_at is null`,
  )
  const trace = sqlite.prepare(
    'insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, ?, ?, ?, ?, ?)',
  )
  const message = sqlite.prepare(
    `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
       subject, body, purpose, status, due_at, created_at, parts, cost_milli, coupon, model)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let nextTrace = 0
  let nextMessage = 0
  const began = performance.now()
  for (let wave = 1; wave <= 3; wave += 1) {
    const last = wave === 3
    for (let from = 0; from < enrollments.length; from += batchSize)
      sqlite
        .transaction((batch: Row[]) => {
          for (const [id] of batch) {
            const steps = (wave - 1) * 3
            const end = last ? [null, 1, 'end'] : [null, null, null]
            update.run(
              last ? 'end' : `wait-${wave + 1}`,
              last ? 'ended' : 'live',
              last ? null : wave,
              null,
              wave,
              last ? steps + 1 : steps + 3,
              data,
              0,
              ...end,
              id ?? null,
              steps,
            )
            for (let one = 0; one < (last ? 1 : 3); one += 1) trace.run(...(traces[nextTrace++] ?? []))
            if (!last) message.run(...(messages[nextMessage++] ?? []))
          }
        })
        .immediate(enrollments.slice(from, from + batchSize))
  }
  const seconds = (performance.now() - began) / 1000
  db.close()
  return seconds
}
