import type Database from 'better-sqlite3'
import type { AttributeTypes, Customer } from '../../../../shared/conditions/customer.ts'
import type { Reply } from '../../../../shared/effects/requests/index.ts'
import { type AddressState, standingOf } from '../../../../shared/message/standing.ts'
import type { Touch } from '../../../../shared/nodes/type.ts'
import { readerMark } from '../../../../shared/run/breaker.ts'
import type { AskedVisit, FactsSource, PendingEvent, ReadCustomer } from '../../../ports/engine.ts'
import { pausedReader } from '../delivery/pauses.ts'
import { type EventRow, eventOf } from '../events/event-row.ts'
import { historyReader } from '../events/history.ts'
import { touchesReader } from '../messages/touches.ts'
import { scoresReader, withScores } from '../models/held.ts'
import { picksReader } from '../picks/reader.ts'
import { balancesReader, withBalance } from '../points/held.ts'
import { ownersReader, withOwner } from '../staff/held.ts'
import { readJson } from '../stored-json.ts'
import { type Follower, followersReader } from '../wechat/held.ts'
import { friendsReader } from '../wecom/held.ts'
import { addressStatesReader } from './address-states.ts'
import { addressTimesReader } from './address-times.ts'
import { attributeTypesReader } from './attributes.ts'
import { readAttributes, readProperties } from './stored.ts'
import { knownZone } from './zones.ts'

const inIds = 'in (select value from json_each(?))'

/** A customer as the hot path reads one: an array costs half of an object. */
export type CustomerRow = [
  id: string,
  name: string | null,
  phone: string | null,
  email: string | null,
  gender: string | null,
  birthday: string | null,
  city: string | null,
  registeredAt: number | null,
  timezone: string | null,
  language: string | null,
  consentSms: number | null,
  consentEmail: number | null,
  attributes: string,
  noted: number,
]

/** The columns of a CustomerRow, over `customers c`; to be read with `raw()`. */
export const customerColumns = `c.id, c.name, c.phone, c.email, c.gender, c.birthday, c.city, c.registered_at, c.timezone,
  c.language, c.consent_sms, c.consent_email, c.attributes, c.noted`

const none: NonNullable<Customer['closedSince']> = {}

const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** A customer, with what their addresses have said standing above what the record says, and what models say. */
export function customerOf(
  row: CustomerRow,
  states: readonly AddressState[],
  types: AttributeTypes,
  scored: Customer['attributes'],
  owner: Customer['attributes'] | null,
  friend: string | null,
  follower: Follower | null,
): ReadCustomer {
  const attributes = readAttributes(row[12])
  if (attributes.readable)
    return readableCustomer(
      row,
      states,
      withOwner(withScores(attributes.value, row[12], scored), owner),
      types,
      friend,
      follower,
    )
  const {
    attributes: _none,
    types: _types,
    ...bare
  } = readableCustomer(row, states, {}, types, friend, follower)
  return { ...bare, unreadable: attributes.reason }
}

/** Made in one piece, since every step of everybody makes one. */
function readableCustomer(
  row: CustomerRow,
  states: readonly AddressState[],
  attributes: Customer['attributes'],
  types: AttributeTypes,
  externalUserId: string | null,
  follower: Follower | null,
): Customer {
  const [id, name, phone, email] = row
  const standing = standingOf({ id, phone, email, externalUserId, openid: follower?.openid ?? null }, states)
  return {
    id,
    name,
    phone,
    email,
    externalUserId,
    openid: follower?.openid ?? null,
    talkUntil: follower?.talkUntil ?? null,
    gender: row[4],
    birthday: row[5],
    city: row[6],
    registeredAt: row[7],
    timezone: knownZone(row[8]),
    language: row[9],
    consentSms: standing.consentSms ?? flag(row[10]),
    consentEmail: standing.consentEmail ?? flag(row[11]),
    blacklisted: standing.blacklisted,
    unsubscribed: standing.unsubscribed,
    closed: standing.closed,
    closedSince: standing.closedSince ?? none,
    attributes,
    types,
  }
}

const nothingSaid = (): readonly AddressState[] => []

/**
 * Customers by id, in one query; in two where an address of theirs has said more than the record does, and in one more
 * where it is asked since when.
 */
export function customersReader(
  sqlite: Database.Database,
): (ids: readonly string[], addresses?: boolean) => Map<string, ReadCustomer> {
  const profiles = sqlite
    .prepare<[string], CustomerRow>(`select ${customerColumns} from customers c where c.id ${inIds}`)
    .raw()
  const statesOf = addressStatesReader(sqlite)
  const types = attributeTypesReader(sqlite)
  const scores = scoresReader(sqlite)
  const owners = ownersReader(sqlite)
  const balances = balancesReader(sqlite)
  const friends = friendsReader(sqlite)
  const followers = followersReader(sqlite)
  const times = addressTimesReader(sqlite)
  const read = (ids: readonly string[]) => {
    const rows = profiles.all(JSON.stringify(ids))
    const noted = rows.filter((row) => row[13] === 1).map((row) => row[0])
    const states = noted.length === 0 ? nothingSaid : statesOf(noted)
    const declared = types()
    const scored = scores(ids)
    const owner = owners(ids)
    const balance = balances(ids)
    const friend = friends(ids)
    const follower = followers(ids)
    return new Map(
      rows.map((row) => {
        const [id] = row
        const owned = withBalance(owner(id), balance(id))
        return [id, customerOf(row, states(id), declared, scored(id), owned, friend(id), follower(id))]
      }),
    )
  }
  return (ids, addresses = false) => {
    const found = read(ids)
    if (addresses)
      for (const [id, addressTimes] of times(ids)) {
        const customer = found.get(id)
        if (customer !== undefined) found.set(id, { ...customer, addressTimes })
      }
    return found
  }
}

/** Rows of many customers, grouped by customer. */
function grouped<Row extends { customer_id: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.customer_id)
    if (group === undefined) groups.set(row.customer_id, [read(row)])
    else group.push(read(row))
  }
  return groups
}

function sets<Row extends { customer_id: string }>(
  rows: readonly Row[],
  read: (row: Row) => string,
): Map<string, Set<string>> {
  return new Map([...grouped(rows, read)].map(([id, values]) => [id, new Set(values)]))
}

/** Marketing of a journey that counts against its breaker. */
const promotion = `journey_id = @journey and purpose = 'marketing' and status <> 'cancelled'
  and (status in ('queued', 'sending') or max(created_at, coalesce(sent_at, 0)) > @since)`

/** What is known of customers, but for the audiences that they are in, a whole batch in one query each. */
export function factsReader(sqlite: Database.Database) {
  const customers = customersReader(sqlite)
  const tags = sqlite.prepare<[string], { customer_id: string; tag: string }>(
    `select customer_id, tag from tags where customer_id ${inIds}`,
  )
  const histories = historyReader(sqlite)
  const between = sqlite.prepare<[string, string, number, number], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id ${inIds} and name ${inIds} and at between ? and ? order by at, seq`,
  )
  const callers = sqlite
    .prepare<[string], [id: string, timezone: string | null]>(
      `select c.id, c.timezone from customers c where c.id ${inIds}`,
    )
    .raw()
  const touches = touchesReader(sqlite)
  const paused = pausedReader(sqlite)
  const picks = picksReader(sqlite)
  const promoted = sqlite.prepare<
    { journey: string; addresses: string; since: number },
    { recipient: string; count: number }
  >(
    `select recipient, count(*) as count from messages
     where recipient in (select value from json_each(@addresses)) and ${promotion}
     group by recipient`,
  )
  const promotedCustomers = sqlite.prepare<
    { journey: string; addresses: string; since: number },
    { recipient: string; count: number }
  >(
    `select r.value as recipient, count(*) as count from json_each(@addresses) r join messages
       on customer_id = substr(r.value, instr(r.value, char(10)) + 1)
       and channel = substr(r.value, 1, instr(r.value, char(10)) - 1)
     where ${promotion} group by r.value`,
  )
  const reply = sqlite.prepare<[number, string, number], { reply: string | null }>(
    'select reply from asks where enrollment_id = ? and node = ? and visit = ?',
  )
  const pending = sqlite.prepare<[number, number], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where pending = 1 and at <= ? order by at, seq limit ?`,
  )

  /** Nobody can say what it would start: it waits, shown with what cannot be read, until a person mends or drops it. */
  const setAside = sqlite.prepare('update events set pending = 2 where seq = ?')

  const source: Omit<FactsSource, 'memberships' | 'couponCodes' | 'couponsHeld'> = {
    customers: async (ids, addresses) => customers(ids, addresses),
    tags: async (ids) => sets(tags.all(JSON.stringify(ids)), ({ tag }) => tag),
    events: async (ids, names) => histories(ids, names),
    eventsBetween: async (ids, names, from, to) =>
      grouped(between.all(JSON.stringify(ids), JSON.stringify(names), from, to), eventOf),
    touches: async (ids, window) => {
      const found = new Map<string, Touch[]>()
      for (const { customerId, decidedAt: _decidedAt, ...touch } of touches(ids, window)) {
        const known = found.get(customerId)
        if (known === undefined) found.set(customerId, [touch])
        else known.push(touch)
      }
      return found
    },
    promotedTo: async (journey, readers, since) => {
      const isCustomer = (reader: string) => reader.includes(readerMark)
      const asked = (given: readonly string[]) => ({ journey, addresses: JSON.stringify(given), since })
      const customers = readers.filter(isCustomer)
      const found = [
        ...promoted.all(asked(customers.length === 0 ? readers : readers.filter((one) => !isCustomer(one)))),
        ...(customers.length === 0 ? [] : promotedCustomers.all(asked(customers))),
      ]
      return new Map(found.map(({ recipient, count }) => [recipient, count]))
    },
    picks: async (ids, at) => picks(ids, at),
    pausedChannels: async () => paused(),
    replies: async (visits: readonly AskedVisit[]) => {
      const found = new Map<number, Reply>()
      for (const { enrollmentId, node, visit } of visits) {
        const row = reply.get(enrollmentId, node, visit)
        const read = row?.reply ? readJson(row.reply) : null
        // Written by the server alone; one that cannot be read is as good as none, and the fallback is sent.
        if (read?.readable) found.set(enrollmentId, read.value as Reply)
      }
      return found
    },
  }
  return {
    ...source,
    callers: async (ids: readonly string[]) =>
      new Map(
        callers
          .all(JSON.stringify(ids))
          .map(([id, timezone]) => [id, { id, timezone: knownZone(timezone) }] as const),
      ),
    pendingEvents: async (now: number, limit: number): Promise<PendingEvent[]> => {
      for (;;) {
        const rows = pending.all(now, limit)
        const found = rows.flatMap((row) => {
          const properties = readProperties(row.properties)
          if (properties.readable) return [{ seq: row.seq, customerId: row.customer_id, event: eventOf(row) }]
          setAside.run(row.seq)
          return []
        })
        if (found.length > 0 || rows.length === 0) return found
      }
    },
  }
}
