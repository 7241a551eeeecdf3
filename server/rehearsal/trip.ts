import { breakerWindowMs, oneTooMany, promotionsIn, readerOf } from '../../shared/run/breaker.ts'
import type { Step } from '../../shared/run/step.ts'
import type { Live } from './live.ts'
import type { Standing } from './standing.ts'
import type { RehearsedTrip } from './walked.ts'

/** Rule 11: what a step is about to send, where it is too much. */
export function tripOf(
  { plan, enrollment }: Live,
  { effects }: Step,
  standing: Standing,
  now: number,
): RehearsedTrip | null {
  const promotions = promotionsIn(effects)
  if (promotions.length === 0) return null
  const since = now - breakerWindowMs
  const { state: node, customerId: customer } = enrollment
  const sent = new Map(
    promotions.map((one) => [readerOf(customer, one), standing.promotedTo(one, plan.journey.id, since)]),
  )
  const found = oneTooMany(plan, customer, promotions, sent)
  return found === null ? null : { at: now, node, customer, ...found }
}
