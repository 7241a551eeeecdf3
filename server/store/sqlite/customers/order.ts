import { z } from 'zod'
import { type CustomerOrder, type OwnSort, orderText } from '../../../../shared/api/customer-sort.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { isScore, type ScoreName } from '../../../../shared/models/scores.ts'
import type { Placed } from '../../../ports/base.ts'
import { membersSince } from '../audiences/history.ts'
import type { BrandDatabase } from '../database.ts'
import { ordersOf } from './bought.ts'

const cursor = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.string()])

/** Where a page ended, as the next one is asked for: in the order of ids by the id alone, as it always was. */
export const placeText = ({ id, value }: Placed, order: CustomerOrder): string =>
  order.by === 'id'
    ? id
    : Buffer.from(JSON.stringify([orderText(order), value, id]), 'utf8').toString('base64url')

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** What `placeText` has written of the same order; Problem `sort-elsewhere`. */
export function placeIn(text: string, order: CustomerOrder): Placed {
  if (order.by === 'id') return { id: text, value: text }
  const [sort, value = null, id] = cursor.safeParse(parsed(text)).data ?? []
  const fits = value === null || (typeof value === 'string') === (order.by === 'name')
  if (sort !== orderText(order) || id === undefined || !fits)
    throw new Problem('sort-elsewhere', { sort: orderText(order) }, 'after')
  return { id, value }
}

type Values = ReadonlyMap<string, string | number | null>
type Reading = (db: BrandDatabase, ids: string, audience: string | undefined) => Values

const columnValues =
  (column: string): Reading =>
  ({ sqlite }, ids) =>
    new Map(
      sqlite
        .prepare<[string], { id: string; value: string | number | null }>(
          `select id, ${column} as value from customers where id in (select value from json_each(?))`,
        )
        .all(ids)
        .map(({ id, value }) => [id, value]),
    )

const boughtValues =
  (of: 'orders' | 'spent' | 'lastOrderAt'): Reading =>
  (db, ids) =>
    new Map([...ordersOf(db, ids)].map(([id, bought]) => [id, bought[of]]))

/** What each order of the list goes by; of whom a reading does not tell, `none` is so. */
const own = {
  id: { read: columnValues('id'), none: null },
  name: { read: columnValues(`nullif(name, '')`), none: null },
  registered_at: { read: columnValues('cast(registered_at as real)'), none: null },
  orders: { read: boughtValues('orders'), none: 0 },
  spent: { read: boughtValues('spent'), none: 0 },
  last_order: { read: boughtValues('lastOrderAt'), none: null },
  member_since: {
    read: (db, ids, audience = '') =>
      new Map([...membersSince(db, audience, ids)].map(([id, { at }]) => [id, at])),
    none: null,
  },
} as const satisfies Record<OwnSort, { readonly read: Reading; readonly none: number | null }>

/** What a score that is a number says of customers, a JSON list of ids. */
export function scoresOf({ sqlite }: BrandDatabase, score: ScoreName, ids: string): Map<string, number> {
  const rows = sqlite
    .prepare<[string, string], { id: string; value: number }>(
      `select customer_id as id, cast(scores ->> ? as real) as value from scores
       where customer_id in (select value from json_each(?)) and json_valid(scores) and value is not null`,
    )
    .all(`$.${score}`, ids)
  return new Map(rows.map(({ id, value }) => [id, value]))
}

/** Customers with what an order goes by, as they stand in the truth. */
export function placedBy(db: BrandDatabase, { by }: CustomerOrder, audience: string | undefined) {
  return (ids: readonly string[]): Placed[] => {
    const all = JSON.stringify(ids)
    const { read, none } = isScore(by) ? { read: () => scoresOf(db, by, all), none: null } : own[by]
    const values: Values = read(db, all, audience)
    return ids.map((id) => ({ id, value: values.get(id) ?? none }))
  }
}

/** Ids in the order of their bytes, as SQLite and the copy have them. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
/** Names as they are looked up in Chinese, by pinyin, as the copy has them. */
const byPinyin = new Intl.Collator('zh').compare

/** Nobody comes behind whoever has no value; equal ones come by their ids, either way. */
export function compareBy({ by, descending }: CustomerOrder): (one: Placed, other: Placed) => number {
  const texts = by === 'name' ? byPinyin : byBytes
  const values = (one: string | number, other: string | number) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : texts(String(one), String(other))
  return (one, other) => {
    if (one.value === null || other.value === null) {
      const nobody = Number(one.value === null) - Number(other.value === null)
      return nobody === 0 ? byBytes(one.id, other.id) : nobody
    }
    const way = descending ? values(other.value, one.value) : values(one.value, other.value)
    return way === 0 ? byBytes(one.id, other.id) : way
  }
}

export const inOrder = (placed: readonly Placed[], order: CustomerOrder): Placed[] =>
  placed.toSorted(compareBy(order))

/** Stays in an audience that have not ended, in the order in which they began. */
export function staysOf({ sqlite }: BrandDatabase, audience: string, { descending }: CustomerOrder) {
  const [sign, way] = descending ? ['<', 'desc'] : ['>', 'asc']
  const read = (where: string) =>
    `select customer_id as id, cast(since as real) as value from audience_stays
     where audience = @audience and until is null and ${where} order by since ${way}, customer_id limit @limit`
  type Asked = { audience: string; value: number | string | null; id: string; limit: number }
  const same = sqlite.prepare<Asked, Placed>(read('since = @value and customer_id > @id'))
  const further = sqlite.prepare<Asked, Placed>(read(`since ${sign} @value`))
  const begin = sqlite.prepare<Pick<Asked, 'audience' | 'limit'>, Placed>(read('true'))
  const others = sqlite
    .prepare<[string, string], string>(
      `select r.value from json_each(?) r where not exists (select 1 from audience_stays s
         where s.audience = ? and s.customer_id = r.value and s.until is null) order by r.key`,
    )
    .pluck()
  return {
    next(after: Placed | null, limit: number): Placed[] {
      if (after === null) return begin.all({ audience, limit })
      const asked = { audience, value: after.value, id: after.id }
      const equal = same.all({ ...asked, limit })
      return equal.length === limit
        ? equal
        : [...equal, ...further.all({ ...asked, limit: limit - equal.length })]
    },
    /** Those of some customers of whom no look knows since when. */
    without: (ids: readonly string[]): string[] => others.all(JSON.stringify(ids), audience),
  }
}
