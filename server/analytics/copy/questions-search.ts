import { type DuckDBValue, listValue } from '@duckdb/node-api'
import type { OwnSort } from '../../../shared/api/customer-sort.ts'
import type { AttributeTypes } from '../../../shared/conditions/customer.ts'
import { orderEvent, refundEvent } from '../../../shared/conditions/purchases.ts'
import { isScore } from '../../../shared/models/scores.ts'
import type { AnswerTo, AskedOf, CopyOrder, Placed } from '../../ports/base.ts'
import { typedColumnsOf } from './columns-customer.ts'
import { type Found, held, numberOf, textOf } from './found.ts'
import { withPicks } from './picked.ts'

/** What people are put in order by: what it is of the customer `c`, and what has to stand beside for it. */
interface Ordering {
  readonly value: string
  readonly beside: string
  /** How a value is compared. */
  readonly key: (value: string) => string
}

/** Keeps the value of a parameter, and answers how it is named. */
type Given = (value: DuckDBValue) => string

const plain = (value: string, beside = ''): Ordering => ({ value, beside, key: (one) => one })
const number = (value: string, beside = ''): Ordering => ({
  ...plain(value, beside),
  key: (one) => `(${one})::DOUBLE`,
})

/** What everybody has bought, as the list of customers says it: orders that stand, less whatever has been given back. */
const bought = `left join (select e.person, count(*) as orders, sum(coalesce(e.amount, 0) - coalesce(r.back, 0)) as spent,
    max(e.moment) as last
  from events e left join (select person, refund_of, sum(amount) as back from events
      where name = '${refundEvent}' and refund_of is not null group by person, refund_of) r
    on r.person = e.person and r.refund_of = e.id
  where e.name = '${orderEvent}' and not coalesce(r.back > 0 and r.back >= coalesce(e.amount, 0), false)
  group by e.person) b on b.person = c.person`

/** Names as they are looked up in Chinese: by pinyin, and Latin ones behind them by their letters. */
const byPinyin: Ordering = {
  ...plain(`nullif(c.name, '')`),
  key: (name) => `icu_sort_key((${name})::VARCHAR, 'zh')`,
}

const own = {
  id: () => plain('c.id'),
  name: () => byPinyin,
  registered_at: () => number('c.registered_at'),
  orders: () => number('coalesce(b.orders, 0)', bought),
  spent: () => number('coalesce(b.spent, 0)', bought),
  last_order: () => number('b.last', bought),
  member_since: (list) =>
    number('m.since', `left join members m on m.person = c.person and m.audience = ${list}`),
} as const satisfies Record<OwnSort, (list: string) => Ordering>

function orderingOf({ by }: CopyOrder, types: AttributeTypes, list: string): Ordering {
  if (!isScore(by)) return own[by](list)
  const score = typedColumnsOf(types).find(({ name }) => name === by)
  return number(score === undefined ? 'null' : `c.${score.column}`)
}

/** Whoever comes behind one of them; those without a key are the last. */
function behind({ descending }: CopyOrder, after: Placed, { key }: Ordering, given: Given): string {
  const id = given(after.id)
  if (after.value === null) return `key is null and id > ${id}`
  const last = key(given(after.value))
  return `(key ${descending ? '<' : '>'} ${last} or (key = ${last} and id > ${id}) or key is null)`
}

/** Everybody who answers, as many as there are, and a page of them in an order. */
export async function search(found: Found, asked: AskedOf<'search'>): Promise<AnswerTo<'search'>> {
  const { condition, moment, text, wholeContacts, besides, order, after, limit } = asked
  const known = await withPicks(found, condition === null ? [] : [condition], moment)
  const query = held(known, condition, moment)
  const values: DuckDBValue[] = [...query.values]
  const given: Given = (value) => `$${values.push(value)}`
  const some = given(text)
  const within = ['id', 'name', ...(wholeContacts ? [] : ['phone', 'email'])].map(
    (name) => `contains(lower(${name}), lower(${some}))`,
  )
  // DuckDB is told no list of which it cannot see what is in it.
  const told = besides.length === 0 ? [] : [`id in (select unnest(${given(listValue(besides))}))`]
  const ordering = orderingOf(
    order,
    found.base.types,
    order.by === 'member_since' ? given(order.list ?? '') : '',
  )
  const { value, beside, key } = ordering
  const next = after === null ? 'true' : behind(order, after, ordering, given)
  const sorted = `key is null, key ${order.descending ? 'desc' : 'asc'}, id`
  const rows = await found.rows(
    `with inside as materialized (select person, id from customers semi join (${query.sql}) h using (person)
       where ${[`${some} = ''`, ...within, ...told].join(' or ')}),
     counted as (select count(*) as total from inside),
     placed as (select c.id, ${value} as value from customers c semi join inside using (person) ${beside}),
     keyed as (select id, value, ${key('value')} as key from placed)
     select k.total, p.id, p.value from counted k left join
       (select id, value, key from keyed where ${next} order by ${sorted} limit ${limit}) p on true order by ${sorted}`,
    values,
  )
  const people = rows.flatMap(([, id, value]): Placed[] => {
    const known = textOf(id)
    if (known === null) return []
    return [{ id: known, value: typeof value === 'string' ? value : value === null ? null : Number(value) }]
  })
  return { found: people, total: numberOf(rows[0]?.[0]) }
}
