import { z } from 'zod'
import type { TransitionTable } from '../../../shared/compile/plan.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { parseJourney } from '../../../shared/journey/file.ts'
import { withValues } from '../../../shared/journey/values.ts'
import type { Base } from '../../ports/base.ts'
import type { DueTrigger, EngineStore, JourneyState } from '../../ports/engine.ts'
import { UnreadableRow } from '../../ports/unreadable.ts'
import { membershipsReader } from './audiences/memberships.ts'
import { offersReader } from './coupons/offers.ts'
import { couponTeller } from './coupons/telling.ts'
import { factsReader } from './customers/facts.ts'
import { ownZones } from './customers/zones.ts'
import type { BrandDatabase } from './database.ts'
import { committer } from './enrollments/commit.ts'
import { enrollmentReader } from './enrollments/enrollments.ts'
import { failedEntriesReader } from './enrollments/failed-entries.ts'
import { comingReader } from './entering/coming.ts'
import { entrantsReader, everybodyOf } from './entering/everybody.ts'
import { lookEveryMs, watcher, watchesReader } from './entering/watching.ts'
import { standingReader } from './events/standing.ts'
import { givenValues, valuesHeld, valuesStampReader } from './journeys/values.ts'
import { chainReader } from './messages/turns-next.ts'
import { moveStore } from './moves/store.ts'
import { pointTeller } from './points/telling.ts'
import { referralRewarder } from './referrals/rewarding.ts'
import { steadied } from './steady.ts'
import { readColumn } from './stored-json.ts'

interface TriggerRow {
  journey_id: string
  version: number
  node: string
  due_at: number
  anchor: string | null
  cursor: string | null
}

const anchor = z.object({ festival: z.string(), date: z.iso.date() })

/** None where nobody can tell what its firing belongs to: it fires, late, once a person has mended that. */
function triggerOf(row: TriggerRow): DueTrigger[] {
  const { journey_id: journeyId, version, node, due_at: dueAt, cursor } = row
  const read = row.anchor === null ? null : readColumn(row.anchor, anchor)
  if (read !== null && !read.readable) return []
  return [{ journeyId, version, node, dueAt, anchor: read?.value ?? null, cursor }]
}

/** Reads the journey kept with a version; it was checked when it was published. */
function storedJourney(text: string, id: string) {
  const parsed = parseJourney(text)
  if (!parsed.ok) throw new Problem('invalid-journey', { detail: parsed.problems[0]?.code ?? '' }, id)
  return parsed.journey
}

const table = z.object({
  initial: z.string(),
  final: z.array(z.string()),
  states: z.record(z.string(), z.unknown()),
})

/** Reads the table that was compiled when the version was published. */
function storedTable(text: string, id: string): TransitionTable {
  const read = readColumn(text, table)
  if (!read.readable) throw new UnreadableRow(id, read.reason)
  // The compiler alone writes it.
  return read.value as TransitionTable
}

/**
 * The earliest time after a moment at which a live journey has something to do; each part seeks in an index. `looks`:
 * or at which it looks again who is of an audience, which is nothing that anybody waits for.
 */
export function nextDueReader(
  { sqlite }: BrandDatabase,
  { looks = false }: { readonly looks?: boolean } = {},
): (after?: number) => number | null {
  const nextDue = sqlite.prepare<{ after: number; looks: number }, { at: number | null }>(
    `with live as (select id from journeys where status = 'live')
     select min(at) as at from (
       select (select e.due_at from enrollments e where e.journey_id = live.id and e.due_at > @after
         order by e.due_at limit 1) as at from live
       union all select min((w.looked_at / ${lookEveryMs} + 1) * ${lookEveryMs}) from watches w
         join live on live.id = w.journey_id
         where @looks and (w.looked_at / ${lookEveryMs} + 1) * ${lookEveryMs} > @after
       union all select min(c.due_at) from coming c join live on live.id = c.journey_id
         where c.due_at is not null and c.due_at > @after
       union all select min(t.due_at) from triggers t join live on live.id = t.journey_id where t.due_at > @after
       union all select min(at) from events where pending = 1 and at > @after
       union all select min(due_at) from coupons where due_at is not null and due_at > @after
       union all select min(due_at) from points where due_at is not null and due_at > @after
       union all select min(at) from referrals where state = 'due' and at > @after
       union all select min(m.due_at) from live join messages m on m.journey_id = live.id
         where m.due_at is not null and m.due_at > @after and m.status = 'queued'
       union all select min(j.next_leaves_at) from journeys j where j.status = 'live' and j.next_leaves_at > @after
         and exists (select 1 from messages m where m.journey_id = j.id and m.due_at is not null
           and m.due_at <= j.next_leaves_at and m.status = 'queued')
       union all select min(c.due_at) from chain_turns c join live on live.id = c.journey_id
         where c.due_at is not null and c.due_at > @after
       union all select min(f.due_at) from failed_entries f join live on live.id = f.journey_id
         where f.due_at is not null and f.due_at > @after
       union all select min(a.due_at) from asks a join enrollments e on e.id = a.enrollment_id
         join live on live.id = e.journey_id where a.due_at is not null and a.due_at > @after)`,
  )
  return (after = -1) => nextDue.get({ after, looks: looks ? 1 : 0 })?.at ?? null
}

/** What is read of a brand's journeys and of who has entered them, without asking anybody over everybody. */
export function engineReader(db: BrandDatabase) {
  const { sqlite } = db
  const journeys = sqlite.prepare<
    [],
    { id: string; status: JourneyState['status']; live_version: number | null }
  >('select id, status, live_version from journeys where deleted_at is null order by id')
  const version = sqlite.prepare<[string, number], { graph: string; transitions: string }>(
    'select graph, transitions from versions where journey_id = ? and number = ?',
  )
  const triggers = sqlite.prepare<[number], TriggerRow>(
    `select t.journey_id, t.version, t.node, t.due_at, t.anchor, t.cursor from triggers t
     join journeys j on j.id = t.journey_id and j.status = 'live'
     where t.due_at <= ? order by t.due_at`,
  )
  const valuesStamp = valuesStampReader(db)
  const nextDue = nextDueReader(db)
  const watches = watchesReader(db)
  return {
    ...enrollmentReader(sqlite),
    watches: async () => watches(),
    journeys: async () =>
      journeys.all().map(({ id, status, live_version }) => ({ id, status, liveVersion: live_version })),
    version: async (journeyId: string, number: number) => {
      const row = version.get(journeyId, number)
      if (row === undefined) throw new Problem('not-found', { what: `${journeyId}@${number}` })
      const given = valuesHeld(givenValues(db, journeyId))
      return {
        journey: withValues(storedJourney(row.graph, journeyId), given),
        table: storedTable(row.transitions, journeyId),
      }
    },
    valuesStamp: async (journeyId: string) => valuesStamp(journeyId),
    zones: async () => ownZones(db),
    dueTriggers: async (now: number) => triggers.all(now).flatMap(triggerOf),
    nextDue: async (after?: number) => nextDue(after),
  } satisfies Partial<EngineStore>
}

export interface StoreOptions {
  /** So many customers at most are asked one by one, where a test has a say in it. */
  readonly few?: number
}

/** The engine's store over one brand's SQLite database, and what answers over everybody. */
export function createEngineStore(db: BrandDatabase, base: Base, { few }: StoreOptions = {}): EngineStore {
  const { sqlite } = db
  const everybody = everybodyOf(sqlite, base, few)
  const tell = couponTeller(sqlite)
  const tellPoints = pointTeller(sqlite)
  const reward = referralRewarder(db)
  return steadied<EngineStore>(db.steady, {
    ...engineReader(db),
    ...factsReader(sqlite),
    ...offersReader(sqlite),
    ...standingReader(sqlite),
    ...membershipsReader(sqlite, everybody.holding),
    ...entrantsReader(everybody),
    ...watcher(db, everybody),
    ...moveStore(db),
    ...chainReader(db),
    failedEntries: failedEntriesReader(sqlite),
    comingDue: comingReader(sqlite),
    tellCoupons: async (now, limit) => tell(now, limit),
    tellPoints: async (now, limit) => tellPoints(now, limit),
    rewardReferrals: async (now, limit) => reward(now, limit),
    commit: committer(db),
  })
}
