import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Touch } from '../../shared/nodes/type.ts'
import { conditionSql } from '../audiences/sql.ts'
import type { BrandDatabase } from './database.ts'
import { customersReader, type EventRow, eventOf } from './facts.ts'

/** A recorded event with its customer's own zone. */
export interface PastEvent {
  readonly customerId: string
  readonly timezone: string | null
  readonly event: CustomerEvent
}

/** What a rehearsal must know of one customer. */
export interface MemberFacts {
  readonly customer: Customer
  readonly tags: ReadonlySet<string>
  readonly audiences: ReadonlySet<string>
  readonly events: readonly CustomerEvent[]
  readonly touches: readonly Touch[]
}

/** What a rehearsal reads; it writes nothing. */
export interface RehearsalSource {
  select(
    condition: Condition,
    at: { now: number; zone: string; anchors: Readonly<Record<string, string>> },
  ): { id: string; timezone: string | null }[]
  eventsBetween(name: string, from: number, until: number): PastEvent[]
  /** Facts of a batch of customers; touches since a time, none where it is null. */
  members(
    ids: readonly string[],
    needs: ConditionNeeds,
    touchesSince: number | null,
  ): Map<string, MemberFacts>
  savedCondition(key: string): Condition | null | undefined
  /** The mean order of the base in minor units; 0 without orders. */
  meanOrder(before: number): number
}

const inIds = 'in (select value from json_each(?))'

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}

export function rehearsalSource(db: BrandDatabase): RehearsalSource {
  const { sqlite } = db
  const customers = customersReader(sqlite)
  const tags = sqlite.prepare<[string], { customer_id: string; tag: string }>(
    `select customer_id, tag from tags where customer_id ${inIds}`,
  )
  const lists = sqlite.prepare<[string], { customer_id: string; audience: string }>(
    `select customer_id, audience from audience_members where customer_id ${inIds}`,
  )
  const events = sqlite.prepare<[string, string], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id ${inIds} and name ${inIds} order by at, seq`,
  )
  const touches = sqlite.prepare<[string, number], { customer_id: string; channel: string; at: number }>(
    `select customer_id, channel, coalesce(sent_at, created_at) as at from messages
     where customer_id ${inIds} and created_at > ? and purpose = 'marketing'
       and status in ('queued', 'sending', 'sent', 'unknown')`,
  )
  const between = sqlite.prepare<[string, number, number], EventRow & { timezone: string | null }>(
    `select e.seq, e.id, e.customer_id, e.name, e.at, e.amount, e.properties, c.timezone
     from events e join customers c on c.id = e.customer_id
     where e.name = ? and e.at >= ? and e.at < ? order by e.at, e.seq`,
  )
  const saved = sqlite.prepare<[string], { condition: string | null }>(
    'select condition from audiences where key = ?',
  )
  const mean = sqlite.prepare<[number], { mean: number | null }>(
    `select avg(amount) as mean from events where name = 'order' and at < ? and amount > 0`,
  )

  const savedCondition = (key: string): Condition | null | undefined => {
    const row = saved.get(key)
    if (row === undefined) return undefined
    return row.condition === null ? null : (JSON.parse(row.condition) as Condition)
  }

  return {
    savedCondition,
    meanOrder: (before) => Math.round(mean.get(before)?.mean ?? 0),
    select: (condition, at) => {
      const { sql, values } = conditionSql(condition, { ...at, enteredAt: null, audience: savedCondition })
      return sqlite
        .prepare<unknown[], { id: string; timezone: string | null }>(
          `select c.id, c.timezone from customers c where ${sql} order by c.id`,
        )
        .all(...values)
    },
    eventsBetween: (name, from, until) =>
      between
        .all(name, from, until)
        .map((row) => ({ customerId: row.customer_id, timezone: row.timezone, event: eventOf(row) })),
    members: (ids, needs, touchesSince) => {
      const idText = JSON.stringify(ids)
      const tagged = new Map<string, string[]>()
      const listed = new Map<string, string[]>()
      const happened = new Map<string, CustomerEvent[]>()
      const touched = new Map<string, Touch[]>()
      if (needs.tags) for (const row of tags.all(idText)) push(tagged, row.customer_id, row.tag)
      if (needs.audiences.length > 0)
        for (const row of lists.all(idText)) push(listed, row.customer_id, row.audience)
      if (needs.events.length > 0)
        for (const row of events.all(idText, JSON.stringify(needs.events)))
          push(happened, row.customer_id, eventOf(row))
      if (touchesSince !== null)
        for (const row of touches.all(idText, touchesSince))
          push(touched, row.customer_id, { channel: row.channel, at: row.at })
      return new Map(
        [...customers(ids)].map(([id, customer]) => [
          id,
          {
            customer,
            tags: new Set(tagged.get(id)),
            audiences: new Set(listed.get(id)),
            events: happened.get(id) ?? [],
            touches: touched.get(id) ?? [],
          },
        ]),
      )
    },
  }
}
