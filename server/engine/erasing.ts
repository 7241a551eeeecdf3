import { engineActor } from '../../shared/audit/actor.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { Reason } from '../../shared/effects/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Change, EngineStore } from '../ports/engine.ts'
import type { EraserStore, OpenErasure } from '../ports/erasures.ts'
import { troubleOf } from '../ports/trouble.ts'
import type { Engine } from './engine.ts'
import { takenOut } from './stop.ts'

export interface EraserDeps {
  readonly erasing: EraserStore
  readonly store: Pick<EngineStore, 'commit'>
  readonly engine: Pick<Engine, 'exclusive'>
  readonly planFor: (journeyId: string, version: number) => Promise<Plan>
  readonly now: () => number
  /** Real time, by which certificates and the log of changes are read. */
  readonly realNow: () => number
  readonly brand: () => Brand
  readonly stopping: () => boolean
}

/** Forgets people who are to be forgotten, one erasure after another. */
export interface Eraser {
  /** Does what can be done now; resolves to how many erasures were finished. */
  run(): Promise<number>
  /** Begins nothing new; resolves when the batch in hand is done. */
  stop(): Promise<void>
}

const reason: Reason<'erased'> = { code: 'erased' }

/**
 * Rule 20: ends every passage of somebody between two batches of the engine's, forgets who it is, so that nothing new
 * begins, and then takes away all that there is, batch by batch. Each part is a transaction that can be made again, so
 * what a process leaves half done the next one finishes.
 */
export function createEraser(deps: EraserDeps): Eraser {
  const { erasing, store, engine, planFor, now, realNow, brand } = deps
  let current: Promise<number> | null = null
  let stopped = false
  const stopping = () => stopped || deps.stopping()

  const leaveAll = async ({ customerIds }: OpenErasure): Promise<void> => {
    const at = { now: now(), brand: brand() }
    const changes: Change[] = []
    for (const stored of await erasing.underWay(customerIds)) {
      const { journeyId, version } = stored.enrollment
      const plan = await planFor(journeyId, version).catch((error: unknown) => {
        // A version that cannot be read keeps nobody in; a store that is in trouble is waited for.
        if (troubleOf(error) !== null) throw error
        return null
      })
      const change = takenOut(plan, stored, reason, at)
      if (change !== null) changes.push(change)
    }
    if (changes.length > 0) await store.commit({ now: at.now, changes, taken: [] })
  }
  const eraseOne = async (one: OpenErasure): Promise<boolean> => {
    const free = await engine.exclusive(async () => {
      await leaveAll(one)
      return erasing.forget(one.id, now())
    })
    // What a channel has in its hands is told what became of it first.
    if (!free) return false
    for (;;) {
      if (stopping()) return false
      if ((await engine.exclusive(() => erasing.step(one.id))) === 0) break
    }
    if (stopping() || !(await erasing.clear(one.id))) return false
    await erasing.finish({ actor: engineActor, at: now(), realAt: realNow() }, one.id)
    return true
  }
  const work = async (): Promise<number> => {
    for (let done = 0; ; done += 1) {
      const one = stopping() ? null : await erasing.next()
      if (one === null || !(await eraseOne(one))) {
        if (!stopping()) await engine.exclusive(() => erasing.sweep(realNow()))
        return done
      }
    }
  }
  return {
    run() {
      current ??= work().finally(() => {
        current = null
      })
      return current
    },
    async stop() {
      stopped = true
      await current?.catch(() => undefined)
    },
  }
}
