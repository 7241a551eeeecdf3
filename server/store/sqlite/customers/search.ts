import { byId, type CustomerOrder, orderIn } from '../../../../shared/api/customer-sort.ts'
import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import { isScore } from '../../../../shared/models/scores.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { CopyOrder, Placed } from '../../../ports/base.ts'
import type { CustomerFilter, CustomerSearch, CustomersFound } from '../../../ports/customers.ts'
import type { Moment } from '../../../ports/engine.ts'
import { savedAudiences } from '../audiences/base.ts'
import { membersSince } from '../audiences/history.ts'
import type { BrandDatabase } from '../database.ts'
import type { Everybody } from '../entering/everybody.ts'
import { reasonOf } from '../stored-json.ts'
import { ordersOf } from './bought.ts'
import { customersReader } from './facts.ts'
import { compareBy, inOrder, placedBy, placeIn, placeText, scoresOf, staysOf } from './order.ts'
import { readAttributes } from './stored.ts'

/** A piece of SQL over the customer `c`, with the values of its parameters in order. */
interface Fragment {
  readonly sql: string
  readonly values: readonly string[]
}

/** An address is found however it is written: +86 138-0000-0001 is 13800000001. */
const addressesIn = (text: string): string =>
  JSON.stringify((['phone', 'email'] as const).flatMap((kind) => canonicalOrNull(kind, text) ?? []))

const bearing = 'select customer_id from addresses where address in (select value from json_each(?))'

function searched(text: string, wholeContacts: boolean): Fragment {
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const columns = ['c.id', 'c.name', ...(wholeContacts ? [] : ['c.phone', 'c.email'])]
  return {
    sql: `(${columns.map((column) => `${column} like ? escape '\\'`).join(' or ')} or c.id in (${bearing}))`,
    values: [...columns.map(() => like), addressesIn(text)],
  }
}

/** What a filter asks of each row; `ids`: and of whom alone. */
function filterSql(
  { search = '', wholeContacts = false, tag }: CustomerFilter,
  ids: readonly string[] | null,
): Fragment {
  const parts: Fragment[] = []
  if (search.trim() !== '') parts.push(searched(search.trim(), wholeContacts))
  if (tag !== undefined)
    parts.push({
      sql: 'exists (select 1 from tags t where t.customer_id = c.id and t.tag = ?)',
      values: [tag],
    })
  if (ids !== null)
    parts.push({ sql: 'c.id in (select value from json_each(?))', values: [JSON.stringify(ids)] })
  return {
    sql: ['1', ...parts.map(({ sql }) => sql)].join(' and '),
    values: parts.flatMap(({ values }) => values),
  }
}

interface Page {
  readonly after: Placed | null
  readonly limit: number
  readonly order: CustomerOrder
}

export type PeopleAsked = Page & { readonly at: Asked }

interface PeopleFound {
  readonly found: readonly Placed[]
  /** How many answer, on this page or not. */
  readonly total: number
}

type OfAudience = Page & { readonly isIn: Condition | null; readonly moment: Moment }

/** Of everybody who answers a filter, as the copy knows them. */
function foundInCopy(
  { sqlite }: BrandDatabase,
  { base }: Everybody,
  { search = '', wholeContacts = false, tag }: CustomerFilter,
  { isIn, moment, order, after, limit }: OfAudience & { readonly order: CopyOrder },
): Promise<PeopleFound> {
  const text = search.trim()
  const borne = sqlite.prepare<[string], string>(bearing).pluck()
  const besides = text === '' ? [] : borne.all(addressesIn(text))
  const tagged: Condition[] = tag === undefined ? [] : [{ kind: 'tag', tag, has: true }]
  const parts = [...(isIn === null ? [] : [isIn]), ...tagged]
  const condition: Condition | null = parts.length === 0 ? null : { kind: 'all', of: parts }
  return base.ask('search', { condition, moment, text, wholeContacts, besides, order, after, limit })
}

/** Which of some customers answer a filter, in the order of their ids. */
function amongSql({ sqlite }: BrandDatabase, filter: CustomerFilter, ids: readonly string[]): string[] {
  const { sql, values } = filterSql(filter, ids)
  return sqlite
    .prepare<unknown[], string>(`select c.id from customers c where ${sql} order by c.id`)
    .pluck()
    .all(...values)
}

/** Some customers in an order, those behind one of them. */
function pageOf(db: BrandDatabase, { audience }: CustomerFilter, ids: readonly string[], page: Page) {
  const placed = placedBy(db, page.order, audience)(ids)
  const { after } = page
  const sorted = inOrder(placed, page.order)
  const next = after === null ? sorted : sorted.filter((one) => compareBy(page.order)(one, after) > 0)
  return next.slice(0, page.limit)
}

/**
 * Of an audience of many that somebody joins by its condition, since when they are in it stands in the truth alone:
 * stays are read in their order, and those customers kept who answer now; whoever has no stay comes last.
 */
async function foundBySince(
  db: BrandDatabase,
  everybody: Everybody,
  filter: CustomerFilter & { readonly audience: string },
  { isIn, moment, ...page }: OfAudience & { readonly isIn: Condition },
): Promise<PeopleFound> {
  const few = limits.baseInMemory.value
  const first = await foundInCopy(db, everybody, filter, {
    ...{ isIn, moment, order: byId, after: null, limit: few },
  })
  const { total } = first
  if (total <= few) {
    const ids = first.found.map(({ id }) => id)
    return { found: pageOf(db, filter, ids, page), total }
  }
  const stays = staysOf(db, filter.audience, page.order)
  const found: Placed[] = []
  const missing = () => page.limit - found.length
  let last = page.after
  while (last === null || last.value !== null) {
    const next = stays.next(last, few)
    const inside = everybody.holding.ask({ ids: next.map(({ id }) => id), conditions: [isIn], at: moment })
    const known = new Set(amongSql(db, filter, inside.inside[0] ?? []))
    found.push(...next.filter(({ id }) => known.has(id)).slice(0, missing()))
    if (missing() === 0) return { found, total }
    last = next.length < few ? { id: '', value: null } : (next.at(-1) ?? null)
  }
  for (let id = last.id; ; ) {
    const limit = limits.comparedPage.value
    const after = { id, value: id }
    const some = await foundInCopy(db, everybody, filter, { isIn, moment, order: byId, after, limit })
    const others = stays.without(some.found.map((one) => one.id))
    found.push(...others.slice(0, missing()).map((one) => ({ id: one, value: null })))
    if (missing() === 0 || some.found.length < limit) return { found, total }
    id = some.found.at(-1)?.id ?? id
  }
}

/** A page of those who answer a filter, in an order, and how many they are; Problem `not-found` of an audience. */
export async function foundPeople(
  db: BrandDatabase,
  everybody: Everybody,
  filter: CustomerFilter,
  { at, ...page }: PeopleAsked,
): Promise<PeopleFound> {
  const { audience } = filter
  const { order } = page
  const moment = { ...at, anchors: {} }
  const saved = audience === undefined ? null : savedAudiences(db.sqlite)(audience)
  if (saved === undefined) throw new Problem('not-found', { what: audience ?? '' }, 'audience')
  const isIn: Condition | null = audience === undefined ? null : { kind: 'audience', audience, member: true }
  if (isIn === null && order.by === 'id' && !order.descending) return foundByKey(db, filter, page)
  const all = everybody.few()
  if (all === null) {
    const asked = { ...page, moment }
    const byStays = order.by === 'member_since' && saved !== null
    if (audience !== undefined && isIn !== null && byStays)
      return foundBySince(db, everybody, { ...filter, audience }, { ...asked, isIn })
    return foundInCopy(db, everybody, filter, { ...asked, isIn, order: { ...order, list: audience } })
  }
  const holding = isIn === null ? null : everybody.holding.ask({ ids: all, conditions: [isIn], at: moment })
  const ids = amongSql(db, filter, holding === null ? all : (holding.inside[0] ?? []))
  return { found: pageOf(db, filter, ids, page), total: ids.length }
}

/** By their ids alone everybody is read by key, however many they are. */
function foundByKey({ sqlite }: BrandDatabase, filter: CustomerFilter, { after, limit }: Page): PeopleFound {
  const { sql, values } = filterSql(filter, null)
  const count = sqlite.prepare<unknown[], number>(`select count(*) from customers c where ${sql}`).pluck()
  const next = sqlite.prepare<unknown[], Placed>(
    `select c.id, c.id as value from customers c where c.id > ? and ${sql} order by c.id limit ?`,
  )
  return { found: next.all(after?.id ?? '', ...values, limit), total: count.get(...values) ?? 0 }
}

interface Found {
  id: string
  name: string | null
  phone: string | null
  city: string | null
  registeredAt: number | null
  attributes: string
}

function orderAsked({ sort, audience }: CustomerSearch): CustomerOrder {
  const order = sort === undefined ? byId : orderIn(sort)
  if (order === null) throw new Problem('invalid-request', { detail: `sort: ${sort}` }, 'sort')
  if (order.by === 'member_since' && audience === undefined)
    throw new Problem('sort-needs-audience', {}, 'sort')
  return order
}

/** A page of customers in an order, with what they have bought; and how many answer the search. */
export async function searchCustomers(
  db: BrandDatabase,
  everybody: Everybody,
  { after, limit, ...filter }: CustomerSearch,
  at: Asked,
): Promise<CustomersFound> {
  const order = orderAsked({ ...filter, limit })
  const asked = { order, after: after === undefined ? null : placeIn(after, order), limit: limit + 1, at }
  const { found, total } = await foundPeople(db, everybody, filter, asked)
  const shown = found.slice(0, limit)
  const page = JSON.stringify(shown.map(({ id }) => id))
  const rows = db.sqlite
    .prepare<[string], Found>(
      `select c.id, c.name, c.phone, c.city, cast(c.registered_at as real) as registeredAt, c.attributes
       from json_each(?) r join customers c on c.id = r.value order by r.key`,
    )
    .all(page)
  const orders = ordersOf(db, page)
  const tags = tagsOf(db, page)
  const since = filter.audience === undefined ? null : membersSince(db, filter.audience, page)
  const scores = isScore(order.by) ? scoresOf(db, order.by, page) : null
  const customers = rows.map(({ attributes, ...row }) => ({
    ...row,
    ...(since === null ? {} : { memberSince: since.get(row.id) ?? null }),
    ...(scores === null ? {} : { score: scores.get(row.id) ?? null }),
    unreadable: reasonOf(readAttributes(attributes)),
    tags: tags.get(row.id) ?? [],
    ...(orders.get(row.id) ?? { orders: 0, spent: 0, lastOrderAt: null }),
  }))
  const last = found.length > limit ? shown.at(-1) : undefined
  return { customers, total, next: last === undefined ? null : placeText(last, order) }
}

/** The tags of customers, by their ids as a list of JSON. */
export function tagsOf(db: BrandDatabase, ids: string): Map<string, string[]> {
  const tags = new Map<string, string[]>()
  const rows = db.sqlite
    .prepare<[string], { id: string; tag: string }>(
      `select customer_id as id, tag from tags
       where customer_id in (select value from json_each(?)) order by customer_id, tag`,
    )
    .all(ids)
  for (const { id, tag } of rows) tags.set(id, [...(tags.get(id) ?? []), tag])
  return tags
}

/** One customer; Problem `not-found`. */
export function getCustomer(db: BrandDatabase, id: string) {
  const customer = customersReader(db.sqlite)([id]).get(id)
  if (customer === undefined) throw new Problem('not-found', { what: id }, 'customer')
  return { customer, tags: tagsOf(db, JSON.stringify([id])).get(id) ?? [] }
}

/** The place of the first id that nobody has; null where all are known. */
export function firstUnknown({ sqlite }: BrandDatabase, ids: readonly string[]): number | null {
  const place = sqlite
    .prepare<[string], number>(
      `select key from json_each(?) where not exists (select 1 from customers where id = value)
       order by key limit 1`,
    )
    .pluck()
    .get(JSON.stringify(ids))
  return place ?? null
}
