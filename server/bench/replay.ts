import { registry } from '../../shared/nodes/index.ts'
import { replayStored } from '../../shared/run/replay-stored.ts'
import { createEngine } from '../engine/engine.ts'
import { planCache } from '../engine/runtime.ts'
import { engineReader } from '../store/sqlite/engine-store.ts'
import { passageReader } from '../store/sqlite/enrollments/passages.ts'
import { runtimeOf } from './engine.ts'
import {
  batchSize,
  benchAct,
  benchBrand,
  benchJourney,
  benchStart,
  dayMs,
  goLive,
  memberId,
  openWorld,
} from './world.ts'

export interface ReplayFigures {
  readonly enrollments: number
  readonly same: number
  readonly seconds: number
  /** Of reading the same rows alone. */
  readonly floorSeconds: number
}

/** Everybody who has gone through the journey, walked again from the stored traces, page by page beside bare reads. */
export async function measureReplay(path: string, members: number): Promise<ReplayFigures> {
  const db = openWorld(path, members)
  goLive(db, benchJourney)
  const engine = createEngine(runtimeOf(db))
  const ids = Array.from({ length: members }, (_, index) => memberId(index))
  await engine.enter(benchAct, benchJourney.id, ids)
  for (let day = 1; day <= 3; day += 1) await engine.tick(benchStart + day * dayMs)
  const reader = passageReader(db.sqlite)
  const planFor = planCache(engineReader(db), registry)
  const raw = db.sqlite.prepare<[number, number]>(
    'select * from enrollments e join traces t on t.enrollment_id = e.id where e.id > ? and e.id <= ?',
  )
  const figures = { enrollments: 0, same: 0, seconds: 0, floorSeconds: 0 }
  for (let after = 0; ; after += batchSize) {
    const began = performance.now()
    const page = await reader.passagesAfter(after, batchSize)
    if (page.length === 0) break
    for (const passage of page)
      if ((await replayStored(passage, planFor, benchBrand)).sameEnd) figures.same += 1
    const between = performance.now()
    raw.raw().all(after, after + batchSize)
    figures.floorSeconds += (performance.now() - between) / 1000
    figures.seconds += (between - began) / 1000
    figures.enrollments += page.length
  }
  db.close()
  return figures
}
