import type Database from 'better-sqlite3'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { limits } from '../../../../shared/limits.ts'
import { goodsOf } from '../../../../shared/picks/goods.ts'
import {
  type Good,
  type Had,
  type Neighbour,
  type Picked,
  type PickRules,
  type Popular,
  pick,
} from '../../../../shared/picks/pick.ts'
import { readProperties } from '../customers/stored.ts'
import { valueOr } from '../stored-json.ts'

const listed = '(select value from json_each(?))'

interface OrderRow {
  customer: string
  at: number
  properties: string
}

interface GoodRow extends Omit<Good, 'title'> {
  title: string | null
  share: number | null
}

function group<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const known = groups.get(key)
  if (known === undefined) groups.set(key, [value])
  else known.push(value)
}

/** The last orders of customers, those left out that were given back whole. */
const ordersSql = `
  with back as materialized (
    select customer_id, json_extract(properties, '$.order_id') as order_id, sum(amount) as amount from events
    where customer_id in ${listed} and name = '${refundEvent}' and at <= ? group by 1, 2),
  last as (select customer_id, id, at, amount, properties from (
      select customer_id, id, at, amount, properties,
        row_number() over (partition by customer_id order by at desc, seq desc) as nth
      from events where customer_id in ${listed} and name = '${orderEvent}' and at <= ?)
    where nth <= ${limits.pickHistory.value})
  select l.customer_id as customer, l.at, l.properties from last l
    left join back b on b.customer_id = l.customer_id and b.order_id = l.id
  where b.amount is null or b.amount = 0 or b.amount < coalesce(l.amount, 0)`

const goodColumns = 'p.id, p.title, p.price, p.stock, p.category, p.image, p.link, g.share'

/** What each of some customers had by their last orders. */
function hadReader(sqlite: Database.Database) {
  const read = sqlite.prepare<[string, number, string, number], OrderRow>(ordersSql)
  return (ids: readonly string[], now: number): ReadonlyMap<string, readonly Had[]> => {
    const found = new Map<string, Map<string, Had>>()
    const asked = JSON.stringify(ids)
    for (const { customer, at, properties } of read.all(asked, now, asked, now)) {
      const own = found.get(customer) ?? new Map<string, Had>()
      found.set(customer, own)
      for (const item of goodsOf(valueOr(readProperties(properties), {}))) {
        const known = own.get(item)
        own.set(item, { item, at: Math.max(at, known?.at ?? at), times: (known?.times ?? 0) + 1 })
      }
    }
    return new Map([...found].map(([id, had]) => [id, latest([...had.values()])]))
  }
}

const latest = (had: readonly Had[]): readonly Had[] =>
  [...had].sort((a, b) => b.at - a.at || (a.item < b.item ? -1 : 1)).slice(0, limits.pickHistory.value)

/**
 * Picks of many customers by few queries: what they had, what goes with it, and the products that come into question.
 * What orders name but the catalogue does not have is never picked.
 */
export function picksReader(sqlite: Database.Database) {
  const hadOf = hadReader(sqlite)
  const around = sqlite.prepare<[string], { item: string; other: string; more: number }>(
    `select item, other, more from pick_neighbours where item in ${listed} order by item, place`,
  )
  const bestsellers = sqlite.prepare<[], GoodRow>(
    `select ${goodColumns} from pick_goods g join products p on p.id = g.item
     where p.stock is null or p.stock > 0 order by g.place limit ${limits.pickPopular.value}`,
  )
  const known = sqlite.prepare<[string], GoodRow>(
    `select ${goodColumns} from products p left join pick_goods g on g.item = p.id where p.id in ${listed}`,
  )
  const inCategories = sqlite.prepare<[string], GoodRow>(
    `select id, title, price, stock, category, image, link, share from (
       select ${goodColumns}, row_number() over (partition by p.category order by g.share desc, p.id) as nth
       from products p left join pick_goods g on g.item = p.id
       where p.category in ${listed} and (p.stock is null or p.stock > 0))
     where nth <= ${limits.pickPopularInCategory.value} order by category, nth`,
  )

  return (
    ids: readonly string[],
    { now, rules }: { readonly now: number; readonly rules: PickRules },
  ): Map<string, readonly Picked[]> => {
    const had = hadOf(ids, now)
    const goods = new Map<string, Good>()
    const take = (rows: readonly GoodRow[]) => {
      for (const { share: _share, title, ...row } of rows)
        goods.set(row.id, { ...row, title: title ?? row.id })
      return rows
    }
    const popular: Popular[] = take(bestsellers.all()).map(({ id, share }) => ({
      item: id,
      share: share ?? 0,
    }))
    const items = [...new Set([...had.values()].flatMap((own) => own.map(({ item }) => item)))]
    const neighbours = new Map<string, Neighbour[]>()
    for (const { item, other, more } of around.all(JSON.stringify(items)))
      group(neighbours, item, { other, more })
    const others = [...neighbours.values()].flatMap((list) => list.map(({ other }) => other))
    take(known.all(JSON.stringify([...new Set([...items, ...others])])))
    // What the catalogue does not know may be a category, where orders name no more than that.
    const categories = [...items, ...others].map((item) => goods.get(item)?.category ?? item)
    const popularIn = new Map<string, Popular[]>()
    for (const row of take(inCategories.all(JSON.stringify([...new Set(categories)]))))
      if (row.category !== null) group(popularIn, row.category, { item: row.id, share: row.share ?? 0 })
    const shared = {
      neighbours: (item: string) => neighbours.get(item) ?? [],
      popular,
      popularIn: (category: string) => popularIn.get(category) ?? [],
      good: (id: string) => goods.get(id),
      ...{ rules, now, most: limits.picksShown.value },
    }
    return new Map(ids.map((id) => [id, pick({ had: had.get(id) ?? [], ...shared })]))
  }
}
