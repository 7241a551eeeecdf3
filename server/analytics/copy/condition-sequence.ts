import { onOrders } from '../../../shared/conditions/lines.ts'
import { type EventFilter, filtersIn, type SequenceTest } from '../../../shared/conditions/schema.ts'
import { gapOf } from '../../../shared/conditions/sequence.ts'
import { type Interval, intervalsOf, soFarOf } from '../../../shared/conditions/window.ts'
import { EventReading, type EventsContext, place } from './condition-reading.ts'
import { allOf, anyOf, numberSql, type Parameters } from './condition-writer.ts'

const earlier =
  'over (partition by person order by moment, seq rows between unbounded preceding and 1 preceding)'
const later =
  'over (partition by person order by moment, seq rows between 1 following and unbounded following)'

/** Whether a moment lies no further than a gap behind another. */
const nearer = (moment: string, before: string, gap: number): string =>
  gap === Number.POSITIVE_INFINITY ? `${before} is not null` : `${moment} - ${before} <= ${numberSql(gap)}`

const last = (flag: string) => `max(${place}) filter (where ${flag})`

/** Of two steps with any time between them, whether it holds by the first and the last of each; null: it is not so. */
function atOnce({ next, without }: SequenceTest): string | null {
  const [second, third] = next
  if (second !== undefined && third === undefined && second.within === undefined && without === undefined)
    return `min(${place}) filter (where f0) < ${last('f1')}`
  if (second === undefined && without !== undefined && without.within === undefined)
    return `${last('f0')} >= coalesce(${last('f1')}, ${last('f0')})`
  return null
}

/** A step: an event that is meant by one, in the reading of the events of its name. */
interface Step {
  readonly event: string
  readonly meant: string
}

/** Who has done one thing after the other, each sequence by putting the events of its steps in order once. */
export class SequenceWalks {
  readonly #context: EventsContext
  readonly #parameters: Parameters
  readonly #known = new Map<string, { readonly alias: string | null; readonly sql: string }>()
  readonly #tables: string[] = []
  #orders = false

  constructor(context: EventsContext, parameters: Parameters) {
    this.#context = context
    this.#parameters = parameters
  }

  /** Whether orders are asked for, which stand on what was given back. */
  get asksOrders(): boolean {
    return this.#orders
  }

  tables(): readonly string[] {
    return this.#tables
  }

  /** Whether a sequence holds, as SQL, and the table that has to stand beside the customer for it. */
  holds(test: SequenceTest): { readonly alias: string | null; readonly sql: string } {
    const key = JSON.stringify(test)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#make(test)
    this.#known.set(key, made)
    return made
  }

  #make(test: SequenceTest) {
    const intervals = intervalsOf(test.window, { ...this.#context, enteredAt: null })
    if (intervals.length === 0) return { alias: null, sql: 'false' }
    const alias = `q${this.#known.size}`
    this.#orders ||= filtersIn(test).some(({ event }) => onOrders(event))
    const { rows, steps } = this.#rows(test, intervals)
    const soon = atOnce(test)
    if (soon !== null) {
      this.#tables.push(`${alias} as (select person, ${soon} as held from (${rows}) group by person)`)
      return { alias, sql: `coalesce(${alias}.held, false)` }
    }
    // Most have not done all of it: only the events of the others are put in order.
    const asked = test.without === undefined ? steps : steps.slice(0, -1)
    const near = asked.map(({ flag }) => `bool_or(${flag})`)
    this.#tables.push(
      `${alias}e as materialized (${rows})`,
      `${alias}p as (select person from ${alias}e group by person having ${allOf(near)})`,
      `${alias} as (select distinct person, true as held from (${this.#ends(test, alias)}))`,
    )
    return { alias, sql: `coalesce(${alias}.held, false)` }
  }

  /** The events of all steps, each once, with a flag for each step. */
  #rows({ first, next, without }: SequenceTest, intervals: readonly Interval[]) {
    const start = Math.min(...intervals.map(([from]) => from))
    const known: readonly Interval[] = [[start, soFarOf(this.#context)]]
    const readings = new Map<string, EventReading>()
    const step = (filter: EventFilter, during: readonly Interval[]): Step => {
      const { event } = filter
      const reading = readings.get(event) ?? new EventReading(event, this.#parameters, this.#context)
      readings.set(event, reading)
      return { event, meant: reading.means(filter, during) }
    }
    const later = [...next, ...(without === undefined ? [] : [without])]
    const steps = [step(first, intervals), ...later.map((one) => step(one, known))].map((one, index) => ({
      ...one,
      flag: `f${index}`,
    }))
    const parts = [...readings].map(([event, reading]) => {
      const flags = steps.map((one) => `${one.event === event ? one.meant : 'false'} as ${one.flag}`)
      return `select person, moment, seq, ${flags.join(', ')} from (${reading.sql([])})`
    })
    return { rows: parts.join(' union all '), steps }
  }

  /** The events that end the steps, and are not followed by what must not follow. */
  #ends({ next, without }: SequenceTest, alias: string): string {
    const events = `select *, f0 as r0 from ${alias}e semi join ${alias}p using (person)`
    const reached = next.reduce((before, step, index) => {
      const at = `max(case when r${index} then moment end) ${earlier}`
      return `select *, coalesce(f${index + 1} and ${nearer('moment', at, gapOf(step))}, false) as r${index + 1} from (${before})`
    }, events)
    const ends = `r${next.length}`
    if (without === undefined) return `select person from (${reached}) where ${ends}`
    const gap = gapOf(without)
    const follows = `min(case when f${next.length + 1} then moment end) ${later}`
    const over =
      gap === Number.POSITIVE_INFINITY
        ? []
        : [`moment + ${numberSql(gap)} < ${numberSql(soFarOf(this.#context))}`]
    const free = anyOf([
      'follows is null',
      ...(over.length === 0 ? [] : [`follows - moment > ${numberSql(gap)}`]),
    ])
    return `select person from (select *, ${follows} as follows from (${reached})) where ${allOf([ends, free, ...over])}`
  }
}
