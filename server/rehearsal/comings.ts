import type { Plan } from '../../shared/compile/plan.ts'
import { matches } from '../../shared/conditions/compare.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import { evaluate } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Entry } from '../../shared/nodes/type.ts'
import { type LoadedFacts, zoneOf } from '../../shared/run/step.ts'
import { anchorsAt } from '../engine/admission.ts'
import type { Firing, Others, Schedule } from './others.ts'

/** One customer who asks to come into another journey. */
export interface Coming {
  readonly plan: Plan
  readonly entry: Entry
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
    const { id, timezone } = this.#customer
    if (first && cursor !== null && id <= cursor) return []
    const { at, anchors } = firing
    if (!this.#holds(plan, audience, { at, anchors, properties: {} }, facts)) return []
    return [{ plan, entry: { trigger, timezone, event: null, anchors } }]
  }

  /** Whom an event lets in. */
  by(event: CustomerEvent, facts: LoadedFacts): Coming[] {
    if (!this.#drawn) return []
    return this.#others.eventTriggers.flatMap(({ plan, trigger, entrance }) => {
      if (!matches(entrance.filter, event)) return []
      const { id, at, properties } = event
      const anchors = anchorsAt(plan, null, at, this.#brand)
      if (
        entrance.audience !== null &&
        !this.#holds(plan, entrance.audience, { at, anchors, properties }, facts)
      )
        return []
      const { timezone } = this.#customer
      return [{ plan, entry: { trigger, timezone, event: { id, properties }, anchors } }]
    })
  }

  #holds(
    plan: Plan,
    condition: Condition,
    moment: Firing & { readonly properties: CustomerEvent['properties'] },
    facts: LoadedFacts,
  ): boolean {
    const { at, anchors, properties } = moment
    const time = { now: at, zone: zoneOf(plan, this.#brand), enteredAt: null, anchors }
    return evaluate(condition, { ...facts, history: {}, entry: properties }, time)
  }
}
