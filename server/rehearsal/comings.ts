import type { Plan } from '../../shared/compile/plan.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { anchorsAt, belongs, type Caller, fits } from '../../shared/run/enter.ts'
import type { LoadedFacts } from '../../shared/run/step.ts'
import type { Firing, Others, Schedule } from './others.ts'

/** One customer who asks to come into another journey. */
export interface Coming {
  readonly plan: Plan
  readonly caller: Caller
}

/** When one customer comes into the other live journeys, in the course of a rehearsal. */
export class Comings {
  readonly #others: Others
  readonly #brand: Brand
  readonly #drawn: boolean
  readonly #customer: Customer
  /** How many firings of each schedule have been. */
  readonly #fired: number[]

  /** `drawn`: events are foreseen by rates. Those on record have let in already, long ago. */
  constructor(others: Others, brand: Brand, drawn: boolean, customer: Customer) {
    this.#others = others
    this.#brand = brand
    this.#drawn = drawn
    this.#customer = customer
    this.#fired = others.schedules.map(() => 0)
  }

  #next(index: number): Firing | null {
    return this.#others.schedules[index]?.firing(this.#fired[index] ?? 0) ?? null
  }

  /** The next firing of any trigger; null when there is none. */
  nextAt(): number | null {
    let next: number | null = null
    for (let index = 0; index < this.#fired.length; index += 1) {
      const at = this.#next(index)?.at
      if (at !== undefined && (next === null || at < next)) next = at
    }
    return next
  }

  /** Lets the triggers fire whose time it is. */
  take(at: number, facts: LoadedFacts): Coming[] {
    return this.#others.schedules.flatMap((schedule, index) => {
      const firing = this.#next(index)
      if (firing?.at !== at) return []
      const fired = this.#fired[index] ?? 0
      this.#fired[index] = fired + 1
      return this.#letsIn(schedule, firing, fired === 0, facts)
    })
  }

  #letsIn({ plan, trigger, audience, cursor }: Schedule, firing: Firing, first: boolean, facts: LoadedFacts) {
    const customer = this.#customer
    if (first && cursor !== null && customer.id <= cursor) return []
    if (!this.#holds(plan, audience, null, firing, facts)) return []
    return [{ plan, caller: { trigger, customer, event: null, anchors: firing.anchors } }]
  }

  /** Whom an event lets in. */
  by(event: CustomerEvent, facts: LoadedFacts): Coming[] {
    if (!this.#drawn) return []
    return this.#others.eventTriggers.flatMap(({ plan, trigger, entrance }) => {
      if (!fits(entrance, event)) return []
      const anchors = anchorsAt(plan, null, event.at, this.#brand)
      const { audience } = entrance
      if (audience !== null && !this.#holds(plan, audience, event, { at: event.at, anchors }, facts))
        return []
      return [{ plan, caller: { trigger, customer: this.#customer, event, anchors } }]
    })
  }

  #holds(
    plan: Plan,
    audience: Condition,
    event: CustomerEvent | null,
    { at: now, anchors }: Firing,
    facts: LoadedFacts,
  ): boolean {
    return belongs(plan, audience, event, facts, { now, brand: this.#brand, anchors })
  }
}
