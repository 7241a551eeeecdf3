import { limits } from '../../shared/limits.ts'
import { contentsOf } from '../../shared/models/content.ts'
import { summaryOf } from '../../shared/models/deeds.ts'
import type { FittedModels } from '../../shared/models/fitted.ts'
import { dayAt } from '../../shared/models/histories.ts'
import { scoredUnbought, scoringBy } from '../../shared/models/score.ts'
import type { WallTime } from '../ports/clock.ts'
import type { FreshStore, ScoredCustomer } from '../ports/models.ts'
import { untilDone } from '../ports/until-done.ts'
import { messagesIn } from './messages.ts'

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
const eventsAtOnce = 500

/** Scores customers anew when something of theirs has come in; until the base was scored once, nobody. */
export function createScorer({ store, brand, now, realNow, stopping, rest }: ScorerDeps) {
  const scored = async (
    fitted: FittedModels,
    customers: readonly string[],
  ): Promise<readonly ScoredCustomer[]> => {
    if (customers.length === 0) return []
    const { zone, currency } = brand()
    const at = now()
    const day = dayAt(at, zone)
    const score = scoringBy(fitted, { day, zone, currency })
    const deeds = await store.deedsOf(customers, at + 1)
    const found = [...deeds].flatMap(([customerId, own]) => {
      const summary = summaryOf(own, day, zone)
      return summary === null ? [] : [{ customerId, summary }]
    })
    const places = await messagesIn(
      store,
      found.map(({ summary }) => summary),
    )
    const bought = found.map(({ customerId, summary }) => ({
      customerId,
      ...score(summary, contentsOf(summary.touched, places)),
    }))
    const unbought = scoredUnbought(fitted)
    if (unbought === null) return bought
    const buyers = new Set(bought.map(({ customerId }) => customerId))
    const others = [...deeds.keys()].filter((id) => !buyers.has(id))
    return [...bought, ...others.map((customerId) => ({ customerId, ...unbought }))]
  }
  const scoreSome = async (): Promise<number> => {
    const fitted = await store.fitted()
    const fresh = fitted === null ? null : await store.fresh(eventsAtOnce)
    if (fitted === null || fresh === null) return 0
    const { customers, upTo, marks } = fresh
    const known = await scored(fitted, customers)
    const kept = new Set(known.map(({ customerId }) => customerId))
    const gone = customers.filter((id) => !kept.has(id))
    await store.keep(known, gone, { at: realNow(), upTo, marks })
    return customers.length + 1
  }
  const batches = untilDone({ step: scoreSome, stopping, rest })
  /** Why what went on in the background has ended, to be told to whoever comes next. */
  let broken: { readonly error: unknown } | null = null
  return {
    /** Until nothing is fresh; resolves to how much was done. Of what is too much to be waited for, it goes on beside. */
    async run(): Promise<number> {
      if (broken !== null) {
        const { error } = broken
        broken = null
        throw error
      }
      const beside = (await store.waiting()) > limits.freshEvents.value
      const running = batches.run()
      if (!beside) return running
      running.catch((error: unknown) => {
        broken = { error }
      })
      return 0
    },
    stop: batches.stop,
  }
}
