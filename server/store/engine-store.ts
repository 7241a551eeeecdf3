import type { TransitionTable } from '../../shared/compile/plan.ts'
import { Problem } from '../../shared/errors.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import type { DueTrigger, EngineStore, JourneyState } from '../engine/port.ts'
import { committer } from './commit.ts'
import type { BrandDatabase } from './database.ts'
import { enrollmentReader } from './enrollments.ts'
import { factsReader } from './facts.ts'

interface TriggerRow {
  journey_id: string
  version: number
  node: string
  due_at: number
  anchor: string | null
  cursor: string | null
}

function triggerOf(row: TriggerRow): DueTrigger {
  return {
    journeyId: row.journey_id,
    version: row.version,
    node: row.node,
    dueAt: row.due_at,
    anchor: row.anchor === null ? null : (JSON.parse(row.anchor) as DueTrigger['anchor']),
    cursor: row.cursor,
  }
}

/** Reads the journey kept with a version; it was checked when it was published. */
function storedJourney(text: string, id: string) {
  const parsed = parseJourney(text)
  if (!parsed.ok) throw new Problem('invalid-journey', { detail: parsed.problems[0]?.code ?? '' }, id)
  return parsed.journey
}

/** The engine's store over one brand's SQLite database. */
export function createEngineStore(db: BrandDatabase, brand: () => Brand): EngineStore {
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
  const nextDue = sqlite.prepare<[], { at: number | null }>(
    `select min(at) as at from (
       select min(e.due_at) as at from journeys j join enrollments e on e.journey_id = j.id and e.due_at is not null
         where j.status = 'live'
       union all select min(t.due_at) from triggers t join journeys j on j.id = t.journey_id and j.status = 'live'
       union all select min(at) from events where pending = 1
       union all select min(due_at) from messages where due_at is not null
       union all select min(due_at) from asks where due_at is not null)`,
  )
  return {
    ...factsReader(sqlite, brand),
    ...enrollmentReader(sqlite),
    commit: committer(sqlite),
    journeys: async () =>
      journeys.all().map(({ id, status, live_version }) => ({ id, status, liveVersion: live_version })),
    version: async (journeyId, number) => {
      const row = version.get(journeyId, number)
      if (row === undefined) throw new Problem('not-found', { what: `${journeyId}@${number}` })
      return {
        journey: storedJourney(row.graph, journeyId),
        table: JSON.parse(row.transitions) as TransitionTable,
      }
    },
    dueTriggers: async (now) => triggers.all(now).map(triggerOf),
    nextDue: async () => nextDue.get()?.at ?? null,
  }
}
