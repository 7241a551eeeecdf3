import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { StoredEnrollment } from '../engine/port.ts'
import type { BrandDatabase } from './database.ts'
import { type EnrollmentRow, enrollmentColumns, storedOf } from './enrollments.ts'
import { asks, enrollments } from './tables.ts'

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
    .map(storedOf)
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

/** An enrollment that no retry has helped (rule 26). */
export interface StuckEnrollment {
  readonly enrollmentId: number
  readonly customerId: string
  readonly customerName: string | null
  readonly node: string
  readonly error: string
  readonly attempts: number
}

/** The first hundred that are stuck in a journey, and how many there are. */
export function stuckIn(db: BrandDatabase, journeyId: string): { stuck: StuckEnrollment[]; total: number } {
  const stuck = db.sqlite
    .prepare<[string], StuckEnrollment>(
      `select e.id as enrollmentId, e.customer_id as customerId, c.name as customerName, e.state as node,
         coalesce(e.error, '') as error, e.attempts
       from enrollments e left join customers c on c.id = e.customer_id
       where e.journey_id = ? and e.status = 'stuck' order by e.id limit 100`,
    )
    .all(journeyId)
  const total = db.sqlite
    .prepare<[string], { total: number }>(
      `select count(*) as total from enrollments where journey_id = ? and status = 'stuck'`,
    )
    .get(journeyId)
  return { stuck, total: total?.total ?? 0 }
}

/** Makes all that are stuck in a journey due again; returns how many. */
export function retryStuck(db: BrandDatabase, journeyId: string, now: number): number {
  return db.orm
    .update(enrollments)
    .set({ status: 'live', dueAt: now, attempts: 0, error: null })
    .where(and(eq(enrollments.journeyId, journeyId), eq(enrollments.status, 'stuck')))
    .run().changes
}
