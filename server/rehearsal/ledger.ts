import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { addDays, localDate, localDay } from '../../shared/calendar/index.ts'
import type { Plan } from '../../shared/compile/plan.ts'

/** What happened at one node, in all or on one day. */
export interface Figures {
  entered: number
  /** Out of the journey from here: by an exit rule, a goal that ends it, a late policy. */
  left: number
  readonly ports: Record<string, number>
  sent: number
  readonly suppressed: Record<string, number>
  /** Of those sent, for which gate they had waited. */
  readonly deferred: Record<string, number>
  /** Thousandths of the currency's main unit. */
  costMilli: number
  /** How many each channel carried, and for how much, where the node has several. */
  readonly carried: Record<string, number>
  readonly carriedCost: Record<string, number>
}

/** What happened on one day, as it can be told in a message. */
export interface Day {
  readonly nodes: Map<string, Figures>
  /** Who came to stand at a node, and who stands there no more. */
  readonly arrived: Map<string, number>
  readonly gone: Map<string, number>
  ended: number
  /** By goal: of those who get messages, and of the control group. */
  readonly goals: Goals
}

type NodeReport = RehearsalReport['nodes'][string]
type DayReport = RehearsalReport['by_day'][number]

export function bump<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

export function add(counts: Record<string, number>, key: string, by = 1): void {
  counts[key] = (counts[key] ?? 0) + by
}

const noFigures = (): Figures => ({
  ...{ entered: 0, left: 0, ports: {}, sent: 0, suppressed: {}, deferred: {}, costMilli: 0 },
  ...{ carried: {}, carriedCost: {} },
})

const noDay = (): Day => ({
  ...{ nodes: new Map(), arrived: new Map(), gone: new Map(), ended: 0, goals: new Map() },
})

function addAll(into: Record<string, number>, more: Readonly<Record<string, number>>, under = ''): void {
  for (const [key, count] of Object.entries(more)) add(into, under + key, count)
}

type Goals = Map<string, [reached: number, control: number]>

function addGoal(goals: Goals, goal: string, reached: number, control: number): void {
  const [before, held] = goals.get(goal) ?? [0, 0]
  goals.set(goal, [before + reached, held + control])
}

/** `under`: what the names of the ports begin with in the sum. */
function addFigures(into: Figures, more: Figures, under = ''): void {
  into.entered += more.entered
  into.left += more.left
  into.sent += more.sent
  into.costMilli += more.costMilli
  addAll(into.ports, more.ports, under)
  addAll(into.suppressed, more.suppressed)
  addAll(into.deferred, more.deferred)
  addAll(into.carried, more.carried)
  addAll(into.carriedCost, more.carriedCost)
}

/**
 * A node's figures as one of its channels has them: of a further one, those whom it carries; of the first, all others,
 * with whom none has reached.
 */
function shareOf(all: Figures, channel: string, first: boolean): Figures {
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).reduce((total, [id, count]) => total + (id === channel ? 0 : count), 0)
  if (!first) {
    const sent = all.carried[channel] ?? 0
    const ports = sent === 0 ? {} : { sent }
    return { ...noFigures(), entered: sent, ports, sent, costMilli: all.carriedCost[channel] ?? 0 }
  }
  const others = sum(all.carried)
  if (others === 0) return all
  return {
    ...all,
    entered: all.entered - others,
    ports: { ...all.ports, sent: (all.ports.sent ?? 0) - others },
    sent: all.sent - others,
    costMilli: all.costMilli - sum(all.carriedCost),
  }
}

function told(
  { costMilli, carried: _by, carriedCost: _for, ...counts }: Figures,
  waiting: number,
): NodeReport {
  return { ...counts, cost: costMilli / 1000, waiting }
}

/** What each day sent by each channel, where it sent anything. */
export function sentByDay(days: readonly DayReport[]): RehearsalReport['days'] {
  return days.flatMap(({ date, channels }) =>
    Object.entries(channels).flatMap(([channel, { sent, cost }]) =>
      sent === 0 ? [] : [{ date, channel, sent, cost }],
    ),
  )
}

/** What happened at each node on each day, of which the tables by node, day and channel are the sums (rule 30). */
export class Ledger {
  readonly #zone: string
  readonly #days = new Map<string, Day>()
  readonly #ids: readonly string[]
  readonly #triggers: ReadonlySet<string>
  readonly #final: ReadonlySet<string>
  /** Of nodes that send. */
  readonly #channels: ReadonlyMap<string, readonly string[]>
  /** The same days by their number: a date is written for each of them but once. */
  readonly #byNumber = new Map<number, Day>()
  readonly #last: { at: number; day: Day } = { at: Number.NaN, day: noDay() }

  constructor({ nodes, triggers, final }: Plan, zone: string) {
    this.#zone = zone
    this.#ids = [...nodes.keys()]
    this.#triggers = new Set(triggers.map(({ id }) => id))
    this.#final = final
    this.#channels = new Map(
      [...nodes.values()].flatMap(({ id, type, config }) =>
        (type.messages?.(config) ?? 0) > 0 ? [[id, type.channels?.(config) ?? []] as const] : [],
      ),
    )
  }

  /** A step asks for the day of one moment several times over. */
  #day(at: number): Day {
    if (this.#last.at === at) return this.#last.day
    const number = localDay(at, this.#zone)
    let day = this.#byNumber.get(number)
    if (day === undefined) {
      const date = localDate(at, this.#zone)
      day = this.#days.get(date) ?? noDay()
      this.#days.set(date, day)
      this.#byNumber.set(number, day)
    }
    this.#last.at = at
    this.#last.day = day
    return day
  }

  /** The figures of a node on the day of a moment, to be added to. */
  at(at: number, node: string): Figures {
    const { nodes } = this.#day(at)
    const known = nodes.get(node)
    if (known !== undefined) return known
    const made = noFigures()
    nodes.set(node, made)
    return made
  }

  arrived(at: number, node: string): void {
    bump(this.#day(at).arrived, node)
  }

  gone(at: number, node: string): void {
    bump(this.#day(at).gone, node)
  }

  ended(at: number): void {
    this.#day(at).ended += 1
  }

  /** Somebody has reached a goal, or has not after all. */
  goal(at: number, goal: string, control: boolean, by: 1 | -1): void {
    const { goals } = this.#day(at)
    if (control) addGoal(goals, goal, 0, by)
    else addGoal(goals, goal, by, 0)
  }

  /** What happened on each day, in the order in which the days were met. */
  get days(): ReadonlyMap<string, Day> {
    return this.#days
  }

  /** Adds what happened to others. */
  add(days: ReadonlyMap<string, Day>): void {
    for (const [date, more] of days) {
      const day = this.#days.get(date) ?? noDay()
      this.#days.set(date, day)
      for (const [id, figures] of more.nodes) {
        const known = day.nodes.get(id) ?? noFigures()
        day.nodes.set(id, known)
        addFigures(known, figures)
      }
      for (const [id, count] of more.arrived) bump(day.arrived, id, count)
      for (const [id, count] of more.gone) bump(day.gone, id, count)
      day.ended += more.ended
      for (const [goal, [treated, held]] of more.goals) addGoal(day.goals, goal, treated, held)
    }
  }

  /** The days on which anything happens, in their order. */
  #dates(): string[] {
    return [...this.#days.keys()].sort()
  }

  /** Each day from the first to the last on which anything happens, with what happened on it. */
  *#daily(): Generator<[date: string, day: Day | undefined]> {
    const dates = this.#dates()
    const [first, last] = [dates[0], dates.at(-1)]
    if (first === undefined || last === undefined) return
    for (let date = first; date <= last; date = addDays(date, 1)) yield [date, this.#days.get(date)]
  }

  /** Who stands at a node, of those who have come to it and gone from it; nobody at the journey's end. */
  #standing(node: string, arrived: ReadonlyMap<string, number>, gone: ReadonlyMap<string, number>): number {
    return this.#final.has(node) ? 0 : Math.max(0, (arrived.get(node) ?? 0) - (gone.get(node) ?? 0))
  }

  /** Of the whole rehearsal, by node and by channel. */
  inAll(): Pick<RehearsalReport, 'nodes' | 'by_channel'> {
    const totals = new Map(this.#ids.map((id) => [id, noFigures()]))
    const [arrived, gone] = [new Map<string, number>(), new Map<string, number>()]
    for (const day of this.#days.values()) {
      for (const [id, figures] of day.nodes) {
        const total = totals.get(id) ?? noFigures()
        addFigures(total, figures)
        totals.set(id, total)
      }
      for (const [id, count] of day.arrived) bump(arrived, id, count)
      for (const [id, count] of day.gone) bump(gone, id, count)
    }
    return this.#told(totals, (id) => this.#standing(id, arrived, gone))
  }

  /** Figures by node as the report has them, and added up by channel; a node that sends nothing belongs to none. */
  #told(
    figures: ReadonlyMap<string, Figures>,
    waiting: (node: string) => number,
  ): Pick<RehearsalReport, 'nodes' | 'by_channel'> {
    const channels = new Map<string, { readonly figures: Figures; waiting: number }>()
    for (const [id, more] of figures)
      for (const [at, channel] of (this.#channels.get(id) ?? []).entries()) {
        const known = channels.get(channel) ?? { figures: noFigures(), waiting: 0 }
        channels.set(channel, known)
        addFigures(known.figures, shareOf(more, channel, at === 0))
        if (at === 0) known.waiting += waiting(id)
      }
    const byName = [...channels].sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      nodes: Object.fromEntries([...figures].map(([id, of]) => [id, told(of, waiting(id))])),
      by_channel: Object.fromEntries(byName.map(([id, of]) => [id, told(of.figures, of.waiting)])),
    }
  }

  /** What happened on each day, and how it stood at its end. */
  byDay(): DayReport[] {
    const [arrived, gone] = [new Map<string, number>(), new Map<string, number>()]
    let waiting = 0
    return [...this.#daily()].map(([date, day]): DayReport => {
      for (const [id, count] of day?.arrived ?? []) bump(arrived, id, count)
      for (const [id, count] of day?.gone ?? []) bump(gone, id, count)
      const all = noFigures()
      let entered = 0
      for (const [id, figures] of day?.nodes ?? []) {
        addFigures(all, figures, `${id}.`)
        if (this.#triggers.has(id)) entered += figures.entered
      }
      const ended = day?.ended ?? 0
      waiting += entered - ended
      const { costMilli, ports, sent, suppressed, deferred } = all
      const apart = this.#told(day?.nodes ?? new Map(), (id) => this.#standing(id, arrived, gone))
      return {
        ...{ date, entered, ended, waiting, ports, sent, suppressed, deferred, cost: costMilli / 1000 },
        ...{ nodes: apart.nodes, channels: apart.by_channel },
      }
    })
  }

  /** Running totals at the end of each day. */
  timeline(): RehearsalReport['timeline'] {
    const arrived = new Map<string, number>()
    const gone = new Map<string, number>()
    const ports: Record<string, number> = {}
    const goals: Goals = new Map()
    return [...this.#daily()].map(([date, day]) => {
      for (const [id, count] of day?.arrived ?? []) bump(arrived, id, count)
      for (const [id, count] of day?.gone ?? []) bump(gone, id, count)
      for (const [id, figures] of day?.nodes ?? []) addAll(ports, figures.ports, `${id}.`)
      for (const [id, [reached, control]] of day?.goals ?? []) addGoal(goals, id, reached, control)
      return {
        date,
        sent: [...(day?.nodes.values() ?? [])].reduce((sum, { sent }) => sum + sent, 0),
        nodes: Object.fromEntries(
          [...arrived].map(([id, count]): [string, [number, number]] => {
            return [id, [count, count - (gone.get(id) ?? 0)]]
          }),
        ),
        ports: { ...ports },
        goals: Object.fromEntries(goals),
      }
    })
  }
}
