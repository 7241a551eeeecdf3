import type { Plan } from '../../shared/compile/plan.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type Entrance, type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { anchorsAt, belongs, type Caller, fits, lacks, listEvent, toldAt } from '../../shared/run/enter.ts'
import { leadsOn, passedEvent } from '../../shared/run/following.ts'
import { type LoadedFacts, zoneOf } from '../../shared/run/step.ts'
import { type Changed, Watching } from '../../shared/run/watching.ts'
import type { Firing, Noted, Others, Schedule, Theirs } from './others.ts'

const never = Number.POSITIVE_INFINITY

/** One customer who asks to come into another journey. */
export interface Coming {
  readonly plan: Plan
  readonly caller: Caller
}

/** Whether a trigger still welcomes somebody who has been noted, when the time has come. */
const welcome: ForEntrances<[noted: Noted, facts: LoadedFacts, holds: Holds], boolean> = {
  schedule: () => false,
  event: ({ filter, audience }, { event }, _facts, holds) =>
    event !== null && fits({ filter }, event) && holds(audience),
  manual: () => true,
  membership: () => true,
  absence: (entrance, { plan, event, at }, { events }, holds) =>
    event !== null &&
    fits(entrance, event) &&
    lacks(plan, entrance, event, events, at) &&
    holds(entrance.audience),
  journey: () => true,
}

type Holds = (audience: Condition | null) => boolean

/** Everything of other live journeys that has to do with one customer's coming in. */
export interface ComingsRequest {
  readonly others: Others
  readonly brand: Brand
  /** Whether events are foreseen by rates. Those on record have let in already, long ago. */
  readonly drawn: boolean
  readonly customer: Customer
  readonly theirs: Theirs | null
}

/** When one customer comes into the other live journeys, in the course of a rehearsal. */
export class Comings {
  readonly #others: Others
  readonly #brand: Brand
  readonly #drawn: boolean
  readonly #customer: Customer
  /** How many firings of each schedule have been. */
  readonly #fired: number[]
  /** Noted for a time to come, the next one first. */
  readonly #noted: Noted[]
  readonly #watching: Watching | null

  constructor({ others, brand, drawn, customer, theirs }: ComingsRequest) {
    this.#others = others
    this.#brand = brand
    this.#drawn = drawn
    this.#customer = customer
    this.#fired = others.schedules.map(() => 0)
    this.#noted = [...(theirs?.noted ?? [])].sort((a, b) => a.at - b.at)
    const { memberships } = others.doors
    this.#watching =
      memberships.length === 0 ? null : new Watching(memberships, brand, theirs?.memberOf ?? new Set())
  }

  #next(index: number): Firing | null {
    return this.#others.schedules[index]?.firing(this.#fired[index] ?? 0) ?? null
  }

  /** When next a trigger fires, somebody noted has their time, or it is looked who is of an audience. */
  nextAt(): number {
    let next = Math.min(this.#noted[0]?.at ?? never, this.#watching?.nextAt() ?? never)
    for (let index = 0; index < this.#fired.length; index += 1)
      next = Math.min(next, this.#next(index)?.at ?? never)
    return next
  }

  /** Lets in whom that moment brings. */
  take(at: number, facts: LoadedFacts): Coming[] {
    return [...this.#fire(at, facts), ...this.#due(at, facts), ...this.#changed(at, facts)]
  }

  #fire(at: number, facts: LoadedFacts): Coming[] {
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

  /** Whom an event lets in; where another must not follow, it is noted when that is told. */
  by(event: CustomerEvent, facts: LoadedFacts): Coming[] {
    if (!this.#drawn) return []
    const { events, absences } = this.#others.doors
    for (const { plan, trigger, entrance } of absences)
      if (fits(entrance, event)) {
        const zone = this.#customer.timezone ?? zoneOf(plan, this.#brand)
        this.#note({ plan, trigger, event, at: toldAt(entrance, event, zone) })
      }
    return events.flatMap(({ plan, trigger, entrance }) => {
      if (!fits(entrance, event)) return []
      const anchors = anchorsAt(plan, null, event.at, this.#brand)
      const { audience } = entrance
      if (audience !== null && !this.#holds(plan, audience, event, { at: event.at, anchors }, facts))
        return []
      return [{ plan, caller: { trigger, customer: this.#customer, event, anchors } }]
    })
  }

  /** Tags or lists have changed: whoever is of an audience by them now is told at once. */
  marked(now: number): void {
    this.#watching?.wake(now)
  }

  /** Somebody has come into a journey, the rehearsed one too, or left it: others may follow. */
  passed(enrollment: Enrollment, on: 'entered' | 'left', ending: string | null, at: number): void {
    for (const { plan, trigger, entrance } of this.#others.doors.follows) {
      if (entrance.journey !== enrollment.journeyId || entrance.on !== on) continue
      if (ending !== null && !leadsOn({ endings: new Set(entrance.endings) }, ending)) continue
      this.#note({ plan, trigger, event: passedEvent(enrollment, { on, ending, at }), at })
    }
  }

  #note(noted: Noted): void {
    const place = this.#noted.findIndex(({ at }) => at > noted.at)
    this.#noted.splice(place < 0 ? this.#noted.length : place, 0, noted)
  }

  #due(at: number, facts: LoadedFacts): Coming[] {
    const due: Noted[] = []
    while (this.#noted[0] !== undefined && this.#noted[0].at <= at) due.push(...this.#noted.splice(0, 1))
    return due.flatMap((noted) => {
      const { plan, trigger, event } = noted
      const entrance = plan.triggers.find(({ id }) => id === trigger)?.entrance
      if (entrance === undefined) return []
      const anchors = anchorsAt(plan, null, at, this.#brand)
      const holds: Holds = (audience) =>
        audience === null || this.#holds(plan, audience, event, { at, anchors }, facts)
      if (!this.#isWelcome(entrance, noted, facts, holds)) return []
      return [{ plan, caller: { trigger, customer: this.#customer, event, anchors } }]
    })
  }

  /** Who stands in a list comes in by whichever trigger there is, as by hand. */
  #isWelcome(entrance: Entrance, noted: Noted, facts: LoadedFacts, holds: Holds): boolean {
    return noted.event?.name === listEvent || forEntrance(welcome, entrance, noted, facts, holds)
  }

  #changed(at: number, facts: LoadedFacts): Coming[] {
    const changed: readonly Changed[] = this.#watching?.look(at, facts) ?? []
    return changed.map(({ plan, trigger, anchors }) => ({
      plan,
      caller: { trigger, customer: this.#customer, event: null, anchors },
    }))
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
