import { dayOf } from '../../../shared/calendar/date.ts'
import { localDate } from '../../../shared/calendar/index.ts'
import { compare } from '../../../shared/conditions/compare.ts'
import { onOrders } from '../../../shared/conditions/lines.ts'
import type { EventsTest, Measure } from '../../../shared/conditions/schema.ts'
import { type Interval, intervalsOf } from '../../../shared/conditions/window.ts'
import { type Compared, jsonHolds, numberHolds } from './condition-compare.ts'
import { EventReading, type EventsContext, place } from './condition-reading.ts'
import { writtenMembers } from './condition-text.ts'
import { numberSql, type Parameters } from './condition-writer.ts'
import { dayNumberSql } from './condition-zone.ts'

/** So much is measured in one walk over the events; what it holds for each customer grows with that. */
const mostTogether = 32

/** A sum of decimals, which rounds as it goes, in the order of the events as in memory. */
const addedInTurn = (number: string, meant: string): string =>
  `list_reduce(list_transform(list_sort(list(row(${place}, ${number})) filter (where ${meant} and ${number} is not null)),
    lambda r: r[2]), lambda a, b: a + b)`

/** Whether a sum may round on its way; one of whole numbers does not, in whichever order they are added. */
const mayRound = (number: string, meant: string): string =>
  `(coalesce(bool_or(${number} <> floor(${number})) filter (where ${meant}), false)
    or coalesce(sum(abs(${number})) filter (where ${meant}), 0) > ${Number.MAX_SAFE_INTEGER})`

/** How many different values of JSON there are, told apart as they are written; see `differentIn`. */
const differentValues = (json: string, meant: string): string =>
  `coalesce(len(list_distinct(list_filter(flatten(list(${writtenMembers(json)})
    filter (where ${meant} and ${json} is not null)), lambda x: x <> ''))), 0)`

/** What is measured of somebody without any such event. */
const ofNothing = {
  count: 0,
  sum: 0,
  average: null,
  distinct: 0,
  first: null,
  last: null,
} as const satisfies Record<Measure, number | null>

/** Tests of the events of one name, answered for all customers in one walk over them. */
class Walk {
  readonly alias: string
  /** What each test answers of somebody without any such event. */
  readonly without: boolean[] = []
  readonly #context: EventsContext
  readonly #parameters: Parameters
  readonly #reading: EventReading
  readonly #named = new Map<string, string>()
  readonly #measures: string[] = []
  readonly #answers: string[] = []
  /** Sums of what may be decimals: each measure with what it adds up and of which events. */
  readonly #decimals: { readonly measure: string; readonly number: string; readonly meant: string }[] = []

  constructor(alias: string, event: string, context: EventsContext, parameters: Parameters) {
    this.alias = alias
    this.#context = context
    this.#parameters = parameters
    this.#reading = new EventReading(event, parameters)
  }

  get isFull(): boolean {
    return this.#measures.length >= mostTogether
  }

  /** The answer to a test that some window is open for. */
  add(test: EventsTest, intervals: readonly Interval[], without: boolean): string {
    const index = this.#answers.length
    const measured = this.#measure(test, this.#reading.means(test, intervals))
    this.#answers.push(`${this.#answer(test, measured)} as b${index}`)
    this.without.push(without)
    return `coalesce(${this.alias}.b${index}, ${without})`
  }

  /** What is measured of the events that are meant: the same for all tests that compare it with something. */
  #measure(test: EventsTest, meant: string): string {
    if (test.measure === 'sum') return this.#sum(test, meant)
    if (test.measure !== 'average') return this.#once(this.#measureSql(test, meant))
    const many = this.#once(`count(${this.#number(test.property)}) filter (where ${meant})`)
    return `(${this.#sum(test, meant)} / nullif(${many}, 0)::DOUBLE)`
  }

  #sum({ property }: EventsTest, meant: string): string {
    const number = this.#number(property)
    const sql = `coalesce(sum(${number}) filter (where ${meant}), 0)`
    const isNew = !this.#named.has(sql)
    const measure = this.#once(sql)
    if (isNew && number !== 'amount') this.#decimals.push({ measure, number, meant })
    return measure
  }

  #once(sql: string): string {
    const known = this.#named.get(sql)
    if (known !== undefined) return known
    const name = `m${this.#measures.length}`
    this.#named.set(sql, name)
    this.#measures.push(`${sql} as ${name}`)
    return name
  }

  #number(property = 'amount'): string {
    return property === 'amount' ? 'amount' : `try_cast(${this.#reading.property(property)} as double)`
  }

  #compared(op: Compared['op'], operand: Compared['operand']): Compared {
    return { op, operand, parameters: this.#parameters }
  }

  #measureSql({ measure, property = 'amount' }: EventsTest, meant: string): string {
    if (measure === 'count') return `count(*) filter (where ${meant})`
    if (measure === 'distinct')
      return property === 'amount'
        ? `count(distinct amount) filter (where ${meant})`
        : differentValues(this.#reading.property(property), meant)
    const pick = measure === 'first' ? 'arg_min_null' : 'arg_max_null'
    const picked =
      property === 'amount' ? 'amount' : property === 'days_ago' ? 'moment' : this.#reading.property(property)
    return `${pick}(${picked}, ${place}) filter (where ${meant})`
  }

  #answer({ measure, property = 'amount', op, value }: EventsTest, measured: string): string {
    const compared = this.#compared(op, value)
    if (measure === 'count' || measure === 'distinct') return numberHolds(`${measured}::DOUBLE`, compared)
    if (measure === 'sum' || measure === 'average' || property === 'amount')
      return numberHolds(measured, compared)
    if (property === 'days_ago') return numberHolds(this.#daysAgo(measured), compared)
    return jsonHolds(measured, compared)
  }

  #daysAgo(at: string): string {
    const { now, zone } = this.#context
    return `(${numberSql(dayOf(localDate(now, zone)))} - ${dayNumberSql(at, zone, now)})`
  }

  /** What the tests measure, for each customer; and how that is found again where a sum may have rounded. */
  #measured(): { readonly tables: readonly string[]; readonly measured: string } {
    const decimals = this.#decimals
    const found = (measures: readonly string[], only: readonly string[]) =>
      `select person, ${measures.join(', ')} from (${this.#reading.sql(only)}) group by person`
    if (decimals.length === 0) return { tables: [], measured: found(this.#measures, []) }
    const [plain, exact] = [`${this.alias}m`, `${this.alias}d`]
    const rounds = decimals.map(({ number, meant }) => mayRound(number, meant)).join(' or ')
    const again = decimals.map(({ measure, number, meant }) => `${addedInTurn(number, meant)} as ${measure}`)
    const sums = decimals.map(({ measure }) => `coalesce(d.${measure}, m.${measure}) as ${measure}`)
    return {
      tables: [
        `${plain} as materialized (${found([...this.#measures, `${rounds} as rounds`], [])})`,
        `${exact} as (${found(again, [`e.person in (select person from ${plain} where rounds)`])})`,
      ],
      measured: `select m.* replace (${sums.join(', ')}) from ${plain} m left join ${exact} d on d.person = m.person`,
    }
  }

  /** A table of those whose answers are others than those of somebody without such an event, and those it is made of. */
  tables(): string[] {
    const { tables, measured } = this.#measured()
    const answered = `select person, ${this.#answers.join(', ')} from (${measured})`
    const other = this.without.map((without, index) => (without ? `not b${index}` : `b${index}`))
    return [...tables, `${this.alias} as (select * from (${answered}) where ${other.join(' or ')})`]
  }
}

/** What a query asks of events, by their name. */
export class EventWalks {
  readonly #context: EventsContext
  readonly #parameters: Parameters
  readonly #walks: Walk[] = []
  readonly #open = new Map<string, Walk>()
  readonly #measuring = new Map<string, Walk>()
  readonly #known = new Map<string, { alias: string | null; sql: string }>()

  constructor(context: EventsContext, parameters: Parameters) {
    this.#context = context
    this.#parameters = parameters
  }

  /** Whether a test holds, as SQL, and the table that has to stand beside the customer for it. */
  holds(test: EventsTest): { readonly alias: string | null; readonly sql: string } {
    const key = JSON.stringify(test)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#make(test)
    this.#known.set(key, made)
    return made
  }

  #make(test: EventsTest) {
    const { measure, op, value } = test
    const without = compare(ofNothing[measure], op, value)
    const intervals = intervalsOf(test.window, { ...this.#context, enteredAt: null })
    if (intervals.length === 0) return { alias: null, sql: String(without) }
    const walk = this.#walkOf(test)
    return { alias: walk.alias, sql: walk.add(test, intervals, without) }
  }

  /** The walk that measures what a test asks for already, or else one that has room for it. */
  #walkOf({ event, where, window, measure, property = 'amount' }: EventsTest): Walk {
    const key = JSON.stringify([event, where, window, measure, property])
    const walk = this.#measuring.get(key) ?? this.#roomyOf(event)
    this.#measuring.set(key, walk)
    return walk
  }

  #roomyOf(event: string): Walk {
    const open = this.#open.get(event)
    if (open !== undefined && !open.isFull) return open
    const made = new Walk(`e${this.#walks.length}`, event, this.#context, this.#parameters)
    this.#walks.push(made)
    this.#open.set(event, made)
    return made
  }

  /** Whether orders are asked for, which stand on what was given back. */
  get asksOrders(): boolean {
    return [...this.#open.keys()].some(onOrders)
  }

  /** The tables that the tests need, in the order in which they build on each other. */
  tables(): string[] {
    return this.#walks.flatMap((walk) => walk.tables())
  }
}
