import type { StepAnswer } from '../../ports/audiences.ts'
import type { AnswerTo, AskedOf, BaseQuestion } from '../../ports/base.ts'
import { CopyAsking } from './condition.ts'
import { featureAnswers } from './features.ts'
import { type Found, held, numberOf, textOf } from './found.ts'
import { goodsOf, heldOutOf } from './goods.ts'
import { overlap } from './questions-overlap.ts'
import { quality } from './questions-quality.ts'
import { search } from './questions-search.ts'
import { values } from './questions-values.ts'

const mostSampled = 12

async function count(found: Found, { condition, moment }: AskedOf<'count'>): Promise<AnswerTo<'count'>> {
  const { sql, values } = held(found, condition, moment)
  const rows = await found.rows(
    `with inside as materialized (${sql}), counted as (select (select count(*) from inside) as count,
       (select count(*) from customers) as of)
     select k.count, k.of, c.id, c.name from counted k left join
       (select id, name from customers semi join inside using (person) order by id limit ${mostSampled}) c on true
     order by c.id`,
    values,
  )
  const [first] = rows
  return {
    count: numberOf(first?.[0]),
    of: numberOf(first?.[1]),
    sample: rows.flatMap(([, , id, name]) => {
      const known = textOf(id)
      return known === null ? [] : [{ id: known, name: textOf(name) }]
    }),
  }
}

async function sizes(found: Found, { audiences, moment }: AskedOf<'sizes'>): Promise<AnswerTo<'sizes'>> {
  const asking = new CopyAsking(found.base, moment, { audiences })
  const answers = []
  for (const key of audiences) {
    const { sql, values } = asking.holds({ kind: 'audience', audience: key, member: true })
    const [row] = await found.rows(`select count(*) from (${sql})`, values)
    answers.push({ key, size: numberOf(row?.[0]), unknown: asking.named.unknown.has(key) })
  }
  return answers
}

/** The first orders of those of whom nothing else tells since when they are known. */
const firstOrders = `(select person, min(moment) as first from events
  where name = 'order' and person in (select person from customers where registered_at is null) group by person)`

/** Since when a customer is known: registered, or else by the first order; always where nothing tells. */
const knownSince = 'coalesce(registered_at, f.first, 0)'

async function select(found: Found, asked: AskedOf<'select'>): Promise<AnswerTo<'select'>> {
  const { condition, moment, knownBy } = asked
  const { sql, values } = held(found, condition, moment)
  const known =
    knownBy === undefined
      ? ''
      : `left join ${firstOrders} f using (person) where ${knownSince} <= $${values.length + 1}`
  const rows = await found.rows(
    `select id from customers semi join (${sql}) h using (person) ${known} order by id`,
    knownBy === undefined ? values : [...values, knownBy],
  )
  return rows.flatMap(([id]) => textOf(id) ?? [])
}

async function page(
  found: Found,
  { condition, moment, after, limit }: AskedOf<'page'>,
): Promise<AnswerTo<'page'>> {
  const { sql, values } = held(found, condition, moment)
  const rows = await found.rows(
    `select id from customers semi join (${sql}) h using (person) where id > $${values.length + 1}
     order by id limit ${limit}`,
    [...values, after ?? ''],
  )
  return rows.flatMap(([id]) => textOf(id) ?? [])
}

async function step(found: Found, asked: AskedOf<'step'>): Promise<StepAnswer> {
  const { condition, moment, customerId, move } = asked
  const { sql, values } = held(found, condition, moment)
  const ids = `(select id from customers semi join (${sql}) h using (person))`
  const at = `$${values.length + 1}`
  const [row] = await found.rows(
    `select count(*), count(*) filter (where id < ${at}), count(*) filter (where id = ${at}) from ${ids}`,
    [...values, customerId ?? ''],
  )
  const [of, before, inside] = [numberOf(row?.[0]), numberOf(row?.[1]), numberOf(row?.[2]) > 0]
  const place = customerId !== null && inside ? before : -1
  if (of === 0 || (customerId !== null && move === 'none')) return { customerId, index: place + 1, of }
  // Outside the audience the step leads to the neighbours by id.
  const after = place >= 0 ? place + 1 : customerId === null ? 0 : before
  const behind = place >= 0 ? place - 1 : after - 1
  const index = (((move === 'previous' ? behind : after) % of) + of) % of
  const [found_] = await found.rows(`select id from ${ids} order by id limit 1 offset ${index}`, values)
  return { customerId: textOf(found_?.[0]), index: index + 1, of }
}

/** How each question is answered. */
export const answers = {
  count,
  sizes,
  select,
  page,
  search,
  step,
  values,
  overlap,
  quality,
  goods: goodsOf,
  heldOut: heldOutOf,
  ...featureAnswers,
} satisfies {
  readonly [K in BaseQuestion]: (found: Found, asked: AskedOf<K>) => Promise<AnswerTo<K>>
}
