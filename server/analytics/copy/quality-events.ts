import type { QualityCheck } from '../../../shared/api/quality.ts'
import { standardEvents } from '../../../shared/conditions/standard-events.ts'
import type { AskedOf } from '../../ports/base.ts'
import { numberSql } from './condition-writer.ts'
import { dayNumberSql } from './condition-zone.ts'
import { type Found, numberOf, textOf } from './found.ts'
import { firstMoment } from './quality-customers.ts'
import { eventRow, type Look } from './quality-look.ts'

const dayMs = 86_400_000
/** An event comes daily that came on so many of the last days, of so many at the least. */
const [daysLooked, daysNeeded, dailyShare] = [60, 14, 0.8]
/** Fewer amounts say nothing of what is usual. */
const amountsNeeded = 30
/**
 * Tukey's outer fences (Exploratory Data Analysis, 1977): what lies more than three times the middle half's breadth
 * beyond it is "far out". Of logarithms, as amounts grow by factors; where most are one and the same, that breadth is
 * taken as a quarter.
 */
const outerFence = 3
const leastBreadth = Math.log(1.25)

const dayIso = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

/** Days without any of an event that comes nearly every day. */
async function silent({ rows }: Found, { now, zone }: AskedOf<'quality'>): Promise<Look[]> {
  const day = dayNumberSql('moment', zone, now)
  const [row] = await rows(`select ${day.replaceAll('moment', numberSql(now))}`)
  const today = numberOf(row?.[0])
  const from = numberSql(now - (daysLooked + 2) * dayMs)
  const found = await rows(
    `select name, list_sort(list(distinct ${day})) from events where moment >= ${from} and moment <= ${numberSql(now)}
     group by name order by name`,
  )
  return found.flatMap(([named, listed]): Look[] => {
    const name = textOf(named)
    const days = Array.isArray(listed) ? listed.map((one) => numberOf(one)).filter((one) => one < today) : []
    const first = Math.max(Math.min(...days), today - daysLooked)
    const span = today - first
    const there = new Set(days.filter((one) => one >= first))
    if (name === null || span < daysNeeded || there.size < span * dailyShare || there.size === span) return []
    const missing = Array.from({ length: span }, (_, at) => first + at).filter((one) => !there.has(one))
    // The last event before the first such day shows where to look.
    const before = `${day} < ${missing[0] ?? today}`
    const sql = `${eventRow('e.name', 'null::VARCHAR', '-e.moment')} from events e where e.name = $1 and ${before}
      and moment >= ${from}`
    return [
      {
        check: 'silent-days',
        sql,
        values: [name],
        count: missing.length,
        of: span,
        days: missing.map(dayIso),
      },
    ]
  })
}

const farOut = `with amounts as (select name, ln(amount) as x from events where amount > 0),
  fences as (select name, quantile_cont(x, 0.25) as low, quantile_cont(x, 0.75) as high from amounts
    group by name having count(*) >= ${amountsNeeded}),
  bounds as (select name, low - ${outerFence} * greatest(high - low, ${leastBreadth}) as least,
    high + ${outerFence} * greatest(high - low, ${leastBreadth}) as most from fences)
  ${eventRow('e.name', 'e.amount::BIGINT::VARCHAR', '-abs(ln(e.amount) - (b.least + b.most) / 2)')}
  from events e join bounds b using (name) where e.amount > 0 and (ln(e.amount) < b.least or ln(e.amount) > b.most)`

const back = `(select person, refund_of, sum(amount) as back from events
  where name = 'refund' and refund_of is not null group by person, refund_of)`

/** What is looked for among events. */
export async function ofEvents(found: Found, asked: AskedOf<'quality'>): Promise<Look[]> {
  const of = (
    check: QualityCheck,
    test: string,
    subject = 'null::VARCHAR',
    value = 'null::VARCHAR',
  ): Look => ({
    check,
    sql: `${eventRow(subject, value)} from events e where ${test}`,
  })
  const standard = Object.keys(standardEvents)
    .map((name) => `'${name}'`)
    .join(', ')
  return [
    of('future-event', `e.moment > ${numberSql(asked.now + dayMs)}`, 'e.name'),
    of('early-event', `e.moment < ${numberSql(firstMoment)}`, 'e.name'),
    { check: 'far-amount', sql: farOut },
    of('no-amount', `e.name = 'order' and e.amount is null`),
    of('no-lines', `e.name = 'order' and not contains(coalesce(e.properties, ''), '"items')`),
    of(
      'refund-unknown',
      `e.name = 'refund' and not exists (select 1 from events o where o.name = 'order' and o.person = e.person
        and o.id = e.refund_of)`,
      'null::VARCHAR',
      'e.refund_of',
    ),
    {
      check: 'refund-exceeds',
      sql: `${eventRow('null::VARCHAR', '(r.back - coalesce(e.amount, 0))::BIGINT::VARCHAR')} from events e
        join ${back} r on r.person = e.person and r.refund_of = e.id
        where e.name = 'order' and r.back > coalesce(e.amount, 0)`,
    },
    ...(await silent(found, asked)),
    of('unknown-event', `e.name not in (${standard})`, 'e.name'),
  ]
}
