import type { RatesBasis } from '../../shared/api/rehearsal.ts'
import type { Model } from './behaviour.ts'
import { type Counted, count, nothingCounted } from './counting.ts'
import { idle, likeAnyTime, likePastYears, type WholePast } from './models.ts'
import { afterSuchEvents, type PastRequest, type SameWeeks, sameWeeks, wholePast } from './pasts.ts'
import type { Entered } from './world.ts'

const dayMs = 86_400_000

/** What is known of the past of those whom one trigger lets in. */
export interface Known {
  readonly model: Model
  /** null where it is not the same weeks of past years that tell. */
  readonly weeks: SameWeeks | null
  readonly people: RatesBasis['people']
  readonly counted: Counted
}

const nothing: Known = { model: idle, weeks: null, people: 'nobody', counted: nothingCounted }

/** Asks the brand's past about triggers; `days` is how long the same weeks are. */
export function pastReader(request: PastRequest, days: number): (entered: Entered) => Promise<Known> {
  const { plan, start } = request
  const { id } = plan.journey
  const within = (pasts: SameWeeks['pasts']) =>
    count(pasts.map(({ at, events }) => ({ at, until: Math.min(start, at + days * dayMs), events })))
  let asked: Promise<WholePast[] | null> | null = null
  const everybody = () => {
    asked ??= wholePast(request)
    return asked
  }
  // The first that has enough to say: the same weeks of past years, then the whole past, then nothing.
  return async (entered) => {
    const weeks = await sameWeeks(request, entered)
    if (weeks !== null) {
      const { pasts, people } = weeks
      return { model: likePastYears(pasts, id), weeks, people, counted: within(pasts) }
    }
    const after = await afterSuchEvents(request, entered)
    if (after !== null)
      return { model: likePastYears(after, id), weeks: null, people: 'entrants', counted: within(after) }
    const whole = await everybody()
    if (whole === null) return nothing
    const counted = count(whole.map(({ since, events }) => ({ at: since, until: start, events })))
    return { model: likeAnyTime(whole, id, start), weeks: null, people: 'everybody', counted }
  }
}
