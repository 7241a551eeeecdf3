import { isOrderNumber } from '../../../shared/conditions/customer.ts'
import { orderEvent, refundEvent } from '../../../shared/conditions/purchases.ts'
import { type EventFilter, isEntryReference, type PropertyTest } from '../../../shared/conditions/schema.ts'
import { type Interval, soFarOf, type TimeContext } from '../../../shared/conditions/window.ts'
import { jsonHolds, needlesOf, numberHolds } from './condition-compare.ts'
import { anyOf, memberSql, numberSql, type Parameters } from './condition-writer.ts'

export type EventsContext = Pick<TimeContext, 'now' | 'knownUntil' | 'zone' | 'anchors'>

const within = ([from, to]: Interval): string =>
  from === Number.NEGATIVE_INFINITY
    ? `moment < ${numberSql(to)}`
    : `(moment >= ${numberSql(from)} and moment < ${numberSql(to)})`

/** Where tests are asked one after the other, each only where those before it hold: most events fall at the first. */
const inTurn = (tests: readonly string[]): string =>
  tests.reduceRight((rest, one) => (rest === '' ? one : `case when ${one} then ${rest} else false end`), '')

/** What has been given back for each order so far: the table `refunds` that readings of orders stand on. */
export function refundsTable(context: EventsContext, parameters: Parameters): string {
  return `refunds as (select person, refund_of, sum(amount) as back from events
    where name = ${parameters.text(refundEvent)} and moment < ${numberSql(soFarOf(context))}
      and refund_of is not null and amount is not null group by person, refund_of)`
}

/** The events of one name, each with what is read of it and for which tests it is meant; orders as they stand. */
export class EventReading {
  readonly #event: string
  readonly #parameters: Parameters
  /** What is read of an event's properties, and which events a test means: each once. */
  readonly #read = new Map<string, string>()
  readonly #meant = new Map<string, string>()
  readonly #intervals: Interval[] = []
  /** Those of which all events are meant. */
  readonly #all: Interval[] = []

  constructor(event: string, parameters: Parameters) {
    this.#event = event
    this.#parameters = parameters
  }

  /** The column that says whether an event is meant: the same for all tests with the same filters and window. */
  means({ where }: EventFilter, intervals: readonly Interval[]): string {
    const tests = [anyOf(intervals.map(within)), ...where.map((one) => this.#propertyHolds(one))]
    const sql = inTurn(tests)
    const known = this.#meant.get(sql)
    if (known !== undefined) return known
    const name = `t${this.#meant.size}`
    this.#meant.set(sql, name)
    this.#intervals.push(...intervals)
    if (where.length === 0 && intervals.length === 1) this.#all.push(...intervals)
    return name
  }

  /** The column of a property of an event as JSON, as `propertyOf` answers it in memory. */
  property(name: string): string {
    const known = this.#read.get(name)
    if (known !== undefined) return known
    const made = `p${this.#read.size}`
    this.#read.set(name, made)
    return made
  }

  #propertyHolds({ property, op, value }: PropertyTest): string {
    // Over the base nobody has come in by an event, so a property of the entry has no value.
    const operand = isEntryReference(value) ? undefined : value
    const compared = { op, operand, parameters: this.#parameters }
    if (property === 'amount') return numberHolds('amount', compared)
    const json = this.property(property)
    const holds = jsonHolds(json, compared)
    const needles = needlesOf(compared)
    if (needles === null) return holds
    const near = anyOf(needles.map((text) => `contains(${json}, ${this.#parameters.text(text)})`))
    return inTurn([near, holds])
  }

  /** The events of which any is meant, each with its columns. */
  sql(only: readonly string[]): string {
    const pointers = [...this.#read].map(([name, column]) => {
      const own = memberSql('e.properties', name, this.#parameters)
      const value = isOrderNumber(this.#event, name) ? `coalesce(${own}, to_json(e.id)::VARCHAR)` : own
      return `${value} as ${column}`
    })
    const from = Math.min(...this.#intervals.map(([start]) => start))
    const to = Math.max(...this.#intervals.map(([, end]) => end))
    const stands = this.#event === orderEvent
    const amount = stands
      ? 'case when coalesce(r.back, 0) = 0 then e.amount else coalesce(e.amount, 0) - r.back end'
      : 'e.amount'
    const columns = ['e.person', 'e.moment', 'e.seq', `${amount} as amount`, ...pointers]
    const conditions = [
      `e.name = ${this.#parameters.text(this.#event)}`,
      `e.moment < ${numberSql(to)}`,
      ...(from === Number.NEGATIVE_INFINITY ? [] : [`e.moment >= ${numberSql(from)}`]),
      ...(stands ? ['not coalesce(r.back > 0 and r.back >= coalesce(e.amount, 0), false)'] : []),
      ...only,
    ]
    const refunds = stands ? 'left join refunds r on r.person = e.person and r.refund_of = e.id' : ''
    const read = `select ${columns.join(', ')} from events e ${refunds} where ${conditions.join(' and ')}`
    const tests = [...this.#meant].map(([sql, name]) => `${sql} as ${name}`)
    const meant = `select *, ${tests.join(', ')} from (${read})`
    // An event that no test means changes nothing; where one means them all there is none.
    return this.#all.some(([start, end]) => start === from && end === to)
      ? meant
      : `select * from (${meant}) where ${anyOf([...this.#meant.values()])}`
  }
}
