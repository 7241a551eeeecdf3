import type { Journey } from '../../shared/journey/graph.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { createEngine } from '../engine/engine.ts'
import { carryMoves } from '../engine/moves.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { publish, saveDraft } from '../store/sqlite/journeys/journeys.ts'
import { runtimeOf } from './engine.ts'
import { quantile } from './quantile.ts'
import {
  benchAct,
  benchBrand,
  benchJourney,
  benchStart,
  dayMs,
  goLive,
  memberId,
  openWorld,
} from './world.ts'

/** The bench journey with another first wait, whose deadline is computed anew for everybody. */
const longer: Journey = journeySchema.parse({
  ...benchJourney,
  nodes: {
    ...benchJourney.nodes,
    'wait-1': {
      ...benchJourney.nodes['wait-1'],
      config: { until: { kind: 'duration', span: { amount: 2, unit: 'day' } } },
    },
  },
})

type Row = [
  state: string,
  dueAt: number,
  arrivedAt: number,
  steps: number,
  data: string,
  version: number,
  id: number,
]

/** Writes the rows of a batch in one transaction, as bare as may be. */
function floorOf({ sqlite }: BrandDatabase): (rows: readonly Row[]) => void {
  const update = sqlite.prepare(
    `update enrollments set state = ?, due_at = ?, arrived_at = ?, steps = ?, data = ?, version = ?
     where id = ? and steps = 1 and ended_at is null`,
  )
  const trace = sqlite.prepare(
    'insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, 1, ?, ?, ?, ?)',
  )
  const reason = JSON.stringify({ code: 'moved', from: 1, to: 2, node: 'wait-1' })
  const write = sqlite.transaction((rows: readonly Row[]) => {
    for (const row of rows) {
      update.run(...row)
      trace.run(row[6], benchStart, 'wait-1', 'moved', reason)
    }
  })
  return (rows) => write.immediate(rows)
}

async function waiting(path: string, members: number): Promise<BrandDatabase> {
  const db = openWorld(path, members)
  goLive(db, benchJourney)
  const ids = Array.from({ length: members }, (_, index) => memberId(index))
  await createEngine(runtimeOf(db)).enter(benchAct, benchJourney.id, ids)
  return db
}

export interface MoveFigures {
  readonly moved: number
  readonly engineSeconds: number
  readonly floorSeconds: number
  /** Of one batch, after which others have their turn: the 99th of a hundred (ms). */
  readonly batchMs: number
}

/** Everybody waits, and is moved to a version whose wait is longer, in turns with a bare loop writing the same rows. */
export async function measureMoves(path: (name: string) => string, members: number): Promise<MoveFigures> {
  const db = await waiting(path('moved.sqlite'), members)
  const beside = await waiting(path('bare.sqlite'), members)
  const now = benchStart + dayMs / 2
  saveDraft(db, benchJourney.id, { journey: longer, revision: 1, now })
  publish(db, benchJourney.id, {
    ...{ revision: 2, now, brand: benchBrand, registry },
    choice: { fate: 'move', mapping: {} },
  })
  const runtime = runtimeOf(db)
  const writeBare = floorOf(beside)
  const moved = db.sqlite
    .prepare<[number, number], Row>(
      `select state, due_at, arrived_at, steps, data, version, id from enrollments
       where version = 2 and id > ? order by id limit ?`,
    )
    .raw()
  const batches: number[] = []
  let engineMs = 0
  let floorMs = 0
  for (let last = 0; ; ) {
    const began = performance.now()
    const done = await carryMoves(runtime, now)
    const took = performance.now() - began
    if (done === 0) break
    engineMs += took
    batches.push(took)
    const rows = moved.all(last, done)
    last = rows.at(-1)?.[6] ?? last
    const again = performance.now()
    writeBare(rows)
    floorMs += performance.now() - again
  }
  const count =
    db.sqlite.prepare<[], number>('select count(*) from enrollments where version = 2').pluck().get() ?? 0
  for (const one of [db, beside]) one.close()
  const batchMs = quantile(batches, 0.99)
  return { moved: count, engineSeconds: engineMs / 1000, floorSeconds: floorMs / 1000, batchMs }
}
