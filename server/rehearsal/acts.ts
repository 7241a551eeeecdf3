import { actEvents, isAct } from '../../shared/conditions/acts.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { actsOf, type Doings } from '../../shared/run/acts.ts'
import { placeAfter } from './live.ts'

/** What journeys have done to one customer, on record and in the course of the rehearsal, as far as somebody asks for it. */
export class Acts {
  readonly #names: readonly string[]
  readonly #told: CustomerEvent[]
  #last = Number.NEGATIVE_INFINITY

  constructor(names: readonly string[], known: readonly CustomerEvent[]) {
    this.#names = names
    this.#told = names.length === 0 ? [] : known.filter(({ name }) => isAct(name))
  }

  /** Whether anybody asks for any. */
  get areAsked(): boolean {
    return this.#names.length > 0
  }

  /** Events that are no acts, as a list of its own. */
  others(events: readonly CustomerEvent[]): CustomerEvent[] {
    return this.#told.length === 0 ? [...events] : events.filter(({ name }) => !isAct(name))
  }

  /** Events with the acts among them, by time. */
  among(events: readonly CustomerEvent[]): readonly CustomerEvent[] {
    if (this.#told.length === 0) return events
    return [...events, ...this.#told].sort((one, other) => one.at - other.at)
  }

  tell(doings: Doings): void {
    if (this.#names.length === 0) return
    for (const event of actsOf(doings)) {
      if (!this.#names.includes(event.name)) continue
      this.#told.splice(placeAfter(this.#told, 0, event.at), 0, event)
      this.#last = event.at
    }
  }

  /** Whether something has been told of a moment, so that audiences may be others by it. */
  hasJustTold(at: number): boolean {
    return this.#last === at
  }

  /** A passage goes on no more. */
  end(enrollment: number, at: number): void {
    const place = this.#told.findIndex(
      ({ id, name }) => name === actEvents.entered && id === `entered:${enrollment}:0`,
    )
    const entry = this.#told[place]
    if (entry !== undefined) this.#told[place] = { ...entry, until: at }
  }
}
