import { localDate } from '../calendar/index.ts'
import { operandFor } from './address.ts'
import type { Memberships } from './audiences.ts'
import { compare, compareAs, matches } from './compare.ts'
import { asksAddressTimes, contactHolds } from './contact.ts'
import {
  type AttributeTypes,
  attributeOf,
  type Customer,
  type CustomerEvent,
  declaredOf,
  type Properties,
  propertyOf,
  rawAttributeOf,
  type Value,
  valueAt,
} from './customer.ts'
import { type History, timesLeft } from './history.ts'
import { asAsked, placed, sourcesOf } from './lines.ts'
import { comesAfter } from './mark.ts'
import { ownDayHolds, ownZone } from './own-day.ts'
import { wellFormed } from './same.ts'
import { type Condition, type EventsTest, filtersIn, type Leaf } from './schema.ts'
import { followed } from './sequence.ts'
import { intervalsOf, limiting, soFarOf, type TimeContext } from './window.ts'

/** What has to be known of one customer to answer a condition. */
export interface ConditionFacts {
  readonly customer: Customer
  readonly tags: ReadonlySet<string>
  readonly audiences: Memberships
  /** Oldest first; all events of the names that the condition asks for. */
  readonly events: readonly CustomerEvent[]
  /** How often this enrollment has left each node, by `node.port`. */
  readonly history: History
  /** Properties of the event by which the customer came in. */
  readonly entry: Properties
}

/** The value that a test saw, for the trace: what is written, what was there, whether it held. */
export interface Seen {
  readonly test: Leaf
  readonly actual: Value | null
  readonly holds: boolean
}

/**
 * What tests saw when they were tried, and whether they held: a replay asks this instead of the world, in which
 * a type may have been declared anew since.
 */
export type Recall = (test: Leaf) => Pick<Seen, 'actual' | 'holds'>

/** What the enrollment itself remembers, which a replay knows again. */
const ownMemory: ReadonlySet<Leaf['kind']> = new Set<Leaf['kind']>(['history', 'entry'])

/**
 * Whether a condition holds for one customer at a moment (rule 9). Tests are tried in order and the rest
 * is skipped once the answer is sure. `seen` takes the value that each tried test saw. What nobody can say
 * lets nobody through: neither *in* an unknown audience holds nor *not in* it, and neither does the reverse of either.
 */
export function evaluate(
  condition: Condition,
  facts: ConditionFacts,
  context: TimeContext,
  seen?: Seen[],
  recall: Recall | null = null,
): boolean {
  return holdsFor(condition, { facts, context, seen, recall }, false)
}

interface Asking {
  readonly facts: ConditionFacts
  readonly context: TimeContext
  readonly seen: Seen[] | undefined
  readonly recall: Recall | null
}

/** `unsure` is what a test answers of which nobody can say: what makes the whole less likely. */
function holdsFor(condition: Condition, asking: Asking, unsure: boolean): boolean {
  if (condition.kind === 'all')
    return condition.of.length > 0 && condition.of.every((part) => holdsFor(part, asking, unsure))
  if (condition.kind === 'any') return condition.of.some((part) => holdsFor(part, asking, unsure))
  if (condition.kind === 'not') return !holdsFor(condition.of, asking, !unsure)
  const { facts, context, seen, recall } = asking
  const told = recall === null ? null : recall(condition)
  const actual =
    told === null || ownMemory.has(condition.kind) ? actualOf(condition, facts, context) : told.actual
  const holds = told?.holds ?? holdsOf(condition, actual, asking, unsure)
  seen?.push({ test: condition, actual, holds })
  return holds
}

function holdsOf(test: Leaf, actual: Value | null, { facts, context }: Asking, unsure: boolean): boolean {
  if (test.kind === 'audience' && actual === null) return unsure
  return answer(test, actual, facts.customer.types, context.zone)
}

function answer(test: Leaf, actual: Value | null, types: AttributeTypes | undefined, zone: string): boolean {
  if (test.kind === 'tag') return actual === test.has
  if (test.kind === 'audience') return actual === test.member
  if (test.kind === 'anniversary' || test.kind === 'sequence' || test.kind === 'contact')
    return actual === true
  if (test.kind === 'attribute') return attributeHolds(test, actual, types, zone)
  return compare(actual, test.op, test.value)
}

/** An attribute is compared as its declared type says; one without as its JSON says. */
export function attributeHolds(
  { name, op, value }: Extract<Leaf, { kind: 'attribute' }>,
  actual: Value | null,
  types: AttributeTypes | undefined,
  zone: string,
): boolean {
  const declared = declaredOf(types, name)
  if (declared === null) return compare(actual, op, value)
  return compareAs(declared, actual, op, operandFor(name, op, value), types ?? { zone, currency: '' })
}

function actualOf(test: Leaf, facts: ConditionFacts, context: TimeContext): Value | null {
  switch (test.kind) {
    case 'attribute':
      return attributeOf(facts.customer, test.name)
    case 'tag':
      return facts.tags.has(test.tag)
    case 'contact':
      return contactWithin(test, facts, context)
    case 'audience':
      return facts.audiences.has(test.audience, context)
    case 'anniversary':
      return ownDayHolds(
        rawAttributeOf(facts.customer, test.name),
        test,
        facts.customer.types,
        context.now,
        test.own === true ? ownZone(facts.customer.timezone, context.zone) : context.zone,
      )
    case 'events':
      return measureOf(test, facts.events, context, facts.entry)
    case 'sequence':
      return followed(test, facts.events, context, facts.entry)
    case 'history':
      return timesLeft(facts.history, test.node, test.port)
    case 'entry':
      return valueAt(facts.entry, test.property)
  }
}

function contactWithin(
  test: Extract<Leaf, { kind: 'contact' }>,
  { customer }: ConditionFacts,
  context: TimeContext,
): boolean {
  const window = limiting(test.window)
  return contactHolds(customer, test, window === null ? null : intervalsOf(window, context))
}

/** Counts, sums, or picks from the events of a window; null where there is nothing to pick or to take the mean of. */
export function measureOf(
  test: EventsTest,
  events: readonly CustomerEvent[],
  context: TimeContext,
  entry: Properties,
): Value | null {
  const intervals = intervalsOf(test.window, context)
  const own = test.window.kind === 'since_entry' ? context.entryEvent : null
  const found = asAsked(events, [test.event], soFarOf(context)).filter(
    (event) =>
      matches(test, event, entry) &&
      intervals.some(([from, to]) => event.at >= from && event.at < to) &&
      (!own || comesAfter(placed(event), own)),
  )
  if (test.measure === 'count') return found.length
  const property = test.property ?? 'amount'
  if (test.measure === 'sum') return found.reduce((sum, event) => sum + amountOf(event, test.property), 0)
  if (test.measure === 'average') return averageOf(found.map((event) => propertyOf(event, property)))
  if (test.measure === 'distinct') return differentIn(found.map((event) => propertyOf(event, property)))
  const picked = test.measure === 'first' ? found[0] : found.at(-1)
  if (picked === undefined) return null
  return test.property === 'days_ago'
    ? daysBetween(picked.at, context.now, context.zone)
    : propertyOf(picked, property)
}

/** The mean of the numbers among some values, as it is, not rounded to what is shown; null where there is none. */
function averageOf(values: readonly (Value | null)[]): number | null {
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

/**
 * How many different values there are, each member of a list being one; a blank is none. They are told apart letter
 * by letter, as a text and a number are where they are compared: 10 and '10' are one, '10' and '010' are two.
 */
function differentIn(values: readonly (Value | null)[]): number {
  const texts = values.flatMap((value) => (value === null ? [] : [value].flat().map(String)))
  return new Set(texts.filter((one) => one !== '').map(wellFormed)).size
}

function amountOf(event: CustomerEvent, property: string | undefined): number {
  const value = propertyOf(event, property ?? 'amount')
  return typeof value === 'number' ? value : 0
}

/** Whole calendar days from one moment to another, in a zone. */
export function daysBetween(at: number, now: number, zone: string): number {
  const midnight = (moment: number) => Date.parse(`${localDate(moment, zone)}T00:00:00Z`)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

/** Names of what a condition asks for, so that a batch loads it in one query each. */
export interface ConditionNeeds {
  readonly tags: boolean
  readonly audiences: readonly string[]
  readonly events: readonly string[]
  /** Since when addresses have consented, and whether they are verified: `addressTimes` of the customer. */
  readonly addresses: boolean
}

export function needsOf(conditions: readonly Condition[]): ConditionNeeds {
  const audiences = new Set<string>()
  const events = new Set<string>()
  let tags = false
  let addresses = false
  const visit = (condition: Condition): void => {
    if (condition.kind === 'all' || condition.kind === 'any') condition.of.forEach(visit)
    else if (condition.kind === 'not') visit(condition.of)
    else if (condition.kind === 'audience') audiences.add(condition.audience)
    else if (condition.kind === 'tag') tags = true
    else if (condition.kind === 'contact')
      addresses ||= asksAddressTimes(condition.state, limiting(condition.window) !== null)
    else for (const { event } of filtersIn(condition)) for (const name of sourcesOf(event)) events.add(name)
  }
  conditions.forEach(visit)
  return { tags, audiences: [...audiences].sort(), events: [...events].sort(), addresses }
}
