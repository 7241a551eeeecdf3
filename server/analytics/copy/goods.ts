import type { JS } from '@duckdb/node-api'
import { orderEvent } from '../../../shared/conditions/purchases.ts'
import { limits } from '../../../shared/limits.ts'
import { categoryProperties, linesProperty } from '../../../shared/models/habits.ts'
import { lineNames } from '../../../shared/picks/goods.ts'
import { believed } from '../../../shared/picks/together.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
import { type Found, numberOf } from './found.ts'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** What stands under a name of the properties of an event, which stand there by whole names, points and all. */
const at = (name: string, rest = '') => `properties, ${quoted(`$."${name}"${rest}`)}`

const nameIn = (line: string, field: string) =>
  `case when json_type(${line}, '$.${field}') in ('VARCHAR', 'UBIGINT', 'BIGINT', 'DOUBLE')
    then json_extract_string(${line}, '$.${field}') end`

/** By what the lines of an order name its goods. */
const lines = `list_filter(list_transform(coalesce(json_extract_string(${at(linesProperty, '[*]')}), []),
  lambda l: case when starts_with(l, '{') and json_valid(l)
    then coalesce(${lineNames.map((field) => nameIn('l', field)).join(', ')}) else l end), lambda name: name is not null)`

/** The categories under a name, in texts that may name several. */
const categories = (name: string) => `list_filter(list_transform(flatten(list_transform(
    list_filter(case json_type(${at(name)}) when 'ARRAY' then json_extract(${at(name, '[*]')})
      when 'VARCHAR' then [json_extract(${at(name)})] else [] end, lambda j: json_type(j) = 'VARCHAR'),
    lambda j: regexp_split_to_array(json_extract_string(j, '$'), '[|、,;]'))),
  lambda x: trim(x)), lambda x: x <> '')`

/** As `goodsOf` answers in memory: lines by number, else by title, else the categories. */
const goods = `list_distinct(coalesce(${[lines, ...categoryProperties.map(categories)]
  .map((list) => `nullif(${list}, [])`)
  .join(', ')}, []))`

/** Orders before a moment that were not given back whole, each with what was bought. */
const orders = (before: number) => `
  back as materialized (select person, refund_of, sum(amount) as amount from events
    where refund_of is not null and moment < ${before} group by all),
  orders as materialized (select e.person, e.seq, e.moment, ${goods} as goods from events e
    left join back b on b.person = e.person and b.refund_of = e.id
    where e.name = ${quoted(orderEvent)} and e.moment < ${before}
      and not (coalesce(b.amount, 0) > 0 and b.amount >= coalesce(e.amount, 0)))`

/** Each customer's goods, the latest ones of those who have bought very many. */
const had = `had as materialized (
  select person, item, max(moment) as moment, count(*) as times
  from (select person, moment, unnest(goods) as item from orders) group by person, item
  qualify row_number() over (partition by person order by max(moment) desc, item) <= ${limits.pickHistory.value})`

const textOf = (value: JS | undefined): string => String(value ?? '')

/** What is bought together: how many bought each good, and of each which others most beyond what everybody buys. */
export async function goodsOf(found: Found, { before }: AskedOf<'goods'>): Promise<AnswerTo<'goods'>> {
  const buyers = `buyers as materialized (select item, count(*) as buyers from had group by item
    having count(*) >= ${limits.pickBuyers.value} order by buyers desc, item limit ${limits.pickGoods.value})`
  const known = `with ${orders(before)}, ${had}, ${buyers}`
  const bought = await found.rows(
    `${known} select (select count(distinct person) from had), item, buyers from buyers order by buyers desc, item`,
  )
  const share = (buyers: string) => `${buyers} / (select count(distinct person) from had)`
  const more = `(shared + ${believed} * ${share('o.buyers')}) / (i.buyers + ${believed}) - ${share('o.buyers')}`
  const pairs = await found.rows(
    `${known}, kept as materialized (select person, item from had semi join buyers using (item)),
      pairs as (select a.item as item, b.item as other, count(*) as shared from kept a join kept b
        on a.person = b.person and a.item <> b.item group by all)
    select p.item, p.other, p.shared from pairs p join buyers i on i.item = p.item join buyers o on o.item = p.other
    where ${more} > 0
    qualify row_number() over (partition by p.item order by ${more} desc, p.other) <= ${limits.pickNeighbours.value}`,
  )
  return {
    of: numberOf(bought[0]?.[0]),
    goods: bought.map(([, item, buyers]) => ({ item: textOf(item), buyers: numberOf(buyers) })),
    pairs: pairs.map(([item, other, both]) => ({
      item: textOf(item),
      other: textOf(other),
      both: numberOf(both),
    })),
  }
}

/** Customers whose next order after most of all orders is known, some of them by their numbers. */
export async function heldOutOf(
  found: Found,
  { share, most }: AskedOf<'heldOut'>,
): Promise<AnswerTo<'heldOut'>> {
  const [first] = await found.rows(
    `select quantile_disc(moment, ${1 - share}) from events where name = ${quoted(orderEvent)}`,
  )
  const parted = first?.[0]
  if (typeof parted !== 'number') return { at: 0, customers: [] }
  const rows = await found.rows(
    `with ${orders(parted)}, ${had},
      next as (select person, arg_min(${goods}, moment) as bought from events
        where name = ${quoted(orderEvent)} and moment >= ${parted} group by person having len(bought) > 0),
      tried as (select person, bought from next semi join had using (person) order by hash(person) limit ${most})
    select to_json(any_value(bought))::VARCHAR,
      to_json(list(struct_pack(item := item, at := moment, times := times) order by moment desc, item))::VARCHAR
    from tried join had using (person) group by person`,
  )
  return {
    at: parted,
    customers: rows.map(([bought, had]) => ({
      // Written by the query itself.
      bought: JSON.parse(textOf(bought)) as string[],
      had: JSON.parse(textOf(had)) as AnswerTo<'heldOut'>['customers'][number]['had'],
    })),
  }
}
