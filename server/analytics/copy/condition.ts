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
import type { PicksTest } from '../../../shared/conditions/picks.ts'
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
  readonly picked: PickedTables
}

/** By its text, where each test of picks finds those for whom it holds: a table of `person`. */
export type PickedTables = ReadonlyMap<string, string>

export const textOfPicks = (test: PicksTest): string => JSON.stringify(test)

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
  /**
   * What a test of picks counts for before anything is picked: here what makes the whole more likely, or less. null: it
   * is known for whom it holds.
   */
  readonly perhaps: boolean | null
}

const opposite = (perhaps: boolean | null): boolean | null => (perhaps === null ? null : !perhaps)

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
  /** By what is taken for picks in it. */
  readonly #audiences = new Map<string, string>()
  readonly #picked: PickedTables

  constructor(conditions: readonly Condition[], base: CopyBase, moment: CopyMoment) {
    const { types, zones } = base
    this.#picked = base.picked
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
    return this.#with(scope.people(this.#write(condition, placeIn(scope))))
  }

  /** Those for whom it holds, or may: whatever would be picked for them. */
  perhaps(condition: Condition): Query {
    const scope = new Scope()
    return this.#with(scope.people(this.#write(condition, { ...placeIn(scope), perhaps: true })))
  }

  /** Of whom nobody can say whether one of the conditions holds before it is known what would be picked for them. */
  doubtful(conditions: readonly Condition[]): Query {
    const scope = new Scope()
    const doubts = conditions.map((condition) => {
      const most = this.#write(condition, { ...placeIn(scope), perhaps: true })
      const least = this.#write(condition, { ...placeIn(scope), perhaps: false })
      return allOf([most, `(not ${least})`])
    })
    return this.#with(scope.people(anyOf(doubts.map((doubt) => `(${doubt})`))))
  }

  /** Everybody, with the sum of two to the power of the place of each condition that holds. */
  marks(conditions: readonly Condition[]): Query {
    const scope = new Scope()
    const marks = conditions.map((condition, index) => {
      const holds = this.#write(condition, placeIn(scope))
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
    if (condition.kind === 'not') return `(not ${this.#within(condition.of, against(place))})`
    if (condition.kind !== 'all' && condition.kind !== 'any') return this.#leaf(condition, place)
    if (condition.of.length === 0) return 'false'
    const parts = condition.of.map((part) => this.#within(part, place))
    return condition.kind === 'all' ? allOf(parts) : anyOf(parts)
  }

  #within(condition: Condition, place: Place): string {
    if (place.depth < mostDepth) return this.#write(condition, { ...place, depth: place.depth + 1 })
    return this.#setApart(condition, place)
  }

  /** Whether a customer is among those for whom a condition holds, who are found beforehand. */
  #setApart(condition: Condition, place: Place): string {
    const scope = new Scope()
    const people = scope.people(this.#write(condition, { ...place, scope, depth: 0 }))
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
        const member = this.#member(test.audience, test.member ? place : against(place))
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
      case 'picks':
        return this.#picks(test, place)
    }
  }

  #picks(test: PicksTest, { perhaps }: Place): string {
    if (perhaps !== null) return String(perhaps)
    const table = this.#picked.get(textOfPicks(test))
    if (table === undefined) throw new Error('nobody has said for whom a test of picks holds')
    return `(c.person in (select person from ${table}))`
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
    const key = `${place.perhaps} ${audience}`
    const known = this.#audiences.get(key)
    if (known !== undefined) return known
    const apart = (this.#times.get(audience) ?? 0) > 1 || leavesOf(condition).length > mostTestsWithin
    if (!apart) return this.#within(condition, { ...place, unsure: false })
    const holds = this.#setApart(condition, { ...place, unsure: false })
    this.#audiences.set(key, holds)
    return holds
  }
}

const placeIn = (scope: Scope): Place => ({ scope, unsure: false, depth: 0, perhaps: null })

/** Where what holds makes the whole less likely that it made more likely before. */
const against = (place: Place): Place => ({
  ...{ ...place, unsure: !place.unsure },
  perhaps: opposite(place.perhaps),
})

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

  /** A query of those for whom a condition holds or may hold, whatever would be picked for them. */
  perhaps(condition: Condition): Query {
    return new Writer([condition], this.#base, this.#moment).perhaps(condition)
  }

  /** A query of those of whom it cannot be said by the copy alone whether one of the conditions holds. */
  doubtful(conditions: readonly Condition[]): Query {
    return new Writer(conditions, this.#base, this.#moment).doubtful(conditions)
  }

  /**
   * A query of `person` and `mark`: everybody, with the sum of two to the power of the place of each condition that
   * holds; what conditions ask of events is worked out once for all of them.
   */
  marks(conditions: readonly Condition[]): Query {
    return new Writer(conditions, this.#base, this.#moment).marks(conditions)
  }
}
