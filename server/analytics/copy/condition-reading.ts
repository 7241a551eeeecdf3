import { actEvents, currentEvent, isAct } from '../../../shared/conditions/acts.ts'
import { isOrderNumber, orderNumber } from '../../../shared/conditions/customer.ts'
import { lineEvent, onOrders } from '../../../shared/conditions/lines.ts'
import { orderEvent, refundEvent } from '../../../shared/conditions/purchases.ts'
import { type EventFilter, isEntryReference, type PropertyTest } from '../../../shared/conditions/schema.ts'
import { type Interval, soFarOf, type TimeContext } from '../../../shared/conditions/window.ts'
import { lineColumns, lineStep } from './columns-line.ts'
import { jsonHolds, needlesOf, numberHolds } from './condition-compare.ts'
import { givenBeside, givenTable, isLeft, leftJson, leftSql, lineStands } from './condition-returns.ts'
import { anyOf, memberSql, numberSql, type Parameters } from './condition-writer.ts'

export type EventsContext = Pick<TimeContext, 'now' | 'knownUntil' | 'zone' | 'anchors'>

/** The order of a customer's events, as one number: their time, then their arrival. */
export const place = `(moment::HUGEINT * ${2n ** 61n} + (seq / ${lineStep})::HUGEINT)`

/** Whether a moment lies within a stretch of time. */
export const withinSql = (moment: string, [from, to]: Interval): string =>
  from === Number.NEGATIVE_INFINITY
    ? `${moment} < ${numberSql(to)}`
    : `(${moment} >= ${numberSql(from)} and ${moment} < ${numberSql(to)})`

const within = (interval: Interval): string => withinSql('moment', interval)

/** Where tests are asked one after the other, each only where those before it hold: most events fall at the first. */
const inTurn = (tests: readonly string[]): string =>
  tests.reduceRight((rest, one) => (rest === '' ? one : `case when ${one} then ${rest} else false end`), '')

/** Where events of a name stand as rows `e`, and how a property is read, `own` being its own member of the JSON. */
interface Rows {
  readonly from: string
  /** Which of the rows they are. */
  readonly which: string
  readonly property: (name: string, own: () => string) => string
}

/** Lines of orders, and the orders that have none, each of which is a line itself. */
const everyLine = (order: string) => `(select person, id, seq, moment, amount, properties,
    ${lineColumns.join(', ')}, whole, good, pieces, earlier, earlier_worth,
    null::VARCHAR[] as categories, false as alone from lines
  union all select person, id, seq + ${lineStep}, moment, amount, properties,
    ${lineColumns.map(() => 'null').join(', ')}, amount, null, null, null, null, categories, true from events
    where name = ${order} and not coalesce(lined, false))`

const itsNumber = 'to_json(e.id)::VARCHAR'

/** The events of a name as they came in; `before` is when nothing was known yet. */
export function rowsOf(event: string, parameters: Parameters, before: number): Rows {
  if (event === currentEvent)
    return {
      from: 'acts e',
      which: `e.name = ${parameters.text(actEvents.entered)} and (e.until is null or e.until >= ${numberSql(before)})`,
      property: (_name, own) => own(),
    }
  if (event === lineEvent)
    return {
      from: `${everyLine(parameters.text(orderEvent))} e`,
      which: 'true',
      property: (name, own) => {
        if (name === orderNumber) return itsNumber
        const column = lineColumns.find((one) => one === name)
        if (column === undefined) return own()
        const said = `when e.categories is not null then to_json(e.categories)::VARCHAR`
        return `case when not e.alone then e.${column} ${name === 'category' ? said : ''} else ${own()} end`
      },
    }
  return {
    from: isAct(event) ? 'acts e' : 'events e',
    which: `e.name = ${parameters.text(event)}`,
    property: (name, own) => (isOrderNumber(event, name) ? `coalesce(${own()}, ${itsNumber})` : own()),
  }
}

interface Source extends Rows {
  readonly amount: string
  /** What must hold of a row for it to stand. */
  readonly stands: readonly string[]
}

const leftOver = 'case when coalesce(r.back, 0) = 0 then e.amount else coalesce(e.amount, 0) - r.back end'
const standsOf = (worth: string) => `not coalesce(r.back > 0 and r.back >= coalesce(${worth}, 0), false)`

/** Orders as they stand: less what has been given back, and without those of which all has been. */
function sourceOf(event: string, parameters: Parameters, before: number): Source {
  const rows = rowsOf(event, parameters, before)
  if (!onOrders(event)) return { ...rows, amount: 'e.amount', stands: [] }
  const from = `${rows.from} left join refunds r on r.person = e.person and r.refund_of = e.id`
  if (event === orderEvent) return { ...rows, from, amount: leftOver, stands: [standsOf('e.amount')] }
  return {
    ...rows,
    from: `${from} ${givenBeside}`,
    amount: `case when e.alone then ${leftOver} else e.amount end`,
    property: (name, own) => {
      if (!isLeft(name)) return rows.property(name, own)
      const alone = name === 'net_amount' ? `coalesce(${own()}, ${leftJson(leftOver)})` : own()
      return `case when e.alone then ${alone} else ${leftJson(leftSql[name])} end`
    },
    stands: [standsOf('e.whole'), `(e.alone or ${lineStands})`],
  }
}

/** What has been given back so far, of each order and of its lines: what readings of orders stand on. */
export function refundsTables(context: EventsContext, parameters: Parameters): string[] {
  const before = soFarOf(context)
  const refunds = `refunds as (select person, refund_of, sum(amount) as back from events
    where name = ${parameters.text(refundEvent)} and moment < ${numberSql(before)}
      and refund_of is not null and amount is not null group by person, refund_of)`
  return [refunds, givenTable(before)]
}

/** Tests by any of which events are chosen before they are measured. */
const mostAskedTwice = 4

/** The events of one name, each with what is read of it and for which tests it is meant; orders as they stand. */
export class EventReading {
  readonly #event: string
  readonly #parameters: Parameters
  readonly #before: number
  /** What is read of an event's properties, and which events a test means: each once. */
  readonly #read = new Map<string, string>()
  readonly #meant = new Map<string, string>()
  /** Of the columns of properties those that are asked for as numbers too. */
  readonly #numbers = new Set<string>()
  readonly #intervals: Interval[] = []
  /** Those of which all events are meant. */
  readonly #all: Interval[] = []

  constructor(event: string, parameters: Parameters, context: EventsContext) {
    this.#event = event
    this.#before = soFarOf(context)
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

  /** The column of a property as the number that its JSON is; null where it is anything else. */
  number(name: string): string {
    const column = this.property(name)
    this.#numbers.add(column)
    return `n${column}`
  }

  #propertyHolds({ property, op, value }: PropertyTest): string {
    // Over the base nobody has come in by an event, so a property of the entry has no value.
    const operand = isEntryReference(value) ? undefined : value
    const compared = { op, operand, parameters: this.#parameters }
    if (property === 'amount') return numberHolds('amount', compared)
    const json = this.property(property)
    const holds = jsonHolds(json, compared, this.number(property))
    const needles = needlesOf(compared)
    if (needles === null) return holds
    const near = anyOf(needles.map((text) => `contains(${json}, ${this.#parameters.text(text)})`))
    return inTurn([near, holds])
  }

  /** The events of which any is meant, each with its columns. */
  sql(only: readonly string[]): string {
    const source = sourceOf(this.#event, this.#parameters, this.#before)
    const pointers = [...this.#read].map(([name, column]) => {
      const own = () => memberSql('e.properties', name, this.#parameters)
      return `${source.property(name, own)} as ${column}`
    })
    const from = Math.min(...this.#intervals.map(([start]) => start))
    const to = Math.max(...this.#intervals.map(([, end]) => end))
    const columns = ['e.person', 'e.moment', 'e.seq', `${source.amount} as amount`, ...pointers]
    const conditions = [
      source.which,
      ...source.stands,
      `e.moment < ${numberSql(to)}`,
      ...(from === Number.NEGATIVE_INFINITY ? [] : [`e.moment >= ${numberSql(from)}`]),
      ...only,
    ]
    const read = `select ${columns.join(', ')} from ${source.from} where ${conditions.join(' and ')}`
    const numbers = [...this.#numbers].map((column) => `try_cast(${column} as double) as n${column}`)
    const numbered = numbers.length === 0 ? read : `select *, ${numbers.join(', ')} from (${read})`
    const tests = [...this.#meant].map(([sql, name]) => `${sql} as ${name}`)
    const meant = `select *, ${tests.join(', ')} from (${numbered})`
    // An event that no test means changes nothing; where one means them all there is none. Of many tests each would be
    // asked twice, with all that it reads.
    const any = this.#all.some(([start, end]) => start === from && end === to)
    return any || this.#meant.size > mostAskedTwice
      ? meant
      : `select * from (${meant}) where ${anyOf([...this.#meant.values()])}`
  }
}
