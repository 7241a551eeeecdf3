import { dayAt } from '../../shared/models/histories.ts'
import { scoreCustomer } from '../../shared/models/score.ts'
import type { WallTime } from '../ports/clock.ts'
import type { FreshStore } from '../ports/models.ts'

export interface ScorerDeps {
  readonly store: FreshStore
  readonly brand: () => { readonly zone: string; readonly currency: string }
  /** On the brand's clock. */
  readonly now: () => number
  readonly realNow: WallTime
  readonly stopping: () => boolean
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>
}

/** Events that are looked through at once: the engine waits no longer than for one piece of them. */
const eventsAtOnce = 200

/** Scores customers anew when orders of theirs have come in; until the base was scored once, nobody. */
export function createScorer({ store, brand, now, realNow, stopping, rest }: ScorerDeps) {
  const scoreSome = async (): Promise<number> => {
    const fitted = await store.fitted()
    const fresh = fitted === null ? null : await store.fresh(eventsAtOnce)
    if (fitted === null || fresh === null) return 0
    const { zone, currency } = brand()
    const at = now()
    const place = { day: dayAt(at, zone), zone, currency }
    const orders = fresh.customers.length === 0 ? null : await store.ordersOf(fresh.customers, at + 1)
    const scored = [...(orders ?? [])].map(([customerId, own]) => ({
      customerId,
      ...scoreCustomer(fitted, own, place),
    }))
    const gone = fresh.customers.filter((id) => orders?.has(id) !== true)
    await store.keep(scored, gone, { at: realNow(), upTo: fresh.upTo })
    return fresh.customers.length + 1
  }
  let running: Promise<number> | null = null
  const runAll = async (): Promise<number> => {
    let all = 0
    while (!stopping()) {
      const some = await scoreSome()
      if (some === 0) break
      all += some
      await rest()
    }
    return all
  }
  return {
    /** Until nothing is fresh; resolves to how much was done. */
    run(): Promise<number> {
      running ??= runAll().finally(() => {
        running = null
      })
      return running
    },
    /** Resolves when the batch in hand is done. */
    async stop(): Promise<void> {
      await running
    },
  }
}
