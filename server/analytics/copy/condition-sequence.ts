import { currentEvent } from '../../../shared/conditions/acts.ts'
import { onOrders } from '../../../shared/conditions/lines.ts'
import { type EventFilter, filtersIn, type SequenceTest } from '../../../shared/conditions/schema.ts'
import { gapOf } from '../../../shared/conditions/sequence.ts'
import { type Interval, intervalsOf, soFarOf } from '../../../shared/conditions/window.ts'
import { EventReading, type EventsContext, place } from './condition-reading.ts'
import { allOf, numberSql, type Parameters } from './condition-writer.ts'

const never = numberSql(Number.POSITIVE_INFINITY)

/**
 * Events of each person together, the latest first; with whether one is the latest of its person. Functions over them
 * that have no order of their own read them once, as they stand.
 */
const latestFirst = (events: string): string =>
  `select *, person is distinct from lag(person) over () as latest
   from (select * exclude (seq) from (${events}) order by person desc, moment desc, seq desc)`

/** Such rows, each with the moment of the nearest later one of the same person that is flagged. */
const withNearest = (rows: string, flag: string, name: string): string =>
  `select * replace (case when latest then ${never} else lag(${name}) over () end as ${name}) from (
     select *, last_value(case when ${flag} then moment when latest then ${never} end ignore nulls)
       over (rows between unbounded preceding and current row) as ${name} from (${rows}))`

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
    const rows = this.#rows(test, intervals)
    const soon = atOnce(test)
    if (soon !== null) {
      this.#tables.push(`${alias} as (select person, ${soon} as held from (${rows}) group by person)`)
      return { alias, sql: `coalesce(${alias}.held, false)` }
    }
    this.#tables.push(`${alias} as (select distinct person, true as held from (${this.#begins(test, rows)}))`)
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
      // An entry that goes on stands right behind itself as an entry.
      const arrival = event === currentEvent ? 'seq + 1' : 'seq'
      return `select person, moment, ${arrival} as seq, ${flags.join(', ')} from (${reading.sql([])})`
    })
    return parts.join(' union all ')
  }

  /**
   * The events from which on the steps follow. They are gone through from the latest on: of each step the nearest one
   * that the rest follows is the best for the step before, as its gap begins there.
   */
  #begins({ next, without }: SequenceTest, events: string): string {
    let rows = latestFirst(events)
    let holds = `f${next.length}`
    if (without !== undefined) {
      rows = withNearest(rows, `f${next.length + 1}`, 'follows')
      holds = allOf([holds, ...this.#isFree('follows', gapOf(without))])
    }
    for (const [index, step] of [...next.entries()].reverse()) {
      const nearest = `next${index}`
      rows = withNearest(rows, holds, nearest)
      const gap = gapOf(step)
      const near = Number.isFinite(gap) ? `${nearest} - moment <= ${numberSql(gap)}` : `${nearest} < ${never}`
      holds = allOf([`f${index}`, near])
    }
    return `select person from (${rows}) where ${holds}`
  }

  /** Whether nothing follows that must not, and cannot any more where there is a gap. */
  #isFree(follows: string, gap: number): string[] {
    if (!Number.isFinite(gap)) return [`${follows} = ${never}`]
    const over = `moment + ${numberSql(gap)} < ${numberSql(soFarOf(this.#context))}`
    return [over, `${follows} - moment > ${numberSql(gap)}`]
  }
}
