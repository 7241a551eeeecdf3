import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { OneTooMany } from '../../shared/run/breaker.ts'
import { add, bump, type Day, Ledger } from './ledger.ts'

/** What would make the journey pause itself. */
export interface RehearsedTrip extends OneTooMany {
  readonly at: number
  readonly node: string
  readonly customer: string
}

type Stuck = RehearsalReport['left_out']['passages'][number]

/** What came of some customers, as it can be told in a message; that of all is the sum over whole households. */
export interface Walked {
  readonly days: ReadonlyMap<string, Day>
  readonly entered: number
  readonly control: number
  readonly waiting: number
  /** Asked to come in, and might not. */
  readonly keptOut: number
  /** Would have come in, but their record cannot be read. */
  readonly unreadable: number
  readonly endings: Readonly<Record<string, number>>
  readonly goals: ReadonlyMap<string, { readonly reached: number; readonly control: number }>
  /** By audience, how many have joined it. */
  readonly audiences: ReadonlyMap<string, number>
  /** By coupon, how many codes of it are handed out. */
  readonly coupons: ReadonlyMap<string, number>
  readonly failures: RehearsalReport['render_failures']
  /** By which something was sent. */
  readonly channels: ReadonlySet<string>
  readonly costMilli: number
  readonly sent: number
  /** Of any one customer. */
  readonly mostSent: number
  /** For how many messages a model would be asked. */
  readonly asked: number
  /** When each message was decided, where that matters. */
  readonly decided: readonly number[]
  readonly shortest: number | null
  readonly longest: number | null
  /** Passages through other journeys that fail, by journey. */
  readonly stuck: ReadonlyMap<string, Stuck>
  readonly trip: RehearsedTrip | null
  /** Triggers of other journeys that were asked less often than they fire, as `journey node`. */
  readonly bounded: ReadonlySet<string>
  /** Other journeys that cannot be read. */
  readonly unread: ReadonlySet<string>
}

/** The earlier of two moments of standstill; of one moment that of whoever stands first. */
export const earlier = (one: RehearsedTrip | null, other: RehearsedTrip | null): RehearsedTrip | null =>
  one === null || (other !== null && other.at < one.at) ? other : one

const least = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)
const most = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** Adds up what came of all, in the order in which they stand: the sum of parts is what one walk over all has. */
export class WalkedSum {
  readonly ledger: Ledger
  readonly #endings: Record<string, number> = {}
  readonly #goals = new Map<string, { reached: number; control: number }>()
  readonly #audiences = new Map<string, number>()
  readonly #coupons = new Map<string, number>()
  readonly #failures: Walked['failures'][number][] = []
  readonly #channels = new Set<string>()
  readonly #decided: number[] = []
  readonly #stuck = new Map<string, Stuck>()
  readonly #bounded = new Set<string>()
  readonly #unread = new Set<string>()
  readonly #counts = {
    ...{ entered: 0, control: 0, waiting: 0, keptOut: 0, unreadable: 0 },
    ...{ costMilli: 0, sent: 0, asked: 0 },
  }
  #mostSent = 0
  #shortest: number | null = null
  #longest: number | null = null
  #trip: RehearsedTrip | null = null

  constructor(plan: Plan, journey: Journey, zone: string) {
    this.ledger = new Ledger(plan, zone)
    for (const { id } of plan.goals) this.#goals.set(id, { reached: 0, control: 0 })
    for (const { type, config } of Object.values(journey.nodes))
      if (type === 'save_audience') this.#audiences.set(String(config.audience), 0)
  }

  get trip(): RehearsedTrip | null {
    return this.#trip
  }

  add(more: Walked): void {
    this.ledger.add(more.days)
    const counts = this.#counts
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += more[name]
    for (const [ending, count] of Object.entries(more.endings)) add(this.#endings, ending, count)
    for (const [goal, { reached, control }] of more.goals) {
      const known = this.#goals.get(goal) ?? { reached: 0, control: 0 }
      this.#goals.set(goal, { reached: known.reached + reached, control: known.control + control })
    }
    for (const [audience, members] of more.audiences) bump(this.#audiences, audience, members)
    for (const [coupon, codes] of more.coupons) bump(this.#coupons, coupon, codes)
    for (const failure of more.failures) this.#failures.push(failure)
    for (const channel of more.channels) this.#channels.add(channel)
    for (const at of more.decided) this.#decided.push(at)
    for (const [id, one] of more.stuck)
      this.#stuck.set(id, { ...one, count: (this.#stuck.get(id)?.count ?? 0) + one.count })
    for (const trigger of more.bounded) this.#bounded.add(trigger)
    for (const journey of more.unread) this.#unread.add(journey)
    this.#mostSent = Math.max(this.#mostSent, more.mostSent)
    this.#shortest = least(this.#shortest, more.shortest)
    this.#longest = most(this.#longest, more.longest)
    this.#trip = earlier(this.#trip, more.trip)
  }

  /** All of it. */
  sum(): Walked {
    return {
      ...this.#counts,
      days: this.ledger.days,
      endings: this.#endings,
      goals: this.#goals,
      audiences: this.#audiences,
      coupons: this.#coupons,
      failures: this.#failures,
      channels: this.#channels,
      decided: this.#decided,
      stuck: this.#stuck,
      bounded: this.#bounded,
      unread: this.#unread,
      mostSent: this.#mostSent,
      shortest: this.#shortest,
      longest: this.#longest,
      trip: this.#trip,
    }
  }
}
