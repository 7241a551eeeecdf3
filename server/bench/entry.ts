import type { Runtime } from '../engine/runtime.ts'
import { createFirings } from '../engine/schedule.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { runtimeOf } from './engine.ts'
import { audienceJourney, batchSize, benchBrand, benchStart, dayMs, goLive, openWorld } from './world.ts'

type Row = (string | number | null)[]

const due = benchStart + dayMs

/** A live journey whose audience is due to come in. */
function dueWorld(path: string, members: number): BrandDatabase {
  const db = openWorld(path, members)
  goLive(db, audienceJourney)
  db.sqlite
    .prepare('insert into triggers (journey_id, node, version, due_at) values (?, ?, 1, ?)')
    .run(audienceJourney.id, 'list', due)
  return db
}

const columns = `id, shard, journey_id, version, customer_id, entry_key, state, status, entered_at, arrived_at, due_at,
  wait_event, control, steps, entry, data, attempts, error, ended_at, ending,
  counts_until`
const traceColumns = 'enrollment_id, seq, at, node, outcome, reason'
const marks = (names: string) => names.split(',').fill('?').join(', ')

/** The rows that an entry has left, batch by batch, and a bare loop that inserts those of one batch. */
function bareEntries(done: BrandDatabase, path: string) {
  const enrollments = done.sqlite
    .prepare<[number, number], Row>(`select ${columns} from enrollments order by id limit ? offset ?`)
    .raw()
  const traces = done.sqlite
    .prepare<[number, number], Row>(
      `select ${traceColumns} from traces where enrollment_id between ? and ? order by enrollment_id, seq`,
    )
    .raw()
  const db = openDatabase(path)
  const enroll = db.sqlite.prepare(`insert into enrollments (${columns}) values (${marks(columns)})`)
  const trace = db.sqlite.prepare(`insert into traces (${traceColumns}) values (${marks(traceColumns)})`)
  const write = db.sqlite.transaction((rows: readonly Row[], told: readonly Row[]) => {
    for (const [index, row] of rows.entries()) {
      enroll.run(...row)
      trace.run(...(told[index] ?? []))
    }
  })
  let written = 0
  /** Answers how long it took (ms), or null when all are written. */
  const writeBatch = (): number | null => {
    const rows = enrollments.all(batchSize, written)
    if (rows.length === 0) return null
    const told = traces.all(Number(rows.at(0)?.[0]), Number(rows.at(-1)?.[0]))
    const began = performance.now()
    write.immediate(rows, told)
    written += rows.length
    return performance.now() - began
  }
  return { writeBatch, written: () => written, close: () => db.close() }
}

export interface EntryFigures {
  readonly entered: number
  readonly engineSeconds: number
  readonly floorSeconds: number
}

/** As in a server, where the copy is made ahead and a firing finds it. */
async function madeCopy({ store }: Runtime): Promise<void> {
  const moment = { now: benchStart, zone: benchBrand.zone, anchors: {} }
  await store.select({ kind: 'all', of: [] }, moment, { after: null, limit: 1, continued: false })
}

/** An audience comes in by its trigger, batch by batch in turns with bare inserts of the same rows. */
export async function measureEntry(path: (name: string) => string, members: number): Promise<EntryFigures> {
  const learnt = dueWorld(path('learnt.sqlite'), members)
  const first = createFirings(runtimeOf(learnt))
  while ((await first(due)) > 0);
  const floor = bareEntries(learnt, path('floor.sqlite'))
  const db = dueWorld(path('engine.sqlite'), members)
  const runtime = runtimeOf(db)
  await madeCopy(runtime)
  const fire = createFirings(runtime)
  let engineMs = 0
  let floorMs = 0
  for (;;) {
    const began = performance.now()
    const fired = await fire(due)
    engineMs += performance.now() - began
    const took = floor.writeBatch()
    if (fired === 0 || took === null) break
    floorMs += took
  }
  const entered = floor.written()
  for (const one of [floor, db, learnt]) one.close()
  return { entered, engineSeconds: engineMs / 1000, floorSeconds: floorMs / 1000 }
}
