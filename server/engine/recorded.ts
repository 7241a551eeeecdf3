import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { referenceAt } from '../../shared/journey/reference.ts'
import { reactToRecorded } from '../../shared/run/react.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { EngineStore } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { type Passage, record } from './round.ts'
import { standings } from './standing.ts'

type Source = Pick<EngineStore, 'eventsBetween' | 'goalHits' | 'orderStandings'>

/** What the customers of some passages have done since each began, of what their journeys watch, by customer. */
async function recordedOf(
  source: Source,
  passages: readonly Passage[],
  now: number,
): Promise<Map<string, CustomerEvent[]>> {
  const names = new Set(passages.flatMap(({ plan }) => [...plan.watches]))
  if (names.size === 0) return new Map()
  const ids = [...new Set(passages.map(({ enrollment }) => enrollment.customerId))]
  const since = passages.reduce((least, { enrollment }) => Math.min(least, referenceAt(enrollment)), now)
  return source.eventsBetween(ids, [...names], since, now)
}

/**
 * Lets passages meet what is recorded already of what has happened since they began: it reaches goals and ends
 * them at once, whatever came in first (rules 4 and 19). One that cannot be asked fails alone (rule 26).
 */
export async function meetRecorded(
  source: Source,
  passages: readonly Passage[],
  context: StepContext,
): Promise<void> {
  const recorded = await recordedOf(source, passages, context.now)
  if (recorded.size === 0) return
  const told = [...recorded].flatMap(([customerId, events]) => events.map((event) => ({ customerId, event })))
  const standing = await standings(source, told, context.now)
  for (const passage of passages) {
    const { customerId, journeyId } = passage.enrollment
    const events = recorded.get(customerId) ?? []
    try {
      const standingOf = (event: CustomerEvent) => standing(journeyId, { customerId, event })
      const { steps, ended } = reactToRecorded(passage, events, standingOf, context)
      const { wake } = passage
      for (const step of steps) record(passage, step, context.now, null)
      if (ended) passage.withdraw = true
      else passage.wake = wake
    } catch (error) {
      passage.failure = failureAfter(passage.attempts, error, context.now)
      passage.wake = null
    }
  }
}
