import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { CustomerFilter, CustomerSearch, CustomersFound } from '../../../ports/customers.ts'
import type { Moment } from '../../../ports/engine.ts'
import { savedAudiences } from '../audiences/base.ts'
import { membersSince } from '../audiences/history.ts'
import type { BrandDatabase } from '../database.ts'
import type { Everybody } from '../entering/everybody.ts'
import { reasonOf } from '../stored-json.ts'
import { ordersOf } from './bought.ts'
import { customersReader } from './facts.ts'
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

function searched(text: string): Fragment {
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const columns = ['c.id', 'c.name', 'c.phone', 'c.email']
  return {
    sql: `(${columns.map((column) => `${column} like ? escape '\\'`).join(' or ')} or c.id in (${bearing}))`,
    values: [...columns.map(() => like), addressesIn(text)],
  }
}

/** What a filter asks of each row; `ids`: and of whom alone. */
function filterSql({ search = '', tag }: CustomerFilter, ids: readonly string[] | null): Fragment {
  const parts: Fragment[] = []
  if (search.trim() !== '') parts.push(searched(search.trim()))
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
  readonly after: string | null
  readonly limit: number
}

interface IdsFound {
  readonly ids: readonly string[]
  /** How many answer, on this page or not. */
  readonly total: number
}

/** Of everybody who answers a filter by an audience, as the copy knows them. */
function foundInCopy(
  { sqlite }: BrandDatabase,
  { base }: Everybody,
  { search = '', tag }: CustomerFilter,
  { isIn, moment, ...page }: Page & { readonly isIn: Condition; readonly moment: Moment },
): Promise<IdsFound> {
  const text = search.trim()
  const borne = sqlite.prepare<[string], string>(bearing).pluck()
  const besides = text === '' ? [] : borne.all(addressesIn(text))
  const condition: Condition =
    tag === undefined ? isIn : { kind: 'all', of: [isIn, { kind: 'tag', tag, has: true }] }
  return base.ask('search', { condition, moment, text, besides, ...page })
}

/** A page of the ids of those who answer a filter, and how many they are; Problem `not-found` of an audience. */
export async function foundIds(
  db: BrandDatabase,
  everybody: Everybody,
  filter: CustomerFilter,
  { at, ...page }: Page & { readonly at: Asked },
): Promise<IdsFound> {
  const { audience } = filter
  const moment = { ...at, anchors: {} }
  let ids: readonly string[] | null = null
  if (audience !== undefined) {
    if (savedAudiences(db.sqlite)(audience) === undefined)
      throw new Problem('not-found', { what: audience }, 'audience')
    const isIn: Condition = { kind: 'audience', audience, member: true }
    const all = everybody.few()
    if (all === null) return foundInCopy(db, everybody, filter, { isIn, moment, ...page })
    ids = everybody.holding.ask({ ids: all, conditions: [isIn], at: moment }).inside[0] ?? []
  }
  const { sql, values } = filterSql(filter, ids)
  const count = db.sqlite.prepare<unknown[], number>(`select count(*) from customers c where ${sql}`).pluck()
  const next = db.sqlite
    .prepare<unknown[], string>(
      `select c.id from customers c where c.id > ? and ${sql} order by c.id limit ?`,
    )
    .pluck()
  return {
    ids: next.all(page.after ?? '', ...values, page.limit),
    total: count.get(...values) ?? 0,
  }
}

interface Found {
  id: string
  name: string | null
  phone: string | null
  city: string | null
  attributes: string
}

/** Customers by id, a page of them, with what they have bought; and how many answer the search. */
export async function searchCustomers(
  db: BrandDatabase,
  everybody: Everybody,
  { after, limit, ...filter }: CustomerSearch,
  at: Asked,
): Promise<CustomersFound> {
  const { ids, total } = await foundIds(db, everybody, filter, { after: after ?? null, limit: limit + 1, at })
  const page = JSON.stringify(ids.slice(0, limit))
  const rows = db.sqlite
    .prepare<[string], Found>(
      `select c.id, c.name, c.phone, c.city, c.attributes from customers c
       where c.id in (select value from json_each(?)) order by c.id`,
    )
    .all(page)
  const orders = ordersOf(db, page)
  const tags = tagsOf(db, page)
  const since = filter.audience === undefined ? null : membersSince(db, filter.audience, page)
  const customers = rows.map(({ attributes, ...row }) => ({
    ...row,
    ...(since === null ? {} : { memberSince: since.get(row.id) ?? null }),
    unreadable: reasonOf(readAttributes(attributes)),
    tags: tags.get(row.id) ?? [],
    ...(orders.get(row.id) ?? { orders: 0, spent: 0, lastOrderAt: null }),
  }))
  return { customers, total, next: ids.length > limit ? (ids[limit - 1] ?? null) : null }
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
