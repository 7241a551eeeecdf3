import type { AssignRule, AssignTo } from './rules.ts'

/** Somebody who may get customers, as the rules see them. */
export interface Candidate {
  readonly id: string
  readonly team: string | null
  readonly regions: readonly string[]
  readonly categories: readonly string[]
  /** At work: neither gone nor away today. */
  readonly present: boolean
  /** The most customers; null: no ceiling. */
  readonly ceiling: number | null
}

/** What rules ask of one customer: whether a condition holds, and what an attribute says. */
export interface Asked {
  readonly holds: (rule: AssignRule) => boolean
  readonly attribute: (name: string) => string | null
}

/** Who gets a customer, and by which rule. */
export interface Given {
  readonly staff: string
  readonly rule: string
}

/** What has been given so far: how many customers each has, and who had the last turn of each rule. */
export interface Counters {
  readonly load: Map<string, number>
  readonly last: Map<string, string>
}

const byId = (one: Candidate, other: Candidate) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)

const loadOf = ({ load }: Counters, { id }: Candidate) => load.get(id) ?? 0

const hasRoom = (counters: Counters, candidate: Candidate) =>
  candidate.ceiling === null || loadOf(counters, candidate) < candidate.ceiling

const serves = (served: readonly string[], attribute: string | null, asked: Asked): boolean => {
  if (attribute === null) return true
  const value = asked.attribute(attribute)
  return value !== null && served.includes(value)
}

const isMeant = (to: AssignTo, candidate: Candidate, asked: Asked): boolean =>
  (to.staff.length === 0 || to.staff.includes(candidate.id)) &&
  (to.team === null || to.team === candidate.team) &&
  serves(candidate.regions, to.region, asked) &&
  serves(candidate.categories, to.category, asked)

/** One after another in the order of their numbers, whoever had the last turn. */
function nextInTurn(free: readonly Candidate[], last: string | undefined): Candidate | undefined {
  return free.find(({ id }) => last === undefined || id > last) ?? free[0]
}

/** Whoever has the fewest; of these the first by number. */
function leastLoaded(free: readonly Candidate[], counters: Counters): Candidate | undefined {
  return free.reduce<Candidate | undefined>(
    (least, one) => (least === undefined || loadOf(counters, one) < loadOf(counters, least) ? one : least),
    undefined,
  )
}

/** The staff in the order in which turns go, those at work. */
export const inOrder = (staff: readonly Candidate[]): readonly Candidate[] =>
  staff.filter(({ present }) => present).sort(byId)

const choosers: Readonly<
  Record<
    AssignTo['how'],
    (free: readonly Candidate[], rule: string, counters: Counters) => Candidate | undefined
  >
> = {
  turns: (free, rule, { last }) => nextInTurn(free, last.get(rule)),
  least: (free, _rule, counters) => leastLoaded(free, counters),
}

/** Notes that somebody has got one more, and had the turn of a rule. */
export function note(counters: Counters, { staff, rule }: Given): void {
  counters.load.set(staff, (counters.load.get(staff) ?? 0) + 1)
  counters.last.set(rule, staff)
}

/**
 * Who gets a customer: the first rule in order whose condition holds and that finds somebody at work with room; null
 * where none does, and the customer stays nobody's. The same for the same counters, which it moves on.
 * `staff` stands as `inOrder` has it.
 */
export function assign(
  rules: readonly AssignRule[],
  staff: readonly Candidate[],
  asked: Asked,
  counters: Counters,
): Given | null {
  for (const rule of rules) {
    if (!rule.active || !asked.holds(rule)) continue
    const free = staff.filter((one) => isMeant(rule.to, one, asked) && hasRoom(counters, one))
    const chosen = choosers[rule.to.how](free, rule.id, counters)
    if (chosen === undefined) continue
    const given = { staff: chosen.id, rule: rule.id }
    note(counters, given)
    return given
  }
  return null
}
