import type { CustomerEvent } from '../../../shared/conditions/customer.ts'
import type { Base } from '../../ports/base.ts'
import { isReadable } from '../../ports/engine.ts'
import {
  type Answers,
  followsWithinMs,
  type KnownTouch,
  type RehearsalPorts,
  type RehearsalSource,
} from '../../ports/rehearsal.ts'
import { allSavedAudiences } from './audiences/base.ts'
import { readCoupons } from './coupons/read.ts'
import { customersReader } from './customers/facts.ts'
import { knownZone, ownZones } from './customers/zones.ts'
import type { BrandDatabase } from './database.ts'
import { engineReader } from './engine-store.ts'
import { passagesReader } from './enrollments/passed.ts'
import { notedReader } from './entering/coming.ts'
import { type EventRow, eventOf } from './events/event-row.ts'
import { historyReader } from './events/history.ts'
import { touchesReader } from './messages/touches.ts'
import { picksReader } from './picks/reader.ts'
import { resultsReader } from './tasks/results.ts'

interface EntriesRow {
  id: string
  enteredAt: number
  live: number
  /** A JSON array. */
  keys: string
}

const inIds = 'in (select value from json_each(?))'

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}

const noHistories: ReadonlyMap<string, readonly CustomerEvent[]> = new Map()

const noAnswers: Answers = {
  messages: 0,
  telling: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  bought: 0,
  issued: 0,
  redeemed: 0,
}

/** Messages by what they were followed by; the two days are those that a drawn purchase may take. */
const answersSql = `
  with told as (select id, customer_id, channel, sent_at from messages
    where status = 'sent' and sent_at >= @from and sent_at < @until)
  select (select count(*) from told) as messages,
    (select count(*) from told where channel in ('email', 'in_app')) as telling,
    (select count(distinct r.message_id) from receipts r join told on told.id = r.message_id where r.kind = 'opened') as opened,
    (select count(distinct r.message_id) from receipts r join told on told.id = r.message_id where r.kind = 'clicked') as clicked,
    (select count(distinct r.message_id) from receipts r join told on told.id = r.message_id where r.kind = 'replied') as replied,
    (select count(*) from told where exists (select 1 from events e where e.customer_id = told.customer_id
       and e.name = 'order' and e.at > told.sent_at and e.at <= told.sent_at + ${followsWithinMs})) as bought,
    (select count(*) from coupons where issued_at >= @from and issued_at < @until) as issued,
    (select count(*) from coupons where issued_at >= @from and issued_at < @until and redeemed_at < @until) as redeemed`

/** All that a rehearsal reads of one brand; `base` answers what is asked of everybody. */
export function rehearsalPorts(db: BrandDatabase, base: Base): RehearsalPorts {
  return { source: sourceOf(db, base), engine: engineReader(db) }
}

/** What is asked without a moment turns on none. */
const anyMoment = { now: 0, zone: 'UTC', anchors: {} }

function sourceOf(db: BrandDatabase, base: Base): RehearsalSource {
  const { sqlite } = db
  const customers = customersReader(sqlite)
  const tags = sqlite.prepare<[string], { customer_id: string; tag: string }>(
    `select customer_id, tag from tags where customer_id ${inIds}`,
  )
  const lists = sqlite.prepare<[string], { customer_id: string; audience: string }>(
    `select customer_id, audience from audience_members where customer_id ${inIds}`,
  )
  const histories = historyReader(sqlite)
  const touches = touchesReader(sqlite)
  const picks = picksReader(sqlite)
  const between = sqlite.prepare<[string, number, number], EventRow & { timezone: string | null }>(
    `select e.seq, e.id, e.customer_id, e.name, e.at, e.amount, e.properties, c.timezone
     from events e join customers c on c.id = e.customer_id
     where e.name = ? and e.at >= ? and e.at < ? order by e.at, e.seq`,
  )
  const saved = allSavedAudiences(sqlite)
  const mean = sqlite.prepare<[number], { mean: number | null }>(
    `select avg(amount) as mean from events where name = 'order' and at < ? and amount > 0`,
  )

  const shared = sqlite.prepare<[], { kind: string; address: string; id: string }>(
    `select a.kind, a.address, a.customer_id as id from shared_addresses s
       join addresses a on a.address = s.address and a.kind = s.kind where a.former_at is null`,
  )

  const entered = sqlite.prepare<{ journey: string; ids: string; by: number }, EntriesRow>(
    `select customer_id as id, max(entered_at) as enteredAt, sum(ended_at is null or ended_at > @by) as live,
       json_group_array(entry_key) as keys
     from enrollments where customer_id in (select value from json_each(@ids)) and journey_id = @journey
       and entered_at < @by group by customer_id`,
  )
  const answers = sqlite.prepare<{ from: number; until: number }, Answers>(answersSql)
  const existing = sqlite
    .prepare<[string], string>('select id from customers where id in (select value from json_each(?))')
    .pluck()
  const first = sqlite.prepare<[string], { at: number | null }>(
    `select min((select min(at) from events where name = value)) as at from json_each(?)`,
  )
  const since = sqlite.prepare<[string], { id: string; since: number }>(
    `select c.id, coalesce(c.registered_at,
       (select min(at) from events e where e.customer_id = c.id and e.name = 'order'), 0) as since
     from customers c where c.id ${inIds}`,
  )
  const done = sqlite.prepare<{ ids: string; names: string; from: number; until: number }, EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id in (select value from json_each(@ids)) and name in (select value from json_each(@names))
       and at >= @from and at < @until order by at, seq`,
  )
  const written = sqlite.prepare<{ ids: string; from: number; until: number }, { id: string; at: number }>(
    `select customer_id as id, sent_at as at from messages
     where customer_id in (select value from json_each(@ids)) and status = 'sent' and purpose = 'marketing'
       and sent_at >= @from and sent_at < @until order by sent_at`,
  )

  const passed = passagesReader(sqlite)
  const noted = notedReader(sqlite)
  const watched = sqlite.prepare<[string], { id: string; trigger: string }>(
    `select customer_id as id, journey_id || ' ' || node as "trigger" from watch_members where customer_id ${inIds}`,
  )

  const underWay = sqlite.prepare<[string], { journeyId: string; version: number }>(
    `select distinct journey_id as journeyId, version from enrollments
     where journey_id in (select value from json_each(?)) and ended_at is null order by 1, 2`,
  )

  const results = resultsReader(sqlite)
  return {
    versionsUnderWay: async (journeys) =>
      journeys.length === 0 ? [] : underWay.all(JSON.stringify(journeys)),
    passagesOf: async (...asked) => passed(...asked),
    noted: async (ids) => noted(ids),
    watched: async (ids) => {
      const found = new Map<string, Set<string>>()
      for (const { id, trigger } of watched.all(JSON.stringify(ids))) {
        const known = found.get(id) ?? new Set()
        found.set(id, known.add(trigger))
      }
      return found
    },
    savedAudiences: async () => saved(),
    entries: async (journey, ids, by) =>
      new Map(
        entered
          .all({ journey, ids: JSON.stringify(ids), by })
          .map(({ id, enteredAt, live, keys }) => [
            id,
            { enteredAt, live, keys: new Set(JSON.parse(keys) as string[]) },
          ]),
      ),
    zones: async () => ownZones(db),
    meanOrder: async (before) => Math.round(mean.get(before)?.mean ?? 0),
    existing: async (ids) => existing.all(JSON.stringify(ids)),
    codesLeft: async () =>
      new Map(
        readCoupons(db).map(({ coupon: { key, supply }, figures }) => [
          key,
          supply === 'made' ? null : figures.remaining,
        ]),
      ),
    replyCost: async () =>
      sqlite
        .prepare<[], number | null>(
          'select avg(cost_milli) from asks where cost_milli is not null and model is not null',
        )
        .pluck()
        .get() ?? null,
    firstEventAt: async (names) => first.get(JSON.stringify(names))?.at ?? null,
    knownSince: async (ids) =>
      new Map(since.all(JSON.stringify(ids)).map(({ id, since }): [string, number] => [id, since])),
    eventsOf: async (ids, names, from, until) => {
      const found = new Map<string, CustomerEvent[]>()
      const asked = { ids: JSON.stringify(ids), names: JSON.stringify(names), from, until }
      for (const row of done.all(asked)) push(found, row.customer_id, eventOf(row))
      return found
    },
    writtenTo: async (ids, from, until) => {
      const found = new Map<string, number[]>()
      for (const { id, at } of written.all({ ids: JSON.stringify(ids), from, until })) push(found, id, at)
      return found
    },
    taskResults: results,
    answers: async (from, until) => answers.get({ from, until }) ?? noAnswers,
    select: (condition, moment, knownBy) =>
      base.ask('select', { condition, moment, ...(knownBy === undefined ? {} : { knownBy }) }),
    knownBy: (knownBy) => base.ask('select', { condition: null, moment: anyMoment, knownBy }),
    eventsBetween: async (name, from, until) =>
      between.all(name, from, until).map((row) => ({
        customerId: row.customer_id,
        timezone: knownZone(row.timezone),
        event: eventOf(row),
      })),
    sharing: async () => {
      const bearers = new Map<string, string[]>()
      for (const { kind, address, id } of shared.all()) push(bearers, `${kind} ${address}`, id)
      return [...bearers.values()]
    },
    members: async (ids, needs, window, shown = null) => {
      const idText = JSON.stringify(ids)
      const tagged = new Map<string, string[]>()
      const listed = new Map<string, string[]>()
      const happened = needs.events.length === 0 ? noHistories : histories(ids, needs.events, needs.since)
      const touched = new Map<string, KnownTouch[]>()
      if (needs.tags) for (const row of tags.all(idText)) push(tagged, row.customer_id, row.tag)
      if (needs.audiences.length > 0)
        for (const row of lists.all(idText)) push(listed, row.customer_id, row.audience)
      if (window !== null) for (const touch of touches(ids, window)) push(touched, touch.customerId, touch)
      const picked = shown === null ? null : picks(ids, shown)
      // Of whom nobody knows the attributes, nothing can be rehearsed; the engine has them stuck.
      return new Map(
        [...customers(ids, needs.addresses)].flatMap(([id, customer]) =>
          isReadable(customer)
            ? [
                [
                  id,
                  {
                    customer,
                    tags: new Set(tagged.get(id)),
                    audiences: new Set(listed.get(id)),
                    events: happened.get(id) ?? [],
                    touches: touched.get(id) ?? [],
                    picks: picked?.get(id) ?? [],
                  },
                ] as const,
              ]
            : [],
        ),
      )
    },
  }
}
