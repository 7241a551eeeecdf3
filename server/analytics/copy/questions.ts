import type { Condition } from '../../../shared/conditions/schema.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import type { StepAnswer } from '../../ports/audiences.ts'
import type { AnswerTo, AskedOf, BaseQuestion } from '../../ports/base.ts'
import type { Moment } from '../../ports/engine.ts'
import { CopyAsking, type Query } from './condition.ts'
import { featureAnswers } from './features.ts'
import { type Found, held, numberOf, textOf } from './found.ts'
import { goodsOf, heldOutOf } from './goods.ts'
import { asksForPicks, type Stretch, withPicks } from './picked.ts'
import { overlap } from './questions-overlap.ts'
import { quality } from './questions-quality.ts'
import { search } from './questions-search.ts'
import { values } from './questions-values.ts'

const mostSampled = 12

async function count(found: Found, { condition, moment }: AskedOf<'count'>): Promise<AnswerTo<'count'>> {
  const known = await withPicks(found, [condition], moment)
  const { sql, values } = held(known, condition, moment)
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
  const { named } = new CopyAsking(found.base, moment, { audiences })
  const answers = []
  for (const key of audiences) {
    const isIn = { kind: 'audience', audience: key, member: true } as const
    const known = await withPicksOrNot(found, isIn, moment)
    const { sql, values } = known === null ? nobody : held(known, isIn, moment)
    const [row] = await found.rows(`select count(*) from (${sql})`, values)
    answers.push({ key, size: numberOf(row?.[0]), unknown: known === null || named.unknown.has(key) })
  }
  return answers
}

const nobody: Query = { sql: 'select person from customers where false', values: [] }

/** null where so many would have to be looked at for it that nobody says: the sizes of others are told all the same. */
async function withPicksOrNot(found: Found, condition: Condition, moment: Moment): Promise<Found | null> {
  try {
    return await withPicks(found, [condition], moment)
  } catch (error) {
    if (error instanceof Problem && error.code === 'picks-too-many') return null
    throw error
  }
}

/** The first orders of those of whom nothing else tells since when they are known. */
const firstOrders = `(select person, min(moment) as first from events
  where name = 'order' and person in (select person from customers where registered_at is null) group by person)`

/** Since when a customer is known: registered, or else by the first order; always where nothing tells. */
const knownSince = 'coalesce(registered_at, f.first, 0)'

async function select(found: Found, asked: AskedOf<'select'>): Promise<AnswerTo<'select'>> {
  const { condition, moment, knownBy } = asked
  const ready = await withPicks(found, condition === null ? [] : [condition], moment)
  const { sql, values } = held(ready, condition, moment)
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

async function page(found: Found, asked: AskedOf<'page'>): Promise<AnswerTo<'page'>> {
  const { condition, moment, after, limit } = asked
  if (asksForPicks(found, [condition])) return pageOfPicked(found, asked)
  const ids = await idsAfter(found, held(found, condition, moment), { after, upTo: null }, limit)
  return { ids, upTo: ids.length < limit ? null : (ids.at(-1) ?? null) }
}

async function idsAfter(
  found: Found,
  { sql, values }: Query,
  { after, upTo }: Stretch,
  limit: number,
): Promise<readonly string[]> {
  const at = values.length + 1
  const rows = await found.rows(
    `select id from customers semi join (${sql}) h using (person)
     where id > $${at} ${upTo === null ? '' : `and id <= $${at + 1}`} order by id limit ${limit}`,
    [...values, after ?? '', ...(upTo === null ? [] : [upTo])],
  )
  return rows.flatMap(([id]) => textOf(id) ?? [])
}

/**
 * A page at a time nobody is too many: picks are reckoned for a stretch of those who may be meant, and for twice as
 * many next where few of them were. After so many as one question may look at it is told how far that was.
 */
async function pageOfPicked(
  found: Found,
  { condition, moment, after, limit }: AskedOf<'page'>,
): Promise<AnswerTo<'page'>> {
  const perhaps = new CopyAsking(found.base, moment, { conditions: [condition] }).perhaps(condition)
  const ids: string[] = []
  let upTo = after
  for (let [left, next] = [limits.pickCandidates.value, limit]; left > 0; next *= 2) {
    const looked = Math.min(next, left)
    const those = await idsAfter(found, perhaps, { after: upTo, upTo: null }, looked)
    const stretch: Stretch = { after: upTo, upTo: those.at(-1) ?? null }
    if (stretch.upTo === null) return { ids, upTo: null }
    const known = await withPicks(found, [condition], moment, stretch)
    ids.push(...(await idsAfter(known, held(known, condition, moment), stretch, limit - ids.length)))
    if (ids.length >= limit) return { ids, upTo: ids.at(-1) ?? null }
    if (those.length < looked) return { ids, upTo: null }
    upTo = stretch.upTo
    left -= looked
  }
  return { ids, upTo }
}

async function step(found: Found, asked: AskedOf<'step'>): Promise<StepAnswer> {
  const { condition, moment, customerId, move } = asked
  const known = await withPicks(found, condition === null ? [] : [condition], moment)
  const { sql, values } = held(known, condition, moment)
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
