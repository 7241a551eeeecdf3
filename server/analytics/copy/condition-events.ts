import { dayOf } from '../../../shared/calendar/date.ts'
import { localDate } from '../../../shared/calendar/index.ts'
import { compare } from '../../../shared/conditions/compare.ts'
import { onOrders } from '../../../shared/conditions/lines.ts'
import type { EventsTest, Measure } from '../../../shared/conditions/schema.ts'
import { type Interval, intervalsOf } from '../../../shared/conditions/window.ts'
import { type Compared, decidingNumbers, jsonHolds, numberHolds } from './condition-compare.ts'
import { EventReading, type EventsContext, place } from './condition-reading.ts'
import { writtenMembers } from './condition-text.ts'
import { anyOf, numberSql, type Parameters } from './condition-writer.ts'
import { dayNumberSql } from './condition-zone.ts'

/** So much is measured in one walk over the events; what it holds for each customer grows with that. */
const mostTogether = 32

/** So many sums are added in turn at once. */
const mostInTurn = 4

/** A sum of decimals, which rounds as it goes, in the order of the events as in memory. */
const addedInTurn = (number: string, meant: string): string =>
  `list_reduce(list_transform(list_sort(list(row(${place}, ${number})) filter (where ${meant} and ${number} is not null)),
    lambda r: r[2]), lambda a, b: a + b)`

/** A sum of what may be decimals: what it adds up, and beside what it matters how it has rounded on its way. */
interface DecimalSum {
  readonly measure: string
  readonly number: string
  readonly meant: string
  /** Of the sum itself, and of the mean. */
  readonly beside: Set<string>
}

/** By which sums of decimals are told that have to be added in turn: their sizes, parts of a whole, and how many there are. */
const looksAt = ({ number, meant }: DecimalSum, index: number): string[] => [
  `coalesce(sum(abs(${number})) filter (where ${meant}), 0) as size${index}`,
  `coalesce(bool_or(${number} <> floor(${number})) filter (where ${meant}), false) as broken${index}`,
  `count(${number}) filter (where ${meant})::DOUBLE as many${index}`,
]

/** As much as two sums of the same numbers may differ, for each number and of the size of all; twice that, to be sure. */
const unit = 2 ** -51

/**
 * Whether a sum may have rounded so that its test is answered otherwise than by one in turn. One of whole numbers does not
 * round, in whichever order they are added, and how one has rounded matters close to what it is compared with alone.
 */
function mattersSql({ measure, beside }: DecimalSum, index: number): string {
  const rounds = `(broken${index} or size${index} > ${Number.MAX_SAFE_INTEGER})`
  const close = [...beside].map((wanted) => {
    const apart = wanted.replaceAll('many', `many${index}`)
    return `abs(${measure} - ${apart}) <= (many${index} + 2) * (size${index} + abs(${apart})) * ${numberSql(unit)}`
  })
  return `(${rounds} and (not isfinite(size${index}) or ${anyOf(close)}))`
}

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
  readonly #decimals: DecimalSum[] = []

  constructor(alias: string, event: string, context: EventsContext, parameters: Parameters) {
    this.alias = alias
    this.#context = context
    this.#parameters = parameters
    this.#reading = new EventReading(event, parameters, context)
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
    if (test.measure === 'sum') return this.#sum(test, meant, (wanted) => numberSql(wanted))
    if (test.measure !== 'average') return this.#once(this.#measureSql(test, meant))
    const many = this.#once(`count(${this.#number(test.property)}) filter (where ${meant})`)
    const sum = this.#sum(test, meant, (wanted) => `${numberSql(wanted)} * many`)
    return `(${sum} / nullif(${many}, 0)::DOUBLE)`
  }

  #sum(test: EventsTest, meant: string, besideOf: (wanted: number) => string): string {
    const number = this.#number(test.property)
    const measure = this.#once(`coalesce(sum(${number}) filter (where ${meant}), 0)`)
    if (number === 'amount') return measure
    const known = this.#decimals.find((one) => one.measure === measure)
    const decimal = known ?? { measure, number, meant, beside: new Set() }
    if (known === undefined) this.#decimals.push(decimal)
    // Beside itself it always is.
    const deciding = decidingNumbers({ op: test.op, operand: test.value })?.map(besideOf) ?? [measure]
    for (const wanted of deciding) decimal.beside.add(wanted)
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
    return property === 'amount' ? 'amount' : this.#reading.number(property)
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
    const plain = `${this.alias}m`
    const matters = decimals.map((one, index) => `${mattersSql(one, index)} as matters${index}`)
    const measures = [...this.#measures, ...decimals.flatMap(looksAt)]
    // What is added in turn is kept by each customer until it is: some sums at a time.
    const parts = Array.from({ length: Math.ceil(decimals.length / mostInTurn) }, (_, part) => {
      const own = decimals.slice(part * mostInTurn, (part + 1) * mostInTurn)
      const whose = own.map((_one, index) => `matters${part * mostInTurn + index}`).join(' or ')
      const sums = own.map(({ measure, number, meant }) => `${addedInTurn(number, meant)} as ${measure}`)
      const name = `${this.alias}d${part}`
      const only = `e.person in (select person from ${plain} where ${whose})`
      return { name, own, table: `${name} as materialized (${found(sums, [only])})` }
    })
    const sums = parts.flatMap(({ name, own }) =>
      own.map(({ measure }) => `coalesce(${name}.${measure}, m.${measure}) as ${measure}`),
    )
    const beside = parts.map(({ name }) => `left join ${name} on ${name}.person = m.person`)
    return {
      tables: [
        `${plain} as materialized (select *, ${matters.join(', ')} from (${found(measures, [])}))`,
        ...parts.map(({ table }) => table),
      ],
      measured: `select m.* replace (${sums.join(', ')}) from ${plain} m ${beside.join(' ')}`,
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
