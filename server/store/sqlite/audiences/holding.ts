import type Database from 'better-sqlite3'
import { type NamedAudiences, namedBy } from '../../../../shared/conditions/audiences.ts'
import { type Customer, type CustomerEvent, isColumn } from '../../../../shared/conditions/customer.ts'
import { evaluate, needsOf } from '../../../../shared/conditions/evaluate.ts'
import { noHistory } from '../../../../shared/conditions/history.ts'
import { HeldMemberships } from '../../../../shared/conditions/memberships.ts'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import type { TimeContext } from '../../../../shared/conditions/window.ts'
import type { Picked } from '../../../../shared/picks/pick.ts'
import { isReadable, type Moment, type ReadCustomer } from '../../../ports/engine.ts'
import { customersReader } from '../customers/facts.ts'
import { historyReader } from '../events/history.ts'
import { shownReader } from '../picks/shown.ts'
import { savedAudiences } from './base.ts'

/** So many are read at once, with all that they did. */
const readAtOnce = 500

const nothing: ReadonlySet<string> = new Set()
const noEvents: readonly CustomerEvent[] = []
const noPicks: readonly Picked[] = []

export interface Asked {
  readonly ids: readonly string[]
  readonly conditions: readonly Condition[]
  readonly at: Moment
}

export interface Held {
  readonly named: NamedAudiences
  /** For whom each condition holds, in the order of the ids. */
  readonly inside: readonly (readonly string[])[]
}

/** Asks conditions of some customers, who are read by key, in memory: what is asked of everybody asks the copy. */
export interface Holding {
  /** The audiences that conditions name. */
  named(conditions: readonly Condition[]): NamedAudiences
  ask(asked: Asked): Held
}

/** A name that no audience has: nobody can say who is in it. */
const nobodySays: Condition = { kind: 'audience', audience: '', member: true }

/** What a condition asks of somebody whose attributes nobody can read: of these neither yes nor no. */
function unread(condition: Condition): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { kind: condition.kind, of: condition.of.map(unread) }
  if (condition.kind === 'not') return { kind: 'not', of: unread(condition.of) }
  const asks = condition.kind === 'attribute' || condition.kind === 'anniversary'
  return asks && !isColumn(condition.name) ? nobodySays : condition
}

const unreadAudiences = ({ conditions, ...named }: NamedAudiences): NamedAudiences => ({
  ...named,
  conditions: new Map([...conditions].map(([key, condition]) => [key, unread(condition)])),
})

/** The rows of a customer behind each other, as they were read. */
function byCustomer<Row extends { customer_id: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.customer_id)
    if (group === undefined) groups.set(row.customer_id, [read(row)])
    else group.push(read(row))
  }
  return groups
}

interface Part {
  readonly picks: ReadonlyMap<string, readonly Picked[]> | null
  readonly customers: ReadonlyMap<string, ReadCustomer>
  readonly tags: ReadonlyMap<string, readonly string[]>
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly events: ReadonlyMap<string, readonly CustomerEvent[]>
}

const ofIds = 'customer_id in (select value from json_each(?))'

/** Reads what conditions ask of some customers, one query for each kind of fact. */
function partReader(sqlite: Database.Database) {
  const customers = customersReader(sqlite)
  const tags = sqlite.prepare<[string], { customer_id: string; tag: string }>(
    `select customer_id, tag from tags where ${ofIds}`,
  )
  const lists = sqlite.prepare<[string, string], { customer_id: string; audience: string }>(
    `select customer_id, audience from audience_members
     where ${ofIds} and audience in (select value from json_each(?))`,
  )
  const histories = historyReader(sqlite)
  const shown = shownReader(sqlite)
  return (ids: readonly string[], { conditions, named }: Question, now: number): Part => {
    const needs = needsOf([...conditions, ...named.conditions.values()])
    const some = JSON.stringify(ids)
    const asked = named.lists.size === 0 ? [] : lists.all(some, JSON.stringify([...named.lists]))
    return {
      customers: customers(ids, needs.addresses),
      tags: byCustomer(needs.tags ? tags.all(some) : [], ({ tag }) => tag),
      lists: byCustomer(asked, ({ audience }) => audience),
      events: needs.events.length === 0 ? new Map() : histories(ids, needs.events),
      picks: needs.picks ? shown(ids, now) : null,
    }
  }
}

/** Of whom what is asked; those whose attributes nobody can read are asked something else. */
interface Question {
  readonly conditions: readonly Condition[]
  readonly named: NamedAudiences
}

function answersOf(
  customer: Customer,
  { tags, lists, events, picks }: Part,
  { conditions, named }: Question,
  time: TimeContext,
): boolean[] {
  const { id } = customer
  const known = {
    ...{ customer, tags: new Set(tags.get(id)), events: events.get(id) ?? noEvents },
    picks: picks === null ? null : (picks.get(id) ?? noPicks),
  }
  const own = lists.get(id)
  const audiences = new HeldMemberships(own === undefined ? nothing : new Set(own), named, known)
  const facts = { ...known, audiences, history: noHistory, entry: {} }
  return conditions.map((condition) => evaluate(condition, facts, time))
}

export function holdingReader(sqlite: Database.Database): Holding {
  const saved = savedAudiences(sqlite)
  const read = partReader(sqlite)
  const namedIn = (conditions: readonly Condition[]) => namedBy(conditions, saved)
  const ask = ({ ids, conditions, at }: Asked): Held => {
    const named = namedIn(conditions)
    const asked = { conditions, named }
    const askedOfUnread = { conditions: conditions.map(unread), named: unreadAudiences(named) }
    const time: TimeContext = { ...at, enteredAt: null }
    const inside = conditions.map((): string[] => [])
    for (let start = 0; start < ids.length; start += readAtOnce) {
      const some = ids.slice(start, start + readAtOnce)
      const part = read(some, asked, at.now)
      for (const id of some) {
        const customer = part.customers.get(id)
        if (customer === undefined) continue
        const answers = isReadable(customer)
          ? answersOf(customer, part, asked, time)
          : answersOf({ ...customer, attributes: {} }, part, askedOfUnread, time)
        for (const [place, holds] of answers.entries()) if (holds) inside[place]?.push(id)
      }
    }
    return { named, inside }
  }
  return { named: namedIn, ask }
}
