import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { StoredEnrollment } from '../../../ports/engine.ts'
import type { StuckEnrollment } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { type EnrollmentRow, enrollmentColumns, storedOrBare } from '../enrollments/enrollments.ts'
import { asks, coming, enrollments, failedEntries } from '../tables.ts'

/** Those under way in a journey, stuck ones among them, by id; a page of them after an id. */
export function inFlight(
  db: BrandDatabase,
  journeyId: string,
  after: number,
  limit: number,
): StoredEnrollment[] {
  return db.sqlite
    .prepare<[string, number, number], EnrollmentRow>(
      `select ${enrollmentColumns} from enrollments
       where journey_id = ? and ended_at is null and id > ? order by id limit ?`,
    )
    .raw()
    .all(journeyId, after, limit)
    .map(storedOrBare)
}

/** Stopped journeys in which somebody is still under way: the process ended before the stop did. */
export function unfinishedStops(db: BrandDatabase): string[] {
  return db.sqlite
    .prepare<[], string>(
      `select j.id from journeys j where j.status = 'stopped'
         and exists (select 1 from enrollments e where e.journey_id = j.id and e.ended_at is null)`,
    )
    .pluck()
    .all()
}

/** Asks no model any more for those who have left. */
export function dropAsks(db: BrandDatabase, journeyId: string): void {
  const left = db.orm
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(eq(enrollments.journeyId, journeyId), isNotNull(enrollments.endedAt)))
  db.orm
    .update(asks)
    .set({ dueAt: null })
    .where(and(isNotNull(asks.dueAt), sql`${asks.enrollmentId} in (${left})`))
    .run()
}

/** The first hundred that are stuck in a journey, or on the way into it, and how many there are. */
export function stuckIn(db: BrandDatabase, journeyId: string): { stuck: StuckEnrollment[]; total: number } {
  const stuck = db.sqlite
    .prepare<{ id: string }, StuckEnrollment>(
      `select s.*, c.name as customerName from (
         select id as enrollmentId, customer_id as customerId, state as node, coalesce(error, '') as error, attempts
         from enrollments where journey_id = @id and status = 'stuck'
         union all select null, customer_id, node, error, attempts
         from failed_entries where journey_id = @id and due_at is null
         union all select null, customer_id, node, coalesce(error, ''), attempts
         from coming where journey_id = @id and due_at is null) s
       left join customers c on c.id = s.customerId limit 100`,
    )
    .all({ id: journeyId })
  const total = db.sqlite
    .prepare<{ id: string }, { total: number }>(
      `select (select count(*) from enrollments where journey_id = @id and status = 'stuck')
         + (select count(*) from failed_entries where journey_id = @id and due_at is null)
         + (select count(*) from coming where journey_id = @id and due_at is null) as total`,
    )
    .get({ id: journeyId })
  return { stuck, total: total?.total ?? 0 }
}

/** Makes all that are stuck in a journey, or on the way into it, due again; returns how many. */
export function retryStuck(db: BrandDatabase, journeyId: string, now: number): number {
  return db.orm.transaction((tx) => {
    const inside = tx
      .update(enrollments)
      // One failure stays on record: what has happened meanwhile is met before it goes on.
      .set({ status: 'live', dueAt: now, attempts: 1, error: null })
      .where(and(eq(enrollments.journeyId, journeyId), eq(enrollments.status, 'stuck')))
      .run()
    const outside = tx
      .update(failedEntries)
      .set({ dueAt: now, attempts: 0 })
      .where(and(eq(failedEntries.journeyId, journeyId), isNull(failedEntries.dueAt)))
      .run()
    const noted = tx
      .update(coming)
      .set({ dueAt: now, attempts: 0 })
      .where(and(eq(coming.journeyId, journeyId), isNull(coming.dueAt)))
      .run()
    return inside.changes + outside.changes + noted.changes
  })
}
