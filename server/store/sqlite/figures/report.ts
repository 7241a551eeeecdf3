import type { ReportAnswer } from '../../../../shared/api/messages.ts'
import { localDate } from '../../../../shared/calendar/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { upliftOf } from '../../../../shared/stats/uplift.ts'
import type { BrandDatabase } from '../database.ts'
import { wholeSum } from '../events/order-sql.ts'

/** Zones differ from each other by whole quarters of an hour, so days are made of these. */
const quarterMs = 900_000

interface Group {
  members: number
  control: number
}

function entrants(db: BrandDatabase, journeyId: string): Group {
  const row = db.sqlite
    .prepare<[string], Group>(
      `select ${wholeSum("case kind when 'out:entered' then count end")} as members,
         ${wholeSum("case kind when 'out:entered:control' then count end")} as control
       from figures where journey_id = ?`,
    )
    .get(journeyId)
  return { members: (row?.members ?? 0) - (row?.control ?? 0), control: row?.control ?? 0 }
}

/** The goals of the journey as it is now, and those that earlier versions had. */
function goalNames(
  journey: Journey,
  registry: Registry,
  hit: Iterable<string>,
): Map<string, Journey['name']> {
  const goals = new Map<string, Journey['name']>()
  for (const [id, { type, name }] of Object.entries(journey.nodes))
    if (registry.get(type)?.role === 'goal') goals.set(id, name)
  for (const id of hit) if (!goals.has(id)) goals.set(id, { en: id })
  return goals
}

function goals(db: BrandDatabase, journeyId: string, journey: Journey, registry: Registry) {
  const members = entrants(db, journeyId)
  const rows = db.sqlite
    .prepare<[string], { goal: string; control: number; converted: number; value: number }>(
      `select goal, control, count(*) as converted, ${wholeSum('value')} as value
       from goal_hits where journey_id = ? group by goal, control`,
    )
    .all(journeyId)
  const names = goalNames(
    journey,
    registry,
    rows.map(({ goal }) => goal),
  )
  return [...names].map(([goal, name]) => {
    const armOf = (control: number, size: number) => {
      const row = rows.find((one) => one.goal === goal && one.control === control)
      const converted = row?.converted ?? 0
      return { members: size, converted, value: row?.value ?? 0, rate: size === 0 ? 0 : converted / size }
    }
    const treated = armOf(0, members.members)
    const control = armOf(1, members.control)
    return { goal, name, treated, control, uplift: upliftOf(treated, control) }
  })
}

interface Bucket {
  quarter: number
  kind: 'entered' | 'sent' | 'converted'
  count: number
}

/** What happened on each day of the brand's calendar. */
function byDay(db: BrandDatabase, journeyId: string, zone: string): ReportAnswer['byDay'] {
  const rows = db.sqlite
    .prepare<{ id: string; size: number }, Bucket>(
      `select entered_at / @size as quarter, 'entered' as kind, count(*) as count from enrollments
         where journey_id = @id group by 1
       union all select coalesce(sent_at, created_at) / @size, 'sent', count(*) from messages
         where journey_id = @id and status in ('sent', 'unknown') group by 1
       union all select at / @size, 'converted', count(*) from goal_hits
         where journey_id = @id and control = 0 group by 1`,
    )
    .all({ id: journeyId, size: quarterMs })
  const days = new Map<string, ReportAnswer['byDay'][number]>()
  for (const { quarter, kind, count } of rows) {
    const date = localDate(quarter * quarterMs, zone)
    const day = days.get(date) ?? { date, entered: 0, sent: 0, converted: 0 }
    day[kind] += count
    days.set(date, day)
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

function byChannel(db: BrandDatabase, journeyId: string): ReportAnswer['byChannel'] {
  const received = (kind: string) =>
    `sum(exists (select 1 from receipts r where r.message_id = m.id and r.kind = '${kind}')) as ${kind}`
  return db.sqlite
    .prepare<[string], ReportAnswer['byChannel'][number]>(
      `select m.channel, sum(m.status = 'sent') as sent, ${received('delivered')}, ${received('opened')},
         ${received('clicked')}, sum(m.status = 'failed') as failed, sum(m.status = 'unknown') as unknown,
         ${wholeSum("case when m.status in ('sent', 'unknown') then m.cost_milli end")} as costMilli
       from messages m where m.journey_id = ? group by m.channel order by m.channel`,
    )
    .all(journeyId)
}

function endings(db: BrandDatabase, journeyId: string): Record<string, number> {
  const rows = db.sqlite
    .prepare<[string], { ending: string; count: number }>(
      `select ending, count(*) as count from enrollments
       where journey_id = ? and ended_at is not null group by ending order by count desc`,
    )
    .all(journeyId)
  return Object.fromEntries(rows.map(({ ending, count }) => [ending, count]))
}

/** A journey's result over all its versions: the goal against the control group, day by day, by channel. */
export function reportOf(
  db: BrandDatabase,
  journeyId: string,
  context: { journey: Journey; registry: Registry; zone: string; currency: string },
): ReportAnswer {
  const { journey, registry, zone, currency } = context
  const group = entrants(db, journeyId)
  const channels = byChannel(db, journeyId)
  const ended = endings(db, journeyId)
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    journeyId,
    name: journey.name,
    currency,
    entered: group.members + group.control,
    ended: sum(Object.values(ended)),
    sent: sum(channels.map(({ sent }) => sent)),
    costMilli: sum(channels.map(({ costMilli }) => costMilli)),
    goals: goals(db, journeyId, journey, registry),
    byDay: byDay(db, journeyId, zone),
    byChannel: channels,
    endings: ended,
  }
}
