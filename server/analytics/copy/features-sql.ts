import { orderEvent, refundEvent } from '../../../shared/conditions/purchases.ts'
import { leastHours } from '../../../shared/models/habits.ts'
import { propensityDays, recentDays, yearDays } from '../../../shared/models/seasons.ts'
import {
  type ContentKind,
  contentKinds,
  contentNames,
  habitDays,
  longestContent,
  mostTouched,
  nightHours,
  type TouchKind,
  touchDays,
  touchKindNames,
  touchKinds,
} from '../../../shared/models/touches.ts'
import { numberSql } from './condition-writer.ts'
import { wallSql } from './condition-zone.ts'

const dayLength = 86_400_000
const hourLength = 3_600_000
const minuteLength = 60_000

/** What of the base is looked at: by whose calendar, before which moment, and whose. */
export interface Looked {
  readonly zone: string
  readonly before: number
  /** A condition over `e.person`. */
  readonly whose: string
}

const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ')
const dayOf = (wall: string) => `floor(${wall} / ${dayLength})`

/** Orders `o` as they stand before a moment: less what was given back, and without those given back whole. */
export function ordersSql({ zone, before, whose }: Looked): string {
  const at = numberSql(before)
  return `back as (
    select e.person, e.refund_of as id, sum(e.amount) as amount from events e
    where e.name = '${refundEvent}' and e.refund_of is not null and e.moment < ${at} and ${whose} group by all),
  o as materialized (
    select e.person, e.seq, e.moment, ${wallSql('e.moment', zone, before)} as wall,
      coalesce(e.amount, 0) - coalesce(b.amount, 0) as worth, e.categories, e.channel, coalesce(e.reduced, false) as reduced
    from events e left join back b on b.person = e.person and b.id = e.id
    where e.name = '${orderEvent}' and e.moment < ${at} and ${whose}
      and not (coalesce(b.amount, 0) > 0 and b.amount >= coalesce(e.amount, 0)))`
}

/** Days `d` on which something was bought, of the orders. */
export const daysSql = `d as materialized (
  select person, ${dayOf('wall')} as day, sum(worth) as worth, count(*)::DOUBLE as orders,
    count(*) filter (reduced)::DOUBLE as reduced
  from o group by all)`

/** What stands at the end of a day `s`, as `standingOn` has it, but for what was touched. */
export function standingSql(until: number): string {
  const year = `ceil((${until} - day) / ${yearDays})`
  const offset = `day + ${year} * ${yearDays} - ${until}`
  return `s as materialized (
  select person, sum(orders) as orders, sum(reduced) as reduced, count(*)::DOUBLE as days, min(day) as first,
    max(day) as last, sum(worth) as worth, arg_min(worth, day) as first_worth,
    count(*) filter (day > ${until - recentDays})::DOUBLE as recent,
    count(distinct case when ${year} >= 1 and ${offset} > 0 and ${offset} <= ${propensityDays} then ${year} end)::DOUBLE
      as seasons,
    count(*) filter ((day + 3) % 7 >= 5)::DOUBLE as weekends
  from d group by all)`
}

const member = (name: string) => `json_extract_string(e.properties, '$."${name}"')`
const typed = (name: string) => `json_type(e.properties, '$."${name}"')`

/** A text, or a number as it is written, that is neither empty nor longer than a name. */
function nameSql(name: string): string {
  const numbers = `${typed(name)} in ('VARCHAR', 'UBIGINT', 'BIGINT', 'DOUBLE')`
  return `case when ${numbers} and length(${member(name)}) between 1 and ${longestContent} then ${member(name)} end`
}

const aboutOf: Readonly<Record<TouchKind, ContentKind>> = {
  visits: 'page',
  carts: 'page',
  opens: 'message',
  clicks: 'message',
}

function byKind(of: (kind: TouchKind) => string): string {
  const cases = touchKindNames.map((kind) => `when e.name in (${quoted(touchKinds[kind])}) then ${of(kind)}`)
  return `case ${cases.join(' ')} end`
}

/** Touches `t` of so many days before a moment. */
export function touchesSql({ zone, before, whose }: Looked): string {
  const names = contentKinds.map(
    (content) =>
      [content, `coalesce(${contentNames[content].map((name) => nameSql(name)).join(', ')})`] as const,
  )
  const keys = touchKindNames.map((kind) => {
    const key = names.find(([content]) => content === aboutOf[kind])?.[1] ?? 'null'
    return `when e.name in (${quoted(touchKinds[kind])}) then ${key}`
  })
  return `t as materialized (
    select e.person, e.seq, e.moment, ${wallSql('e.moment', zone, before)} as wall, ${byKind((kind) => `'${kind}'`)} as kind,
      ${byKind((kind) => `'${aboutOf[kind]}'`)} as content, case ${keys.join(' ')} end as key,
      case when ${typed('channel')} = 'VARCHAR' and ${member('channel')} <> '' then ${member('channel')} end as channel
    from events e
    where e.name in (${quoted(touchKindNames.flatMap((kind) => touchKinds[kind]))})
      and e.moment < ${numberSql(before)} and e.moment >= ${numberSql(before - habitDays * dayLength)} and ${whose})`
}

export const counts = touchKindNames
  .map((kind) => `count(*) filter (kind = '${kind}')::DOUBLE as ${kind}`)
  .join(', ')

/** What is named most by `values`, of equals what is named last. */
const favourite = (name: string, values: string) => `${name} as (
  select person, arg_max(value, [times, last[1], last[2], last[3]]) as value from (
    select person, value, count(*)::DOUBLE as times, max([moment, seq, place]) as last from (${values}) group by all)
  group by all)`

const minuteOfDay = `floor((wall - ${dayOf('wall')} * ${dayLength}) / ${minuteLength})`

const night = `(hour >= ${nightHours.from} or hour < ${nightHours.to})`

/** The hours `hours` of what was bought and touched. */
export const hoursSql: readonly string[] = [
  `hourly as (
    select person, hour, count(*)::DOUBLE as times from (
      select person, floor(${minuteOfDay} * ${minuteLength} / ${hourLength}) as hour
      from (select person, wall from o union all select person, wall from t) where ${minuteOfDay} <> 0)
    group by all)`,
  `hours as (
    select person, case when sum(times) >= ${leastHours} then arg_max(hour, [times, -hour]) end as hour,
      sum(times) as hours, coalesce(sum(times) filter (${night}), 0) as nights
    from hourly group by all)`,
]

/** Habits as `habitsOf` has them, and what was touched most in the days that count. */
export function habitsSql(until: number): readonly string[] {
  const counted = `${dayOf('wall')} > ${until - touchDays} and ${dayOf('wall')} <= ${until}`
  return [
    favourite(
      'category',
      `select person, moment, seq, unnest(categories) as value, generate_subscripts(categories, 1)::DOUBLE as place
       from o where categories is not null`,
    ),
    favourite(
      'placed',
      'select person, moment, seq, channel as value, 0::DOUBLE as place from o where channel is not null',
    ),
    favourite(
      'response',
      `select person, moment, seq, channel as value, 0::DOUBLE as place from t
       where channel is not null and kind in ('opens', 'clicks')`,
    ),
    ...hoursSql,
    `touching as (select person, ${counts} from t where ${counted} group by all)`,
    `touched as (
      select person, to_json(list({content: content, key: key, visits: visits, carts: carts, opens: opens, clicks: clicks}
        order by times desc, last desc)[:${mostTouched}]) as most
      from (select person, content, key, ${counts}, count(*) as times, max([moment, seq]) as last from t
            where key is not null and ${counted} group by all)
      group by all)`,
  ]
}
