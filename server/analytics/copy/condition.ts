import type { DuckDBValue } from '@duckdb/node-api'
import {
  audiencesIn,
  type NamedAudiences,
  reachedFrom,
  type SavedAudience,
} from '../../../shared/conditions/audiences.ts'
import { compare } from '../../../shared/conditions/compare.ts'
import { contactMark, sinceOf } from '../../../shared/conditions/contact.ts'
import type { AttributeTypes } from '../../../shared/conditions/customer.ts'
import { type Condition, type Leaf, leavesOf } from '../../../shared/conditions/schema.ts'
import { intervalsOf, limiting, type TimeContext } from '../../../shared/conditions/window.ts'
import { type AttributeContext, attributeSql, ownDaySql } from './condition-attribute.ts'
import { EventWalks } from './condition-events.ts'
import { NameWalk } from './condition-names.ts'
import { refundsTables, withinSql } from './condition-reading.ts'
import { SequenceWalks } from './condition-sequence.ts'
import { allOf, anyOf, bound, memberSql, Parameters } from './condition-writer.ts'

/** What a condition is asked of besides the copy's rows. */
export interface CopyBase {
  readonly saved: SavedAudience
  readonly types: AttributeTypes
  /** The zones that customers have of their own. */
  readonly zones: readonly string[]
}

export type CopyMoment = Omit<TimeContext, 'enteredAt' | 'entryEvent'>

/** A whole query, with the values of its parameters `$1`, `$2`, … in order. */
export interface Query {
  readonly sql: string
  readonly values: readonly DuckDBValue[]
}

/** An audience with more tests stands by itself, so that no query grows with what is named. */
const mostTestsWithin = 50
/** Groups within groups beyond so many stand by themselves: DuckDB reads no deeper nesting than a thousand. */
const mostDepth = 40

/** What is asked of one row of customers, and the tables that stand beside it for that. */
class Scope {
  readonly beside = new Set<string>()

  /** The customers for whom it holds. */
  people(holds: string): string {
    return `select c.person from ${this.#joined()} where ${holds}`
  }

  /** All customers, each with what is made of the row. */
  everybody(mark: string): string {
    return `select c.person, ${mark} as mark from ${this.#joined()}`
  }

  #joined(): string {
    const joined = [...this.beside].map((table) => `left join ${table} on ${table}.person = c.person`)
    return `customers c ${joined.join(' ')}`
  }
}

interface Place {
  readonly scope: Scope
  /** What a test answers of which nobody can say: what makes the whole less likely, as in memory. */
  readonly unsure: boolean
  readonly depth: number
}

/** Writes one query of conditions, with all the audiences that they name. */
class Writer {
  readonly #named: NamedAudiences
  readonly #times: ReadonlyMap<string, number>
  readonly #parameters = new Parameters()
  readonly #context: AttributeContext
  readonly #moment: CopyMoment
  readonly #walks: EventWalks
  readonly #sequences: SequenceWalks
  readonly #tags: NameWalk
  readonly #lists: NameWalk
  /** Customers for whom something holds, which is named in more than one place or nested too deep. */
  readonly #apart: string[] = []
  readonly #audiences = new Map<string, string>()

  constructor(conditions: readonly Condition[], base: CopyBase, moment: CopyMoment) {
    const { types, zones } = base
    this.#named = reachedFrom(conditions.flatMap(audiencesIn), base.saved)
    this.#times = timesNamed([...conditions, ...this.#named.conditions.values()])
    this.#context = { types, zones, now: moment.now, zone: moment.zone, parameters: this.#parameters }
    this.#moment = moment
    this.#walks = new EventWalks(moment, this.#parameters)
    this.#sequences = new SequenceWalks(moment, this.#parameters)
    this.#tags = new NameWalk('tags', 'tag', 'g', this.#parameters)
    this.#lists = new NameWalk('members', 'audience', 'l', this.#parameters)
  }

  query(condition: Condition): Query {
    const scope = new Scope()
    return this.#with(scope.people(this.#write(condition, { scope, unsure: false, depth: 0 })))
  }

  /** Everybody, with the sum of two to the power of the place of each condition that holds. */
  marks(conditions: readonly Condition[]): Query {
    const scope = new Scope()
    const marks = conditions.map((condition, index) => {
      const holds = this.#write(condition, { scope, unsure: false, depth: 0 })
      return `case when ${holds} then ${2 ** index} else 0 end`
    })
    return this.#with(scope.everybody(marks.join(' + ')))
  }

  #with(people: string): Query {
    const walks = [this.#walks, this.#sequences]
    const onOrders = walks.some(({ asksOrders }) => asksOrders)
    const tables = [
      ...(onOrders ? refundsTables(this.#moment, this.#parameters) : []),
      ...walks.flatMap((walk) => walk.tables()),
      ...[this.#tags, this.#lists].flatMap((walk) => walk.tables()),
      ...this.#apart,
    ]
    const sql = tables.length === 0 ? people : `with ${tables.join(',\n')}\n${people}`
    return { sql, values: this.#parameters.values }
  }

  #write(condition: Condition, place: Place): string {
    if (condition.kind === 'not')
      return `(not ${this.#within(condition.of, { ...place, unsure: !place.unsure })})`
    if (condition.kind !== 'all' && condition.kind !== 'any') return this.#leaf(condition, place)
    if (condition.of.length === 0) return 'false'
    const parts = condition.of.map((part) => this.#within(part, place))
    return condition.kind === 'all' ? allOf(parts) : anyOf(parts)
  }

  #within(condition: Condition, place: Place): string {
    if (place.depth < mostDepth) return this.#write(condition, { ...place, depth: place.depth + 1 })
    return this.#setApart(condition, place.unsure)
  }

  /** Whether a customer is among those for whom a condition holds, who are found beforehand. */
  #setApart(condition: Condition, unsure: boolean): string {
    const scope = new Scope()
    const people = scope.people(this.#write(condition, { scope, unsure, depth: 0 }))
    const name = `s${this.#apart.length}`
    this.#apart.push(`${name} as materialized (${people})`)
    return `(c.person in (select person from ${name}))`
  }

  #leaf(test: Leaf, place: Place): string {
    const { scope, unsure } = place
    switch (test.kind) {
      case 'attribute':
        return attributeSql(test, this.#context, unsure)
      case 'anniversary':
        return ownDaySql(test, this.#context, unsure)
      case 'tag':
        return said(this.#besides(this.#tags.holds(test.tag), scope), test.has)
      case 'contact':
        return this.#contact(test)
      case 'audience': {
        const member = this.#member(test.audience, place)
        return member === null ? String(unsure) : said(member, test.member)
      }
      case 'events':
        return this.#besides(this.#walks.holds(test), scope)
      case 'sequence':
        return this.#besides(this.#sequences.holds(test), scope)
      // Nothing of an enrollment is known of the base.
      case 'history':
        return String(compare(0, test.op, test.value))
      case 'entry':
        return String(compare(null, test.op, test.value))
    }
  }

  /** What of a channel holds; with a window, since within it. */
  #contact(test: Extract<Leaf, { kind: 'contact' }>): string {
    const window = limiting(test.window)
    const place = sinceOf(test)
    const intervals = window === null ? null : intervalsOf(window, { ...this.#moment, enteredAt: null })
    if (intervals !== null && (place === null || intervals.length === 0)) return 'false'
    const holds = `coalesce(contains(c.contacts, ${this.#parameters.text(contactMark(test))}), false)`
    if (intervals === null || place === null) return holds
    const since = `try_cast(${memberSql('c.contact_since', place, this.#parameters)} as double)`
    const during = bound(since, (at) => anyOf(intervals.map((one) => withinSql(at, one))), 'd')
    return `(${holds} and coalesce(${during}, false))`
  }

  #besides({ alias, sql }: { readonly alias: string | null; readonly sql: string }, scope: Scope): string {
    if (alias !== null) scope.beside.add(alias)
    return sql
  }

  /** Whether a customer is in an audience; null where nobody can say. */
  #member(audience: string, place: Place): string | null {
    const { conditions, unknown } = this.#named
    if (unknown.has(audience)) return null
    const condition = conditions.get(audience)
    if (condition === undefined) return this.#besides(this.#lists.holds(audience), place.scope)
    const known = this.#audiences.get(audience)
    if (known !== undefined) return known
    const apart = (this.#times.get(audience) ?? 0) > 1 || leavesOf(condition).length > mostTestsWithin
    if (!apart) return this.#within(condition, { ...place, unsure: false })
    const holds = this.#setApart(condition, false)
    this.#audiences.set(audience, holds)
    return holds
  }
}

const said = (sql: string, is: boolean): string => (is ? sql : `(not ${sql})`)

function timesNamed(conditions: readonly Condition[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const leaf of conditions.flatMap(leavesOf))
    if (leaf.kind === 'audience') times.set(leaf.audience, (times.get(leaf.audience) ?? 0) + 1)
  return times
}

export interface CopyAsked {
  readonly conditions?: readonly Condition[]
  /** Asked for themselves, which is no mention. */
  readonly audiences?: Iterable<string>
}

/** Asks the copy for whom conditions and audiences hold, at one moment. */
export class CopyAsking {
  readonly named: NamedAudiences
  readonly #base: CopyBase
  readonly #moment: CopyMoment

  constructor(base: CopyBase, moment: CopyMoment, { conditions = [], audiences = [] }: CopyAsked) {
    this.#base = base
    this.#moment = moment
    this.named = reachedFrom([...audiences, ...conditions.flatMap(audiencesIn)], base.saved)
  }

  /** A query of one column, `person`: the customers for whom a condition holds, just those for whom it does in memory. */
  holds(condition: Condition): Query {
    return new Writer([condition], this.#base, this.#moment).query(condition)
  }

  /**
   * A query of `person` and `mark`: everybody, with the sum of two to the power of the place of each condition that
   * holds; what conditions ask of events is worked out once for all of them.
   */
  marks(conditions: readonly Condition[]): Query {
    return new Writer(conditions, this.#base, this.#moment).marks(conditions)
  }
}
