import { registry } from '../../shared/nodes/index.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { machineClock } from '../clock/machine.ts'
import { runDue } from '../engine/due.ts'
import { createEngine } from '../engine/engine.ts'
import { planCache, type Runtime } from '../engine/runtime.ts'
import { alone } from '../ports/claims.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { type Floor, floorOf, standings } from './floor.ts'
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

/** A runtime that logs nothing and asks no model. */
export function runtimeOf(db: BrandDatabase): Runtime {
  const store = createEngineStore(db, scratchBase(db))
  const silent = () => undefined
  return {
    store,
    registry,
    brand: () => benchBrand,
    askModel: () => false,
    batchSize,
    by: alone(machineClock),
    realNow: () => benchStart,
    log: { info: silent, warn: silent, error: silent },
    planFor: planCache(store, registry),
  }
}

/** A live journey that everybody has just entered. */
async function enteredWorld(path: string, members: number): Promise<{ db: BrandDatabase; runtime: Runtime }> {
  const db = openWorld(path, members)
  goLive(db, benchJourney)
  const runtime = runtimeOf(db)
  const ids = Array.from({ length: members }, (_, index) => memberId(index))
  await createEngine(runtime).enter(benchAct, benchJourney.id, ids)
  return { db, runtime }
}

export interface EngineFigures {
  readonly steps: number
  readonly engineSeconds: number
  readonly floorSeconds: number
}

/**
 * Runs the journey once to learn the rows that it writes, then again, batch by batch in turns with a bare
 * loop that writes those rows, so that whatever else the machine does slows both alike.
 */
export async function measureEngine(path: (name: string) => string, members: number): Promise<EngineFigures> {
  const learnt = await enteredWorld(path('learnt.sqlite'), members)
  const engine = createEngine(learnt.runtime)
  const waves = standings(learnt.db)
  waves.note()
  for (let day = 1; day <= 3; day += 1) {
    await engine.tick(benchStart + day * dayMs)
    waves.note()
  }
  const floor = floorOf(learnt.db, path('floor.sqlite'), waves.all)
  const { db, runtime } = await enteredWorld(path('engine.sqlite'), members)
  const figures = await inTurns(runtime, floor)
  for (const one of [floor, db, learnt.db]) one.close()
  return figures
}

async function inTurns(runtime: Runtime, floor: Floor): Promise<EngineFigures> {
  let engineMs = 0
  let floorMs = 0
  for (let day = 1; day <= 3; day += 1)
    for (;;) {
      const began = performance.now()
      const taken = await runDue(runtime, [benchJourney.id], benchStart + day * dayMs)
      const between = performance.now()
      if (taken === 0) break
      engineMs += between - began
      floor.readBatch()
      const again = performance.now()
      floor.writeBatch()
      floorMs += performance.now() - again
    }
  return { steps: floor.steps(), engineSeconds: engineMs / 1000, floorSeconds: floorMs / 1000 }
}
