import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { netAmount, orderStands, wholeSum } from '../../../analytics/orders.ts'
import type { Fragment } from '../../../analytics/sql.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { CustomerFilter, CustomerSearch, CustomersFound } from '../../../ports/customers.ts'
import { conditionAt } from '../audiences/audiences.ts'
import { savedAudiences } from '../audiences/base.ts'
import type { BrandDatabase } from '../database.ts'
import { reasonOf } from '../stored-json.ts'
import { customersReader } from './facts.ts'
import { readAttributes } from './stored.ts'

function searched(text: string): Fragment {
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const columns = ['c.id', 'c.name', 'c.phone', 'c.email']
  // An address is found however it is written: +86 138-0000-0001 is 13800000001.
  const whole = (['phone', 'email'] as const).flatMap((kind) => canonicalOrNull(kind, text) ?? [])
  const borne =
    'c.id in (select customer_id from addresses where address in (select value from json_each(?)))'
  return {
    sql: `(${columns.map((column) => `${column} like ? escape '\\'`).join(' or ')} or ${borne})`,
    values: [...columns.map(() => like), JSON.stringify(whole)],
  }
}

function memberOf(db: BrandDatabase, key: string, moment: Asked): Fragment {
  if (savedAudiences(db.sqlite)(key) === undefined) throw new Problem('not-found', { what: key }, 'audience')
  return conditionAt(db, { kind: 'audience', audience: key, member: true }, moment)
}

/** Which customers answer a filter; Problem `not-found` of an audience. */
export function filterOf(db: BrandDatabase, request: CustomerFilter, moment: Asked): Fragment {
  const { search = '', audience, tag } = request
  const parts: Fragment[] = []
  if (search.trim() !== '') parts.push(searched(search.trim()))
  if (audience !== undefined) parts.push(memberOf(db, audience, moment))
  if (tag !== undefined)
    parts.push({
      sql: 'exists (select 1 from tags t where t.customer_id = c.id and t.tag = ?)',
      values: [tag],
    })
  return {
    sql: ['1', ...parts.map(({ sql }) => sql)].join(' and '),
    values: parts.flatMap(({ values }) => values),
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
export function searchCustomers(db: BrandDatabase, request: CustomerSearch, moment: Asked): CustomersFound {
  const { sql, values } = filterOf(db, request, moment)
  const total = db.sqlite
    .prepare<unknown[], { count: number }>(`select count(*) as count from customers c where ${sql}`)
    .get(...values)
  const found = db.sqlite
    .prepare<unknown[], Found>(
      `select c.id, c.name, c.phone, c.city, c.attributes from customers c where c.id > ? and ${sql} order by c.id limit ?`,
    )
    .all(request.after ?? '', ...values, request.limit + 1)
  const page = found.slice(0, request.limit)
  const ids = JSON.stringify(page.map(({ id }) => id))
  const orders = ordersOf(db, ids)
  const tags = tagsOf(db, ids)
  const customers = page.map(({ attributes, ...row }) => ({
    ...row,
    unreadable: reasonOf(readAttributes(attributes)),
    tags: tags.get(row.id) ?? [],
    ...(orders.get(row.id) ?? { orders: 0, spent: 0, lastOrderAt: null }),
  }))
  const last = page.at(-1)
  return {
    customers,
    total: total?.count ?? 0,
    next: found.length > page.length && last !== undefined ? last.id : null,
  }
}

/** Totals know of every refund, whenever it was. */
const everRefunded = Number.MAX_SAFE_INTEGER

interface Bought {
  orders: number
  spent: number
  lastOrderAt: number | null
}

function ordersOf(db: BrandDatabase, ids: string): Map<string, Bought> {
  const rows = db.sqlite
    .prepare<[number, string, number, number], Bought & { id: string }>(
      `select customer_id as id, count(*) as orders, ${wholeSum(netAmount)} as spent, cast(max(at) as integer) as lastOrderAt
       from events e where customer_id in (select value from json_each(?)) and name = 'order' and ${orderStands}
       group by customer_id`,
    )
    .all(everRefunded, ids, everRefunded, everRefunded)
  return new Map(rows.map(({ id, ...bought }) => [id, bought]))
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
