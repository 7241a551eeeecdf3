import type { RatesBasis } from '../../shared/api/rehearsal.ts'
import { type Counted, count, nothingCounted } from './counting.ts'
import type { Pasts, WholePast } from './models.ts'
import { afterSuchEvents, type PastRequest, type SameWeeks, sameWeeks, wholePast } from './pasts.ts'
import type { Entered } from './world.ts'

const dayMs = 86_400_000

/** What is known of the past of those whom one trigger lets in. */
export interface Known {
  readonly model: Pasts
  /** null where it is not the same weeks of past years that tell. */
  readonly weeks: SameWeeks | null
  readonly people: RatesBasis['people']
  readonly counted: Counted
}

const nothing: Known = { model: { kind: 'nobody' }, weeks: null, people: 'nobody', counted: nothingCounted }

/** Asks the brand's past about triggers; `days` is how long the same weeks are. */
export function pastReader(request: PastRequest, days: number): (entered: Entered) => Promise<Known> {
  const { start } = request
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
      return { model: { kind: 'past-years', pasts }, weeks, people, counted: within(pasts) }
    }
    const after = await afterSuchEvents(request, entered)
    if (after !== null)
      return {
        model: { kind: 'past-years', pasts: after },
        weeks: null,
        people: 'entrants',
        counted: within(after),
      }
    const whole = await everybody()
    if (whole === null) return nothing
    const counted = count(whole.map(({ since, events }) => ({ at: since, until: start, events })))
    return { model: { kind: 'any-time', people: whole }, weeks: null, people: 'everybody', counted }
  }
}
