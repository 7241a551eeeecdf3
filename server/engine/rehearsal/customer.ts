import type { Rates } from '../../../shared/api/rehearsal.ts'
import type { Plan } from '../../../shared/compile/plan.ts'
import type { Customer, CustomerEvent } from '../../../shared/conditions/customer.ts'
import { timesLeft } from '../../../shared/conditions/evaluate.ts'
import { Problem } from '../../../shared/errors.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import type { Enrollment, Entry, Touch, Wake } from '../../../shared/nodes/type.ts'
import { react } from '../../../shared/run/react.ts'
import { admit, type LoadedFacts, type Step, type StepContext, step } from '../../../shared/run/step.ts'
import type { KnownTouch } from '../../store/touches.ts'
import { entryKeyOf, mayEnter } from '../admission.ts'
import { drawReactions } from './rates.ts'
import type { Tally } from './tally.ts'

/** A moment at which a customer asks to come in. */
export interface Arrival {
  readonly at: number
  readonly entry: Entry
}

/** One customer of the rehearsal's world, as things stood at its start. */
export interface Member {
  readonly customer: Customer
  readonly tags: ReadonlySet<string>
  readonly audiences: ReadonlySet<string>
  /** Oldest first; under *backtest* those of the future too. */
  readonly events: readonly CustomerEvent[]
  readonly touches: readonly KnownTouch[]
  readonly arrivals: readonly Arrival[]
}

export interface RehearsalWorld {
  readonly plan: Plan
  readonly brand: Brand
  /** Nothing later than this happens. */
  readonly horizon: number
  /** null under *backtest*. */
  readonly rates: Rates | null
  readonly meanOrder: number
  readonly tally: Tally
}

/** More steps than this without time passing mean that the journey does not end. */
const maxSteps = 1000

interface Live {
  enrollment: Enrollment
  key: string
}

/** Lets one customer live through the rehearsal: arrivals, events and timers in the order of their time. */
export class Rehearsed {
  readonly #world: RehearsalWorld
  readonly #member: Member
  readonly #tags: Set<string>
  readonly #audiences: Set<string>
  readonly #touches: Touch[] = []
  /** Messages on record that are decided later than the virtual now, the next one last. */
  readonly #recorded: KnownTouch[]
  #events: CustomerEvent[]
  #nextEvent = 0
  #live: Live[] = []
  readonly #earlier = { enteredAt: 0, keys: new Set<string>() }
  #lastEvent: string | null = null

  constructor(world: RehearsalWorld, member: Member) {
    this.#world = world
    this.#member = member
    this.#tags = new Set(member.tags)
    this.#audiences = new Set(member.audiences)
    this.#recorded = [...member.touches].reverse()
    this.#events = [...member.events]
  }

  run(): void {
    const { horizon, tally } = this.#world
    const arrivals = [...this.#member.arrivals].sort((a, b) => a.at - b.at)
    const first = arrivals[0]
    if (first === undefined) return
    this.#nextEvent = this.#events.findIndex(({ at }) => at > first.at)
    if (this.#nextEvent < 0) this.#nextEvent = this.#events.length
    for (;;) {
      const event = this.#events[this.#nextEvent]
      const timer = this.#nextTimer()
      const eventAt = this.#live.length > 0 && event ? event.at : Number.POSITIVE_INFINITY
      const arrivalAt = arrivals[0]?.at ?? Number.POSITIVE_INFINITY
      const at = Math.min(eventAt, arrivalAt, timer?.at ?? Number.POSITIVE_INFINITY)
      if (at > horizon) break
      if (eventAt === at && event !== undefined) this.#happen(event)
      else if (arrivalAt === at) this.#arrive(arrivals.shift())
      else if (timer !== null) this.#wake(timer.live, { kind: 'timer' }, at)
    }
    for (let rest = this.#live.length; rest > 0; rest -= 1) tally.waiting()
  }

  #nextTimer(): { live: Live; at: number } | null {
    let next: { live: Live; at: number } | null = null
    for (const live of this.#live) {
      const at = live.enrollment.wait?.until ?? Number.POSITIVE_INFINITY
      if (at !== Number.POSITIVE_INFINITY && (next === null || at < next.at)) next = { live, at }
    }
    return next
  }

  #context(now: number): StepContext {
    for (let next = this.#recorded.at(-1); next !== undefined && next.decidedAt <= now; ) {
      this.#touches.push(next)
      this.#recorded.pop()
      next = this.#recorded.at(-1)
    }
    return { now, brand: this.#world.brand, askModel: false }
  }

  #facts(): LoadedFacts {
    return {
      customer: this.#member.customer,
      tags: this.#tags,
      audiences: this.#audiences,
      events: this.#events,
      touches: this.#touches,
      reply: null,
    }
  }

  #arrive(arrival: Arrival | undefined): void {
    if (arrival === undefined) return
    const { plan, tally } = this.#world
    const { reentry } = plan.settings
    const key = entryKeyOf(reentry, arrival.entry.event)
    const been = this.#earlier.keys.size > 0
    const earlier = been ? { ...this.#earlier, live: this.#live.length } : undefined
    const event = arrival.entry.event?.id ?? null
    // An event lets in once, however many triggers it fits.
    if (event !== null && event === this.#lastEvent) return
    if (!mayEnter(reentry, key, earlier, arrival.at)) return
    this.#lastEvent = event
    this.#earlier.enteredAt = arrival.at
    this.#earlier.keys.add(key)
    const { customer } = this.#member
    const first = admit(plan, { id: 0, customerId: customer.id, now: arrival.at, entry: arrival.entry })
    const live: Live = { enrollment: first.enrollment, key }
    tally.entered(first.enrollment)
    this.#live.push(live)
    tally.step({ ...first.enrollment, state: 'start' }, first, arrival.at)
    if (first.ending === null) this.#wake(live, { kind: 'arrive' }, arrival.at)
    else this.#drop(live)
  }

  #happen(event: CustomerEvent): void {
    this.#nextEvent += 1
    const { plan } = this.#world
    const context = this.#context(event.at)
    for (const live of [...this.#live]) {
      if (plan.watches.has(event.name)) {
        const reaction = react(plan, live.enrollment, event, context)
        let before = live.enrollment
        for (const taken of reaction.steps) {
          this.#world.tally.step(before, taken, event.at)
          before = taken.enrollment
        }
        live.enrollment = reaction.enrollment
        if (reaction.ended) {
          this.#drop(live)
          continue
        }
      }
      if (live.enrollment.wait?.event?.event === event.name)
        this.#wake(live, { kind: 'event', event }, event.at)
    }
  }

  #wake(live: Live, first: Wake, now: number): void {
    let wake = first
    const context = this.#context(now)
    for (let steps = 0; ; steps += 1) {
      if (steps > maxSteps)
        throw new Problem('endless-journey', { node: live.enrollment.state }, live.enrollment.state)
      const before = live.enrollment
      const taken = step(this.#world.plan, before, wake, this.#facts(), context)
      live.enrollment = taken.enrollment
      this.#apply(before, taken, now)
      this.#world.tally.step(before, taken, now)
      if (taken.ending !== null) this.#drop(live)
      if (taken.ending !== null || taken.trace === null) return
      wake = { kind: 'arrive' }
    }
  }

  #apply(before: Enrollment, taken: Step, now: number): void {
    for (const effect of taken.effects) {
      if (effect.kind === 'tag') {
        for (const tag of effect.remove) this.#tags.delete(tag)
        for (const tag of effect.add) this.#tags.add(tag)
      } else if (effect.kind === 'join') this.#audiences.add(effect.audience)
      else if (effect.kind === 'send') {
        if (effect.purpose === 'marketing') this.#touches.push({ channel: effect.channel, at: now })
        const { rates, meanOrder } = this.#world
        if (rates === null) continue
        const visit = timesLeft(before.history, before.state) + 1
        this.#foresee(drawReactions(rates, before, visit, effect, now, meanOrder))
      }
    }
  }

  /** Puts drawn events into the future, which stays in the order of time. */
  #foresee(events: readonly CustomerEvent[]): void {
    const past = this.#events.slice(0, this.#nextEvent)
    const future = [...this.#events.slice(this.#nextEvent), ...events].sort((a, b) => a.at - b.at)
    this.#events = [...past, ...future]
  }

  #drop(live: Live): void {
    this.#live = this.#live.filter((one) => one !== live)
  }
}
