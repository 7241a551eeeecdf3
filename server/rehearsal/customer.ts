import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { Problem } from '../../shared/errors/index.ts'
import { isWaitedFor } from '../../shared/journey/belonging.ts'
import type { Enrollment, Wake } from '../../shared/nodes/type.ts'
import { doingOf } from '../../shared/run/acts.ts'
import { belongs, type Caller, type Entries, enter, oneLess, oneMore } from '../../shared/run/enter.ts'
import { exitByAudience } from '../../shared/run/exits.ts'
import { countsUntil, standingAmong } from '../../shared/run/goals.ts'
import { type Reaction, reactAll, reactToRecorded } from '../../shared/run/react.ts'
import { goalReason, type Step, type StepContext, step } from '../../shared/run/step.ts'
import { Acts } from './acts.ts'
import { behave } from './behaviour.ts'
import { Comings } from './comings.ts'
import { Leaving } from './leaving.ts'
import {
  byTime,
  comesLater,
  dueOf,
  goalsBy,
  isOwn,
  type Kind,
  kinds,
  type Live,
  type Mover,
  mayCount,
  nextDueOf,
  placeAfter,
  underWay,
} from './live.ts'
import { reactionsTo } from './rates.ts'
import { type Given, Standing } from './standing.ts'
import { tripOf } from './trip.ts'
import type { RehearsedTrip } from './walked.ts'
import { type Arrival, isHeeded, type Member, type RehearsalWorld } from './world.ts'

/** More steps without time passing, or than twice all its nodes, mean that the journey does not end. */
const maxSteps = 1000

/** Lets one customer live through the rehearsal: arrivals, events and timers in the order of their time. */
export class Rehearsed {
  readonly #world: RehearsalWorld
  readonly #member: Member
  readonly #standing: Standing
  readonly #comings: Comings | null
  readonly #leaving: Leaving
  readonly #events: CustomerEvent[]
  /** What journeys have done, on record and here, by time; of it nobody hears. */
  readonly #acts: Acts
  #nextEvent = 0
  /** Of those, what nothing has brought about. */
  readonly #unprompted = new Set<CustomerEvent>()
  #live: Live[]
  /** Who has left, as far as there are goals to be reached or taken back. */
  readonly #past: Live[] = []
  /** Entries so far, by journey, and the event that let in last. */
  readonly #entries: Map<string, Entries>
  readonly #lastEvent = new Map<string, string>()
  /** Still to come, the next one first. */
  readonly #arrivals: Arrival[]
  /** Who has been woken and goes on, with the steps taken since. */
  #moving: { readonly live: Live; readonly wake: Wake; readonly steps: number }[] = []
  /** The event that has just been heard, by which other journeys may let in. */
  #heard: CustomerEvent | null = null
  /** Who stands still since the journey has paused itself. */
  #held = 0
  /** Those begun here are numbered from -1 down, so that none is taken for one on record. */
  #enrollments = 0

  /** `given` is what others who bear an address of this customer get, where there are any. */
  constructor(world: RehearsalWorld, member: Member, given: Given | null = null) {
    const { others, brand, assumed, named } = world
    this.#world = world
    this.#member = member
    this.#standing = new Standing(member, named, others !== null, given)
    const { customer, theirs } = member
    this.#comings =
      others === null ? null : new Comings({ others, brand, drawn: assumed !== null, customer, theirs })
    this.#leaving = new Leaving(world, theirs)
    this.#acts = new Acts(world.acts, member.events)
    this.#events = this.#acts.others(member.events)
    this.#live = (member.theirs?.underWay ?? []).map((stored) => ({ ...stored, ...underWay, other: true }))
    this.#entries = new Map(member.theirs?.entries)
    if (member.earlier !== null) this.#entries.set(world.plan.journey.id, member.earlier)
    this.#arrivals = [...member.arrivals].sort(byTime)
    const [first] = this.#arrivals
    this.#nextEvent = this.#events.findIndex((event) => first !== undefined && comesLater(event, first))
    if (this.#nextEvent < 0) this.#nextEvent = this.#events.length
  }

  /** When something happens next; infinite where nothing does any more before the end. */
  nextAt(): number {
    const { horizon } = this.#world
    const arrival = this.#arrivals[0]
    const event = this.#event()
    let at = event === undefined ? Number.POSITIVE_INFINITY : event.at
    // When all have left, goals alone are counted.
    if (arrival !== undefined || this.#live.some(isOwn)) {
      if (arrival !== undefined && arrival.at < at) at = arrival.at
      if (this.#comings !== null) at = Math.min(at, this.#comings.nextAt())
      at = Math.min(at, this.#leaving.nextAt(), nextDueOf(this.#live))
    }
    return at > horizon ? Number.POSITIVE_INFINITY : at
  }

  /** What happens first of what happens at the time that `nextAt` has just told; its place among the kinds. */
  kindAt(at: number): number {
    const kind = (): Kind => {
      const arrival = this.#arrivals[0]
      const event = this.#event()
      // Whom an event lets in comes before the next event is heard.
      if (event?.at === at) return arrival?.at === at && comesLater(event, arrival) ? 'arrival' : 'event'
      if (this.#comings?.nextAt() === at) return 'firing'
      if (arrival?.at === at) return 'arrival'
      return this.#leaving.nextAt() !== at || nextDueOf(this.#live) === at ? 'timer' : 'look'
    }
    return kinds.indexOf(kind())
  }

  /** Lets that happen; whom it sets going is among the movers then. */
  turn(at: number): void {
    const kind = kinds[this.kindAt(at)]
    this.#standing.reach(at)
    const event = this.#event()
    if (kind === 'event' && event !== undefined) this.#happen(event)
    else if (kind === 'firing') this.#fire(at)
    else if (kind === 'arrival') this.#arrive(this.#arrivals.shift())
    else if (kind === 'look') this.#takeOut(at)
    else for (const live of [...this.#live]) if (dueOf(live) === at) this.#wakeAtTime(live)
  }

  /** What follows when all whom an event has set going stand still again: others may let in by it. */
  afterwards(): void {
    const event = this.#heard
    this.#heard = null
    if (event === null || this.#comings === null) return
    const facts = this.#facts(true)
    for (const { plan, caller } of this.#comings.by(event, facts)) this.#enter(plan, caller, event.at, true)
  }

  /** Those on their way at a moment, who are no movers any more until they have taken their step. */
  movers(now: number): Mover[] {
    if (this.#moving.length === 0) return []
    const moving = this.#moving
    this.#moving = []
    return moving.map(({ live, wake, steps }) => ({
      journey: live.plan.journey.id,
      node: live.enrollment.state,
      enteredAt: live.enrollment.enteredAt,
      step: () => this.#move(live, wake, steps, now),
    }))
  }

  /** Lets somebody take a step who is the only one to move, as nearly always; answers whether that was so. */
  stepAlone(now: number): boolean {
    const only = this.#moving.length === 1 ? this.#moving.pop() : undefined
    if (only !== undefined) this.#move(only.live, only.wake, only.steps, now)
    return only !== undefined
  }

  /** Tells who is still on the way at the end. */
  end(): void {
    for (const { other } of this.#live) if (!other) this.#world.tally.waiting()
    for (let held = 0; held < this.#held; held += 1) this.#world.tally.waiting()
  }

  /** The next event of which anybody may hear. */
  #event(): CustomerEvent | undefined {
    const event = this.#events[this.#nextEvent]
    if (event === undefined || this.#live.length > 0) return event
    return this.#past.some((live) => mayCount(live, event.at)) ? event : undefined
  }

  #wakeAtTime(live: Live): void {
    this.#wake(live, { kind: live.enrollment.wait === null ? 'arrive' : 'timer' })
  }

  #facts(other: boolean) {
    return this.#standing.facts(this.#acts.among(this.#events), other)
  }

  #context(now: number): StepContext {
    return { now, brand: this.#world.brand, askModel: false, mayCall: false }
  }

  #arrive(arrival: Arrival | undefined): void {
    if (arrival === undefined) return
    const { at, audience, ...how } = arrival
    // What brings somebody in is done too.
    this.#stir(at)
    const { plan, brand } = this.#world
    const facts = this.#facts(false)
    const { event, anchors } = how
    if (audience !== null && !belongs(plan, audience, event, facts, { now: at, brand, anchors })) return
    this.#enter(plan, { ...how, customer: this.#member.customer }, at, false)
  }

  /** What is done or marked may put somebody into an audience, or take them out. */
  #stir(now: number): void {
    this.#comings?.marked(now)
    this.#leaving.wake(now)
  }

  /** Rule 18: out by the audiences that have just been left or joined. */
  #takeOut(at: number): void {
    const met = this.#leaving.look(at, (other) => this.#facts(other))
    for (const { journey, exit } of met)
      for (const live of this.#live.filter(({ plan }) => plan.journey.id === journey)) {
        const left = exitByAudience(live.plan, live.enrollment, exit, at)
        if (left !== null) this.#take(live, { steps: [left], enrollment: left.enrollment, ended: true }, at)
      }
  }

  #fire(at: number): void {
    const facts = this.#facts(true)
    for (const { plan, caller } of this.#comings?.take(at, facts) ?? []) this.#enter(plan, caller, at, true)
  }

  /** Rule 2, as the engine keeps it: an event lets into a journey once, however many triggers it fits. */
  #enter(plan: Plan, caller: Caller, at: number, other: boolean): void {
    const { id } = plan.journey
    const earlier = this.#entries.get(id)
    const event = caller.event === null ? undefined : `${caller.event.id} ${at}`
    if (event !== undefined && event === this.#lastEvent.get(id)) return
    const admitted = enter(plan, caller, earlier, { now: at, brand: this.#world.brand })
    if (admitted === null) {
      if (!other && this.#isOnRecord(id)) this.#world.tally.keptOut()
      return
    }
    if (event !== undefined) this.#lastEvent.set(id, event)
    this.#entries.set(id, oneMore(earlier, admitted.key, at))
    this.#enrollments += 1
    const first = admitted.begin(-this.#enrollments)
    const live: Live = { plan, other, enrollment: first.enrollment, ...underWay }
    const { tally } = this.#world
    if (!other) {
      this.#lives(caller.trigger, at)
      tally.entered(first.enrollment)
      tally.step({ ...first.enrollment, state: 'start' }, first, at)
    }
    this.#live.push(live)
    if (this.#acts.areAsked) this.#acts.tell(doingOf(plan, caller.trigger, first, at, null))
    this.#comings?.passed(first.enrollment, 'entered', null, at)
    if (first.ending !== null) this.#drop(live, at, first.ending)
    else if (!this.#meetRecorded(live, caller, at)) this.#wake(live, { kind: 'arrive' })
  }

  /** Under *rates*, what somebody does from an entry on without being asked; an earlier entry's part ends there. */
  #lives(trigger: string, at: number): void {
    const { assumed, horizon, heeded } = this.#world
    const behaviour = assumed?.behaviours.get(trigger)
    if (behaviour === undefined) return
    const coming = this.#events.splice(this.#nextEvent).filter((event) => !this.#unprompted.has(event))
    this.#events.push(...coming)
    this.#unprompted.clear()
    const { id: customerId } = this.#member.customer
    for (const event of behave(behaviour, { customerId, trigger, at, until: horizon }))
      if (isHeeded(heeded, event.name)) this.#unprompted.add(event)
    this.#foresee([...this.#unprompted])
  }

  /** Whether no entry of the rehearsal itself is what keeps out of a journey. */
  #isOnRecord(journeyId: string): boolean {
    return this.#member.earlier !== null && this.#entries.get(journeyId) === this.#member.earlier
  }

  /** What happened after the entry's event and before it was heard of; answers whether that has ended it. */
  #meetRecorded(live: Live, { event }: Caller, at: number): boolean {
    if (event === null) return false
    return this.#take(live, this.#recorded(live, at), at)
  }

  /** What is known of events besides themselves by a moment; of each journey, which goals they have reached. */
  #standingIn(journeyId: string, now: number) {
    const known = standingAmong(this.#events, now)
    const passages = [...this.#live, ...this.#past].filter(({ plan }) => plan.journey.id === journeyId)
    return (event: CustomerEvent) => {
      return known(event, new Set(passages.flatMap((live) => goalsBy(live, event))))
    }
  }

  #recorded(live: Live, at: number): Reaction {
    const standingOf = this.#standingIn(live.plan.journey.id, at)
    return reactToRecorded(live, this.#events, standingOf, this.#context(at))
  }

  #happen(event: CustomerEvent): void {
    this.#nextEvent += 1
    this.#stir(event.at)
    const ended = this.#meet(event)
    for (const live of [...this.#live])
      if (!ended.has(live) && isWaitedFor(live.enrollment, event.name))
        this.#wake(live, { kind: 'event', event })
    this.#heard = event
  }

  /** Goals and exit rules of all who watch for such an event; those whom it ends. */
  #meet(event: CustomerEvent): ReadonlySet<Live> {
    const now = event.at
    const ended = new Set<Live>()
    const watching = [...this.#live, ...this.#past].filter(({ plan }) => plan.watches.has(event.name))
    for (const journey of new Set(watching.map(({ plan }) => plan.journey.id))) {
      const hearers = watching.filter(({ plan }) => plan.journey.id === journey)
      const standing = this.#standingIn(journey, now)(event)
      for (const heard of reactAll(hearers, event, standing, this.#context(now))) {
        if ('error' in heard) throw heard.error
        const { hearer, reaction } = heard
        if (this.#take(hearer, reaction, now)) ended.add(hearer)
        else if (reaction.steps.some(({ trace }) => trace !== null && goalReason(trace) === 'goal-lost'))
          this.#take(hearer, this.#recorded(hearer, now), now)
      }
    }
    return ended
  }

  #take(live: Live, { steps, enrollment, ended }: Reaction, at: number): boolean {
    let before = live.enrollment
    for (const taken of steps) {
      if (this.#acts.areAsked) this.#acts.tell(doingOf(live.plan, before.state, taken, at, before.steps))
      if (!live.other) this.#world.tally.step(before, taken, at)
      before = taken.enrollment
    }
    live.enrollment = enrollment
    if (ended) this.#drop(live, at, steps.findLast(({ ending }) => ending !== null)?.ending ?? null)
    return ended
  }

  #wake(live: Live, wake: Wake): void {
    this.#moving.push({ live, wake, steps: 0 })
  }

  #move(live: Live, wake: Wake, steps: number, now: number): void {
    if (!live.other) {
      this.#decide(live, wake, steps, now)
      return
    }
    try {
      this.#decide(live, wake, steps, now)
    } catch {
      // Rule 26: in the engine this one alone would be stuck there, and be sent nothing more; the report tells.
      this.#world.tally.stuck(live.plan.journey)
      this.#drop(live, now, null)
    }
  }

  #decide(live: Live, wake: Wake, steps: number, now: number): void {
    if (steps > Math.max(maxSteps, 2 * live.plan.nodes.size))
      throw new Problem('endless-journey', { node: live.enrollment.state }, live.enrollment.state)
    const before = live.enrollment
    const facts = this.#facts(live.other)
    const taken = step(live.plan, before, wake, facts, this.#context(now))
    const trip = live.other ? null : tripOf(live, taken, this.#standing, now)
    if (trip !== null) {
      this.#hold(live, trip)
      return
    }
    live.enrollment = taken.enrollment
    if (this.#acts.areAsked) this.#acts.tell(doingOf(live.plan, before.state, taken, now, before.steps))
    for (const effect of taken.effects) this.#standing.apply(before, effect, live.other, now)
    if (!live.other) {
      this.#draw(before, taken, now)
      this.#world.tally.step(before, taken, now)
    }
    if (taken.effects.length > 0 || this.#acts.hasJustTold(now)) this.#stir(now)
    if (taken.ending !== null) this.#drop(live, now, taken.ending)
    else if (taken.trace !== null) this.#moving.push({ live, wake: { kind: 'arrive' }, steps: steps + 1 })
  }

  /** The journey pauses itself: the step is not taken, and this one stands still. */
  #hold(live: Live, trip: RehearsedTrip): void {
    this.#live = this.#live.filter((one) => one !== live)
    this.#held += 1
    this.#world.tally.tripped(trip)
  }

  /** Under *rates*, what follows a message. */
  #draw(before: Enrollment, { effects }: Step, now: number): void {
    const { assumed, heeded } = this.#world
    if (assumed !== null) this.#foresee(reactionsTo(assumed, before, effects, now, heeded))
  }

  /** Puts drawn events into the future, which stays in the order of time. */
  #foresee(events: readonly CustomerEvent[]): void {
    for (const event of events)
      this.#events.splice(placeAfter(this.#events, this.#nextEvent, event.at), 0, event)
  }

  /** Out of its journey; without an ending it has only come to a standstill, and nothing follows. */
  #drop(live: Live, now: number, ending: string | null): void {
    if (ending !== null) this.#comings?.passed(live.enrollment, 'left', ending, now)
    if (ending !== null) this.#acts.end(live.enrollment.id, now)
    this.#live = this.#live.filter((one) => one !== live)
    live.leftAt = now
    live.countsUntil = countsUntil(live, this.#world.brand)
    if (live.plan.goals.length > 0) this.#past.push(live)
    const { id } = live.plan.journey
    const entries = this.#entries.get(id)
    if (entries !== undefined) this.#entries.set(id, oneLess(entries))
  }
}
