import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { leftState, type Plan } from '../../shared/compile/plan.ts'
import { type ForReported, forReported, type Json } from '../../shared/effects/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { spacingOf } from '../../shared/journey/rate.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { goalReason, goalReasons, type Step, type TraceEntry } from '../../shared/run/step.ts'
import { add, bump, type Figures, Ledger } from './ledger.ts'
import { polishedIn } from './report.ts'
import { earlier, type RehearsedTrip, type Walked } from './walked.ts'
import type { Witness } from './world.ts'

/** Names of the variables that were missing, out of a suppressed send's reason. */
function missingNames(problems: Json | undefined): string[] {
  if (!Array.isArray(problems)) return []
  return problems.flatMap((problem: Json) => {
    if (problem === null || typeof problem !== 'object' || Array.isArray(problem)) return []
    const { name, code } = problem as { name?: Json; code?: Json }
    return [String(name ?? code ?? '')]
  })
}

/** Adds up what the enrollments of some customers do, in whole households. */
export class Tally {
  readonly #ledger: Ledger
  readonly #nodes: ReadonlySet<string>
  readonly #audiences = new Map<string, Set<string>>()
  readonly #endings: Record<string, number> = {}
  readonly #goals = new Map<string, { reached: number; control: number }>()
  readonly #messages = new Map<string, number>()
  /** How many codes of the brand's coupons are handed out. */
  readonly #coupons = new Map<string, number>()
  readonly #failures: Walked['failures'][number][] = []
  /** By which something was sent. */
  readonly #channels = new Set<string>()
  /** How far apart the journey's messages leave; null: it has no rate limit. */
  readonly #spacing: number | null
  /** Nodes whose messages a model is to polish, and for how many it would be asked. */
  readonly #polished: ReadonlySet<string>
  #asked = 0
  /** When each message was decided, where that matters. */
  readonly #decided: number[] = []
  #entered = 0
  #control = 0
  #waiting = 0
  #keptOut = 0
  #unreadable = 0
  /** By journey. */
  readonly #stuck = new Map<string, RehearsalReport['left_out']['passages'][number]>()
  #trip: RehearsedTrip | null = null
  #bounded: Walked['bounded'] = new Set()
  #unread: Walked['unread'] = new Set()
  readonly #witness: Witness | null
  #costMilli = 0
  #shortest: number | null = null
  #longest: number | null = null

  constructor(plan: Plan, journey: Journey, zone: string, witness: Witness | null) {
    this.#ledger = new Ledger(plan, zone)
    this.#witness = witness
    this.#spacing = spacingOf(journey.settings)
    this.#polished = polishedIn(journey)
    this.#nodes = new Set(Object.keys(journey.nodes))
    for (const { id } of plan.goals) this.#goals.set(id, { reached: 0, control: 0 })
    for (const { type, config } of Object.values(journey.nodes))
      if (type === 'save_audience') this.#audiences.set(String(config.audience), new Set())
  }

  entered(enrollment: Enrollment): void {
    this.#entered += 1
    if (enrollment.control) this.#control += 1
    const { trigger } = enrollment.entry
    this.#ledger.at(enrollment.enteredAt, trigger).entered += 1
    this.#ledger.arrived(enrollment.enteredAt, trigger)
  }

  step(before: Enrollment, taken: Step, at: number): void {
    this.#witness?.(before, taken, at)
    for (const effect of taken.effects) forReported(this.#told, effect, before, at)
    const { trace, enrollment, ending } = taken
    if (trace === null) return
    const goal = goalReason(trace)
    const ledger = this.#ledger
    const node = ledger.at(at, trace.node)
    if (goal === 'goal-lessened' || goal === 'goal-lost') return
    const stays = goal !== null && ending === null
    if (goal !== null) node.entered += 1
    if (!stays) ledger.gone(at, before.state === 'start' ? trace.node : before.state)
    // Among the ports too, as ever: so ports, waiting and goals on the way add up to all who came.
    if (trace.outcome === leftState) node.left += 1
    add(node.ports, trace.outcome)
    if (goal !== null && ending !== null) ledger.at(at, before.state).left += 1
    this.#atGates(node, enrollment, trace)
    if (goal === null && this.#nodes.has(enrollment.state)) ledger.at(at, enrollment.state).entered += 1
    if (!stays) ledger.arrived(at, enrollment.state)
    if (ending !== null) this.#ended(enrollment, ending, at)
  }

  /** What the gates made of a message, and for want of what it could not be written. */
  #atGates(node: Figures, { customerId: customer }: Enrollment, trace: TraceEntry): void {
    const { code, gate, waited, problems } = trace.reason
    if (code === 'sent' && waited !== undefined) add(node.deferred, String(waited))
    if (code === 'suppressed') add(node.suppressed, String(gate))
    if (gate !== 'render') return
    const at = new Date(trace.at).toISOString()
    this.#failures.push({ at, customer, node: trace.node, variables: missingNames(problems) })
  }

  #count(goal: string, control: boolean, at: number, by: 1 | -1): void {
    this.#ledger.goal(at, goal, control, by)
    const reached = this.#goals.get(goal) ?? { reached: 0, control: 0 }
    reached[control ? 'control' : 'reached'] += by
    this.#goals.set(goal, reached)
  }

  #ended(enrollment: Enrollment, ending: string, at: number): void {
    add(this.#endings, ending)
    this.#ledger.ended(at)
    const passage = at - enrollment.enteredAt
    this.#shortest = Math.min(this.#shortest ?? passage, passage)
    this.#longest = Math.max(this.#longest ?? passage, passage)
  }

  /** What the report says of an effect beyond the ports of its node. */
  readonly #told: ForReported<[from: Enrollment, at: number]> = {
    send: ({ channel, costMilli, chain }, { customerId, state }, at) => {
      const node = this.#ledger.at(at, state)
      node.sent += 1
      node.costMilli += costMilli
      if (chain !== undefined) {
        add(node.carried, channel)
        add(node.carriedCost, channel, costMilli)
      }
      if (this.#polished.has(state)) this.#asked += 1
      this.#costMilli += costMilli
      this.#channels.add(channel)
      bump(this.#messages, customerId)
      if (this.#spacing !== null) this.#decided.push(at)
    },
    join: ({ audience }, { customerId }) => {
      const members = this.#audiences.get(audience) ?? new Set()
      this.#audiences.set(audience, members.add(customerId))
    },
    coupon: ({ coupon: { of } }) => {
      if (of !== undefined) bump(this.#coupons, of)
    },
    goal: ({ goal }, { control }, at) => this.#count(goal, control, at, 1),
    refund: ({ goal, value, countedAt }, { control }) => {
      if (value !== null) return
      // Taken off the day on which it was counted, as the report of what has happened does.
      this.#count(goal, control, countedAt, -1)
      const node = this.#ledger.at(countedAt, goal)
      node.entered -= 1
      add(node.ports, goalReasons['goal-reached'].outcome, -1)
    },
  }

  /** Asked to come in, and may not: is or has been in this journey already (rule 2). */
  keptOut(): void {
    this.#keptOut += 1
  }

  /** Would come in, but the record cannot be read. */
  unreadable(): void {
    this.#unreadable += 1
  }

  /** A passage through another journey fails. */
  stuck({ id, name }: Pick<Journey, 'id' | 'name'>): void {
    this.#stuck.set(id, { journey: id, name, count: (this.#stuck.get(id)?.count ?? 0) + 1 })
  }

  /** The breaker: of several the earliest is what pauses the journey. */
  tripped(trip: RehearsedTrip): void {
    this.#trip = earlier(this.#trip, trip)
  }

  /** What of other journeys could be asked less often, or not at all. */
  others({ bounded, unread }: Pick<Walked, 'bounded' | 'unread'>): void {
    this.#bounded = bounded
    this.#unread = unread
  }

  get trip(): RehearsedTrip | null {
    return this.#trip
  }

  waiting(): void {
    this.#waiting += 1
  }

  /** All of it; the tally is not to be added to any more. */
  walked(): Walked {
    const counts = [...this.#messages.values()]
    return {
      days: this.#ledger.days,
      ...{ entered: this.#entered, control: this.#control, waiting: this.#waiting },
      ...{ keptOut: this.#keptOut, unreadable: this.#unreadable, endings: this.#endings },
      goals: this.#goals,
      audiences: new Map([...this.#audiences].map(([key, members]) => [key, members.size])),
      coupons: this.#coupons,
      ...{ failures: this.#failures, channels: this.#channels, costMilli: this.#costMilli },
      sent: counts.reduce((sum, count) => sum + count, 0),
      mostSent: counts.reduce((most, count) => Math.max(most, count), 0),
      ...{ asked: this.#asked, decided: this.#decided, shortest: this.#shortest, longest: this.#longest },
      ...{ stuck: this.#stuck, trip: this.#trip, bounded: this.#bounded, unread: this.#unread },
    }
  }
}
