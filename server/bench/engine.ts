import { registry } from '../../shared/nodes/index.ts'
import { createEngine } from '../engine/engine.ts'
import { planCache, type Runtime } from '../engine/runtime.ts'
import type { BrandDatabase } from '../store/database.ts'
import { createEngineStore } from '../store/engine-store.ts'
import { benchBrand, benchStart, dayMs, memberId } from './world.ts'

export const batchSize = 1000

/** A runtime that logs nothing and asks no model. */
export function runtimeOf(db: BrandDatabase): Runtime {
  const store = createEngineStore(db, () => benchBrand)
  const silent = () => undefined
  return {
    store,
    registry,
    brand: () => benchBrand,
    askModel: () => false,
    batchSize,
    log: { info: silent, warn: silent, error: silent },
    planFor: planCache(store, registry),
  }
}

/** Lets everybody in and runs until all have left; seconds and steps of the waves after the entry. */
export async function runEngine(
  db: BrandDatabase,
  members: number,
): Promise<{ steps: number; seconds: number }> {
  const runtime = runtimeOf(db)
  const engine = createEngine(runtime)
  await engine.enter(
    'bench',
    Array.from({ length: members }, (_, index) => memberId(index)),
    benchStart,
  )
  const before = countTraces(db)
  const began = performance.now()
  for (let day = 1; day <= 3; day += 1) await engine.tick(benchStart + day * dayMs)
  const seconds = (performance.now() - began) / 1000
  return { steps: countTraces(db) - before, seconds }
}

function countTraces(db: BrandDatabase): number {
  return db.sqlite.prepare<[], { n: number }>('select count(*) as n from traces').get()?.n ?? 0
}
