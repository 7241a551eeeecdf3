import type { Logger } from 'pino'
import { engineActor } from '../../shared/audit/actor.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Enrollment, Registry } from '../../shared/nodes/type.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { Act } from '../ports/acts.ts'
import type { Claimant } from '../ports/claims.ts'
import type { Batch, BatchResult, Change, EngineStore, JourneyTrip } from '../ports/engine.ts'
import { troubleOf } from '../ports/trouble.ts'
import { changeOf, type Passage } from './round.ts'

/** What every part of one brand's engine works with. */
export interface Runtime {
  readonly store: EngineStore
  readonly registry: Registry
  readonly brand: () => Brand
  /** Whether a model is configured; without one the written text is sent. */
  readonly askModel: () => boolean
  readonly batchSize: number
  /** So many who come in by a firing are read at once, where a test has a say in it. */
  readonly entrantsPage?: number
  readonly by: Claimant
  /** Epoch milliseconds of real time, by which the log of changes is read. */
  readonly realNow: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly planFor: (journeyId: string, version: number) => Promise<Plan>
  /** Whether looks at audiences keep their distance: where time is virtual each is made as soon as all else is done. */
  readonly looksApart?: boolean
  /** Whether the server is going down: the batch in hand is the last. */
  readonly stopping?: () => boolean
}

interface KnownPlan {
  readonly stamp: number | null
  readonly plan: Promise<Plan>
}

/** Plans are read once: a version never changes, and is read again only where the journey's values have. */
export function planCache(
  store: Pick<EngineStore, 'version' | 'valuesStamp'>,
  registry: Registry,
): Runtime['planFor'] {
  const plans = new Map<string, KnownPlan>()
  return async (journeyId, version) => {
    const key = `${journeyId}@${version}`
    const stamp = await store.valuesStamp(journeyId)
    const known = plans.get(key)
    if (known?.stamp === stamp) return known.plan
    const loading = store
      .version(journeyId, version)
      .then(({ journey, table }) => planOf(journey, table, version, registry))
    plans.set(key, { stamp, plan: loading })
    loading.catch(() => plans.delete(key))
    return loading
  }
}

/**
 * The plan of a version, or null where it cannot be read: one broken journey holds up no other (rule 26),
 * and says so in the log.
 */
export async function planOrNull(runtime: Runtime, journeyId: string, version: number): Promise<Plan | null> {
  try {
    return await runtime.planFor(journeyId, version)
  } catch (error) {
    if (troubleOf(error) !== null) throw error
    runtime.log.error({ journey: journeyId, version, error: String(error) }, 'a version cannot be read')
    return null
  }
}

export function contextOf(runtime: Runtime, now: number): StepContext {
  return { now, brand: runtime.brand(), askModel: runtime.askModel(), mayCall: true }
}

/** Saves what the passages have done in one transaction. */
export async function save(
  runtime: Runtime,
  passages: readonly Passage[],
  stored: ReadonlyMap<Passage, Enrollment>,
  batch: Omit<Batch, 'changes'>,
): Promise<BatchResult> {
  const changes: Change[] = []
  const brand = runtime.brand()
  for (const passage of passages) {
    const change = changeOf(passage, stored.get(passage) ?? null, { now: batch.now, brand })
    if (change !== null) changes.push(change)
  }
  const failed = changes.filter(({ failure }) => failure !== null)
  for (const { enrollment, failure } of failed.slice(0, 5))
    runtime.log.error(
      {
        journey: enrollment.journeyId,
        enrollment: enrollment.id,
        node: enrollment.state,
        error: failure?.message,
      },
      'a node failed',
    )
  const act: Act = { actor: engineActor, at: batch.now, realAt: runtime.realNow() }
  const trips: JourneyTrip[] = []
  for (const { plan, trip, enrollment } of passages) {
    if (trip === null) continue
    trips.push({ journeyId: plan.journey.id, trip, act })
    // A log outlives whom it names: a passage leads to nobody once they are erased.
    runtime.log.warn(
      { journey: plan.journey.id, node: trip.node, enrollment: enrollment.id, limit: trip.limit },
      'the journey has paused itself: one address was about to get too many messages in an hour',
    )
  }
  return runtime.store.commit({ ...batch, changes, trips })
}
