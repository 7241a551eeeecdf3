import {
  type CustomerVisit,
  type CustomerVisitPage,
  type CustomerVisitQuery,
  leaveEvent,
  pageEvents,
} from '../../../../shared/api/customer-visits.ts'
import { limits } from '../../../../shared/limits.ts'
import type { BrandDatabase } from '../database.ts'
import { type Details, readDetails } from './story-rows.ts'

interface Row {
  seq: number
  at: number
  name: CustomerVisit['event']
  properties: string
}

/** A look at a page, or the end of one, with what was said of it. */
interface Seen extends Omit<Row, 'properties' | 'name'> {
  readonly name: string
  readonly said: Details
}

const last = Number.MAX_SAFE_INTEGER
const hourMs = 3_600_000

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null
const first = (said: Details, names: readonly string[]): string | null =>
  names.map((name) => textOf(said[name])).find((text) => text !== null) ?? null
const urlOf = (said: Details) => first(said, ['url', 'path'])

const secondsOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null

/** Where a visit came from: as the event says, else as its address does. */
function sourceOf(said: Details): string | null {
  const told = first(said, ['source', 'utm_source'])
  const url = textOf(said.url)
  if (told !== null || url === null || !URL.canParse(url)) return told
  return textOf(new URL(url).searchParams.get('utm_source'))
}

/**
 * How long pages were seen, by the number of the look: what is told at the end of one is of the latest look at that page
 * before it. Both in the order of time.
 */
function dwells(seen: readonly Seen[]): ReadonlyMap<number, number> {
  const open = new Map<string, number>()
  const found = new Map<number, number>()
  for (const { seq, name, said } of seen) {
    const url = urlOf(said)
    if (url === null) continue
    if (name !== leaveEvent) {
      open.set(url, seq)
      continue
    }
    const look = open.get(url)
    const seconds = secondsOf(said.dwell)
    if (look !== undefined && seconds !== null) found.set(look, seconds)
    open.delete(url)
  }
  return found
}

/** What was looked at and left from one moment on until so long after another that a page is hardly open any more. */
function seenBetween({ sqlite }: BrandDatabase, customer: string, from: number, to: number): Seen[] {
  return sqlite
    .prepare<[string, string, number, number, number], Row>(
      `select seq, at, name, properties from events
       where customer_id = ? and name in (select value from json_each(?)) and at between ? and ?
       order by at, seq limit ?`,
    )
    .all(
      customer,
      JSON.stringify([...pageEvents, leaveEvent]),
      from,
      to + limits.visitOpen.value * hourMs,
      limits.visitEvents.value,
    )
    .map(({ properties, ...row }) => ({ ...row, said: readDetails(properties) }))
}

function visitOf(
  { seq, at, name, said }: Seen & Pick<Row, 'name'>,
  dwell: number | undefined,
): CustomerVisit {
  return {
    ...{ id: String(seq), at, event: name },
    title: first(said, ['title', 'product', 'sku']),
    url: urlOf(said),
    seconds: secondsOf(said.seconds) ?? secondsOf(said.dwell) ?? dwell ?? null,
    source: sourceOf(said),
    referrer: textOf(said.referrer),
  }
}

/** A page of what a customer has looked at, the newest first. Each name is a run of the index: no more is read than is told. */
export function visitsPageOf(
  db: BrandDatabase,
  customer: string,
  { before, limit }: CustomerVisitQuery,
): CustomerVisitPage {
  const [at = last, seq = last] = before === undefined ? [] : before.split('.').map(Number)
  const read = db.sqlite.prepare<[string, string, number, number, number, number], Row>(
    `select seq, at, name, properties from events
     where customer_id = ? and name = ? and at <= ? and (at < ? or seq < ?) order by at desc, seq desc limit ?`,
  )
  const found = pageEvents
    .flatMap((name) => read.all(customer, name, at, at, seq, limit + 1))
    .sort((a, b) => b.at - a.at || b.seq - a.seq)
  const rows = found
    .slice(0, limit)
    .map(({ properties, ...row }) => ({ ...row, said: readDetails(properties) }))
  const [newest] = rows
  const oldest = rows.at(-1)
  if (newest === undefined || oldest === undefined) return { visits: [], next: null }
  const told = dwells(seenBetween(db, customer, oldest.at, newest.at))
  return {
    visits: rows.map((row) => visitOf(row, told.get(row.seq))),
    next: found.length > limit ? `${oldest.at}.${oldest.seq}` : null,
  }
}

/** How many messages were made for a customer, and how many looks at pages are known. */
export function countsOfCustomer(
  { sqlite }: BrandDatabase,
  customer: string,
): { counts: { messages: number; visits: number } } {
  const counts = sqlite
    .prepare<[string, string, string], { messages: number; visits: number }>(
      `select (select count(*) from messages m where m.customer_id = ?) as messages,
         (select count(*) from events v where v.customer_id = ? and v.name in (select value from json_each(?))) as visits`,
    )
    .get(customer, customer, JSON.stringify(pageEvents))
  return { counts: counts ?? { messages: 0, visits: 0 } }
}
