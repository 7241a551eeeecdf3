import { and, eq, isNull } from 'drizzle-orm'
import { type Plan, planOf } from '../../../../shared/compile/index.ts'
import type { Condition, EventFilter } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { exitMark } from '../../../../shared/journey/exits.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../../../shared/nodes/entrance.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { anchorsAt, fits } from '../../../../shared/run/enter.ts'
import { zoneOf } from '../../../../shared/run/step.ts'
import type { Fragment } from '../../../analytics/sql.ts'
import { Asking, whereHolds } from '../../../analytics/where.ts'
import type { Meanwhile } from '../../../ports/journeys.ts'
import { baseReader } from '../audiences/base.ts'
import { type EventRow, eventOf } from '../customers/facts.ts'
import { ownZones } from '../customers/zones.ts'
import type { BrandDatabase } from '../database.ts'
import { liveVersionOf, readOrNull } from '../journeys/read.ts'
import { journeys } from '../tables.ts'

const everybody: Fragment = { sql: '1', values: [] }

interface At {
  readonly now: number
  readonly brand: Brand
  readonly registry: Registry
}

interface Pause extends At {
  readonly db: BrandDatabase
  readonly plan: Plan
  readonly node: string
  /** Since when it stands still. */
  readonly since: number
}

/** The plan of the version that customers enter, as far as its triggers go; null where there is none. */
function triggersOf(db: BrandDatabase, { id, liveVersion }: Head, registry: Registry): Plan | null {
  const live = liveVersionOf(db, { id, liveVersion })
  const journey = live === null ? null : readOrNull(live.graph)
  if (live === null || journey === null) return null
  return planOf(journey, { initial: '', final: [], states: {} }, live.number, registry)
}

type Head = Pick<typeof journeys.$inferSelect, 'id' | 'status' | 'liveVersion' | 'pausedAt'>

/** A journey without its draft, which nobody needs to read here. Problem `not-found`. */
function headOf(db: BrandDatabase, journeyId: string): Head {
  const { id, status, liveVersion, pausedAt } = journeys
  const row = db.orm
    .select({ id, status, liveVersion, pausedAt })
    .from(journeys)
    .where(and(eq(id, journeyId), isNull(journeys.deletedAt)))
    .get()
  if (row === undefined) throw new Problem('not-found', { what: journeyId }, 'journey')
  return row
}

/** How many a condition holds for now. */
function holdFor({ db, plan, now, brand }: Pause, condition: Condition): number {
  const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
  const { sql, values } = whereHolds(baseReader(db.sqlite)(), condition, moment)
  return (
    db.sqlite
      .prepare<unknown[], number>(`select count(*) from customers c where ${sql}`)
      .pluck()
      .get(...values) ?? 0
  )
}

/** Of whom a condition holds. */
function thoseOf({ db, plan, now, brand }: Pause, condition: Condition): string[] {
  const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
  const { sql, values } = whereHolds(baseReader(db.sqlite)(), condition, moment)
  return db.sqlite
    .prepare<unknown[], string>(`select c.id from customers c where ${sql}`)
    .pluck()
    .all(...values)
}

/** As of when the firings come that have been missed: once, late, or each for the people of its own day. */
function firingsMissed({ db, plan, node, now, brand }: Pause, { ownDay, next }: ScheduleEntrance): number[] {
  const due = db.sqlite
    .prepare<[string, string, number], number>(
      'select due_at from triggers where journey_id = ? and node = ? and due_at <= ? and cursor is null',
    )
    .pluck()
    .get(plan.journey.id, node, now)
  if (due === undefined) return []
  if (ownDay !== true) return [now]
  const zone = zoneOf(plan, brand)
  const zones = ownZones(db)
  const missed: number[] = []
  for (let at: number | undefined = due; at !== undefined && at <= now; at = next(at, zone, zones)?.at)
    missed.push(at)
  return missed
}

/** Who did something between the pause and now. */
const didMeanwhile = ({ event, where }: EventFilter, since: number, now: number): Condition => ({
  ...{ kind: 'events', event, where, measure: 'count', op: 'gte', value: 1 },
  window: { kind: 'between', from: new Date(since).toISOString(), to: new Date(now + 1).toISOString() },
})

/** The number of the first event that came in since: they are numbered as they come in. */
function firstSince({ sqlite }: BrandDatabase, since: number): number {
  const last = sqlite.prepare<[], number | null>('select max(seq) from events').pluck().get() ?? 0
  const next = sqlite.prepare<[number], { seq: number; at: number }>(
    'select seq, received_at as at from events where seq >= ? order by seq limit 1',
  )
  let [low, high] = [0, last + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = next.get(middle)
    if (found === undefined || found.at >= since) high = middle
    else low = found.seq + 1
  }
  return low
}

/** What happened before the pause and came in during it. */
const cameLate = `name = @name and seq >= @first and at < @since and pending = 0 and source <> 'history'`

/** Who did something before the pause of which nobody knew until after it had begun. */
function didBefore({ db, since }: Pause, filter: EventFilter): string[] {
  const rows = db.sqlite.prepare<[object], EventRow>(
    `select customer_id, id, name, at, amount, seq, properties from events where ${cameLate}`,
  )
  const ids = new Set<string>()
  for (const row of rows.iterate({ name: filter.event, since, first: firstSince(db, since) }))
    if (fits({ filter }, eventOf(row))) ids.add(row.customer_id)
  return [...ids]
}

/** How many did something that was told of between the pause and now, of an audience. */
function toldMeanwhile(pause: Pause, filter: EventFilter, audience: Condition | null): number {
  const { db, plan, now, brand, since } = pause
  const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
  const base = baseReader(db.sqlite)()
  const did = whereHolds(base, didMeanwhile(filter, since, now), moment)
  const of = audience === null ? everybody : whereHolds(base, audience, moment)
  return (
    db.sqlite
      .prepare<unknown[], number>(
        `select count(*) from customers c
         where (${did.sql} or c.id in (select value from json_each(?))) and ${of.sql}`,
      )
      .pluck()
      .get(...did.values, JSON.stringify(didBefore(pause, filter)), ...of.values) ?? 0
  )
}

/** Whose time came between the pause and now, or who was noted in it. */
const inPause = 'max(due_at, noted_at) >= ? and due_at <= ?'

/** Those noted one by one, and those of lists, whichever trigger lets these in. */
function comingMeanwhile({ db, plan, node, since, now }: Pause): number {
  return (
    db.sqlite
      .prepare<[string, string, number, number], number>(
        `select count(distinct customer_id) from coming where journey_id = ? and node = ? and ${inPause}`,
      )
      .pluck()
      .get(plan.journey.id, node, since, now) ?? 0
  )
}

/** How many have qualified at a trigger while its journey stood still, beside those noted, by each kind of entrance. */
const counts: ForEntrances<[Pause], number> = {
  schedule: (entrance, pause) => {
    const missed = firingsMissed(pause, entrance)
    const [only] = missed
    if (only === undefined) return 0
    if (missed.length === 1) return holdFor({ ...pause, now: only }, entrance.audience)
    return new Set(missed.flatMap((at) => thoseOf({ ...pause, now: at }, entrance.audience))).size
  },
  event: ({ filter, audience }, pause) => toldMeanwhile(pause, filter, audience),
  manual: () => 0,
  membership: ({ audience, on }, pause) => {
    const { db, plan, node, now, brand } = pause
    const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
    const asking = new Asking(baseReader(db.sqlite)(), moment, { conditions: [audience] })
    if (asking.named.unknown.size > 0) return 0
    const { sql, values } = asking.where(audience)
    const known = 'select customer_id from watch_members where journey_id = ? and node = ?'
    const changed =
      on === 'join' ? `(${sql}) and c.id not in (${known})` : `not (${sql}) and c.id in (${known})`
    return (
      db.sqlite
        .prepare<unknown[], number>(
          `select count(*) from customers c where ${changed}
           and exists (select 1 from watches w where w.journey_id = ? and w.node = ? and w.state = 'going')`,
        )
        .pluck()
        .get(...values, plan.journey.id, node, plan.journey.id, node) ?? 0
    )
  },
  // All of these are noted.
  absence: () => 0,
  journey: () => 0,
}

/** Rule 3: who qualified while a journey stood still, trigger by trigger; a customer may stand at several. */
export function meanwhileOf(db: BrandDatabase, id: string, at: At): Meanwhile {
  const head = headOf(db, id)
  const { pausedAt } = head
  const plan = head.status === 'paused' ? triggersOf(db, head, at.registry) : null
  if (plan === null || pausedAt === null) return { since: pausedAt, triggers: [] }
  return {
    since: pausedAt,
    triggers: plan.triggers.map(({ id: node, entrance }) => {
      const pause = { ...at, db, plan, node, since: pausedAt }
      return { node, customers: forEntrance(counts, entrance, pause) + comingMeanwhile(pause) }
    }),
  }
}

/** Whoever is to leave by an audience leaves all the same. */
const byTrigger = `node not like '${exitMark}%'`

/** Whoever qualified meanwhile stays out: who is of an audience now is where its next look begins. */
export function leaveOut({ sqlite }: BrandDatabase, id: string, since: number, now: number): void {
  sqlite
    .prepare(`delete from coming where journey_id = ? and ${inPause} and ${byTrigger}`)
    .run(id, since, now)
  sqlite.prepare(`update watches set state = 'resumed' where journey_id = ? and state = 'going'`).run(id)
}

/** The events that came meanwhile let in after all; the rest has been noted, or is found by the next look. */
export function letIn(db: BrandDatabase, id: string, since: number, { now, registry }: At): void {
  const notes = [
    `name = @name and at between @since and @now and pending = 0 and source <> 'history'`,
    cameLate,
  ].map((which) =>
    db.sqlite.prepare(
      `insert or ignore into coming (journey_id, node, customer_id, cause, shard, noted_at, due_at, event)
         select @journey, @node, customer_id, 'event ' || seq, shard, @now, @now,
           json_object('id', id, 'name', name, 'at', at, 'amount', amount, 'seq', seq,
             'properties', json(iif(json_valid(properties), properties, '{}')))
         from events where ${which}`,
    ),
  )
  const first = firstSince(db, since)
  for (const { id: node, entrance } of triggersOf(db, headOf(db, id), registry)?.triggers ?? []) {
    const name = forEntrance(names, entrance)
    if (name !== null) for (const note of notes) note.run({ journey: id, node, name, since, now, first })
  }
}

const names: ForEntrances<[], string | null> = {
  schedule: () => null,
  event: ({ filter }) => filter.event,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}
