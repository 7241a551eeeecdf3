import type { JourneySummary } from '../../../../shared/api/journeys.ts'
import { wholeSum } from '../../../analytics/orders.ts'
import type { BrandDatabase } from '../database.ts'
import { allJourneys, hashOf, liveVersionOf } from './read.ts'

type Counts = ReadonlyMap<string, number>

function countsBy(db: BrandDatabase, query: string, ...values: string[]): Counts {
  const rows = db.sqlite.prepare<unknown[], { id: string; count: number }>(query).all(...values)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The list of journeys, the latest changed first, each with how it does. */
export function journeySummaries(db: BrandDatabase): JourneySummary[] {
  const figured = `select journey_id as id, ${wholeSum('count')} as count from figures where kind = ? group by journey_id`
  const entered = countsBy(db, figured, 'out:entered')
  const sent = countsBy(db, figured, 'out:sent')
  const inFlight = countsBy(db, figured, 'waiting')
  const stuck = countsBy(
    db,
    `select id, ${wholeSum('count')} as count from (
       select journey_id as id, count(*) as count from enrollments where status = 'stuck' group by journey_id
       union all select journey_id, count(*) from failed_entries where due_at is null group by journey_id)
     group by id`,
  )
  const next = countsBy(
    db,
    `select t.journey_id as id, cast(min(t.due_at) as integer) as count from triggers t join journeys j on j.id = t.journey_id
     where j.status = 'live' and t.due_at is not null group by t.journey_id`,
  )
  return allJourneys(db).map((stored) => {
    const { id, name, journey, status, revision, liveVersion, breaker, createdAt, updatedAt } = stored
    const live = liveVersionOf(db, stored)
    return {
      id,
      name,
      unreadable: journey === null,
      status,
      revision,
      liveVersion,
      breaker,
      changed: live !== null && (journey === null || live.hash !== hashOf(journey)),
      entered: entered.get(id) ?? 0,
      inFlight: inFlight.get(id) ?? 0,
      stuck: stuck.get(id) ?? 0,
      sent: sent.get(id) ?? 0,
      createdAt,
      updatedAt,
      nextFiringAt: next.get(id) ?? null,
    }
  })
}
