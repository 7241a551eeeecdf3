import { and, eq, isNull } from 'drizzle-orm'
import { type Plan, planOf } from '../../../../shared/compile/index.ts'
import type { Condition, EventFilter } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { exitMark } from '../../../../shared/journey/exits.ts'
import {
  type ForEntrances,
  forEntrance,
  type MembershipEntrance,
  type ScheduleEntrance,
} from '../../../../shared/nodes/entrance.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { anchorsAt, fits } from '../../../../shared/run/enter.ts'
import { zoneOf } from '../../../../shared/run/step.ts'
import type { Moment } from '../../../ports/engine.ts'
import type { Meanwhile } from '../../../ports/journeys.ts'
import { ownZones } from '../customers/zones.ts'
import type { BrandDatabase } from '../database.ts'
import { type EventRow, eventOf } from '../events/event-row.ts'
import { liveVersionOf, readOrNull } from '../journeys/read.ts'
import { journeys } from '../tables.ts'
import { comparedPages, countHeld, differencesReader, type Everybody } from './everybody.ts'

interface At {
  readonly now: number
  readonly brand: Brand
  readonly registry: Registry
}

interface Pause extends At {
  readonly db: BrandDatabase
  readonly everybody: Everybody
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

const momentOf = ({ plan, now, brand }: Pause): Moment => ({
  ...{ now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) },
})

/** How many a condition holds for now. */
const holdFor = (pause: Pause, condition: Condition): Promise<number> =>
  countHeld(pause.everybody, condition, momentOf(pause))

/** How many are of an audience at one moment at least. */
async function holdAtAny(pause: Pause, moments: readonly number[], audience: Condition): Promise<number> {
  const found = new Set<string>()
  for (const now of moments) {
    const parts = comparedPages(pause.everybody, audience, momentOf({ ...pause, now }), null)
    for await (const { inside } of parts) for (const id of inside) found.add(id)
  }
  return found.size
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
function toldMeanwhile(pause: Pause, filter: EventFilter, audience: Condition | null): Promise<number> {
  const late = didBefore(pause, filter)
  const did: Condition = didMeanwhile(filter, pause.since, pause.now)
  const isLate: Condition = { kind: 'attribute', name: 'customer_id', op: 'in', value: late }
  const told: Condition = late.length === 0 ? did : { kind: 'any', of: [did, isLate] }
  return holdFor(pause, audience === null ? told : { kind: 'all', of: [told, audience] })
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

/** How many have joined or left a watched audience since the engine has looked at it. */
async function changedMeanwhile(pause: Pause, { audience, on }: MembershipEntrance): Promise<number> {
  const { db, everybody, plan, node } = pause
  const watch = { journeyId: plan.journey.id, node }
  const goes = db.sqlite
    .prepare<[string, string], number>(
      `select 1 from watches where journey_id = ? and node = ? and state = 'going'`,
    )
    .pluck()
  if (goes.get(watch.journeyId, node) === undefined) return 0
  if (everybody.holding.named([audience]).unknown.size > 0) return 0
  const differences = differencesReader(db.sqlite)
  let changed = 0
  for await (const part of comparedPages(everybody, audience, momentOf(pause), null)) {
    const { joined, left } = differences(watch, part)
    changed += on === 'join' ? joined.length : left.length
  }
  return changed
}

const nobody = () => Promise.resolve(0)

/** How many have qualified at a trigger while its journey stood still, beside those noted, by each kind of entrance. */
const counts: ForEntrances<[Pause], Promise<number>> = {
  schedule: async (entrance, pause) => {
    const missed = firingsMissed(pause, entrance)
    const [only] = missed
    if (only === undefined) return 0
    return missed.length === 1
      ? holdFor({ ...pause, now: only }, entrance.audience)
      : holdAtAny(pause, missed, entrance.audience)
  },
  event: ({ filter, audience }, pause) => toldMeanwhile(pause, filter, audience),
  manual: nobody,
  membership: (entrance, pause) => changedMeanwhile(pause, entrance),
  // All of these are noted.
  absence: nobody,
  journey: nobody,
}

/**
 * Rule 3: who qualified while a journey stood still, trigger by trigger; a customer may stand at several. Problems of
 * the analytical copy.
 */
export async function meanwhileOf(
  db: BrandDatabase,
  everybody: Everybody,
  id: string,
  at: At,
): Promise<Meanwhile> {
  const head = headOf(db, id)
  const { pausedAt } = head
  const plan = head.status === 'paused' ? triggersOf(db, head, at.registry) : null
  if (plan === null || pausedAt === null) return { since: pausedAt, triggers: [] }
  const triggers: Meanwhile['triggers'][number][] = []
  for (const { id: node, entrance } of plan.triggers) {
    const pause = { ...at, db, everybody, plan, node, since: pausedAt }
    const customers = (await forEntrance(counts, entrance, pause)) + comingMeanwhile(pause)
    triggers.push({ node, customers })
  }
  return { since: pausedAt, triggers }
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
