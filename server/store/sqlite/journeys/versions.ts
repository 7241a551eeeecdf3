import { and, eq } from 'drizzle-orm'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import type { VersionSummary } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { wholeSum } from '../events/order-sql.ts'
import { versions } from '../tables.ts'
import { readOrNull, readStored } from './read.ts'

/** All versions of a journey, the newest first. */
export function versionsOf(db: BrandDatabase, journeyId: string): VersionSummary[] {
  return db.sqlite
    .prepare<{ id: string }, VersionSummary>(
      `select v.number, v.hash, v.published_at as publishedAt,
         (select count(*) from enrollments e
           where e.journey_id = @id and e.ended_at is null and e.version = v.number) as inFlight,
         (select ${wholeSum('f.count')} from figures f
           where f.journey_id = @id and f.version = v.number and f.kind = 'out:entered') as entered
       from versions v where v.journey_id = @id order by v.number desc`,
    )
    .all({ id: journeyId })
}

/** The graph of a version; Problem `not-found`. */
export function versionGraph(db: BrandDatabase, journeyId: string, number: number): Journey {
  const row = db.orm
    .select({ graph: versions.graph })
    .from(versions)
    .where(and(eq(versions.journeyId, journeyId), eq(versions.number, number)))
    .get()
  if (row === undefined) throw new Problem('not-found', { what: `${journeyId}@${number}` }, 'version')
  return readStored(row.graph, journeyId)
}

/** Reads each version's graph once; null for what is not there, such as a message of a test, or cannot be read. */
export function graphReader(db: BrandDatabase): (journeyId: string, number: number) => Journey | null {
  const known = new Map<string, Journey | null>()
  return (journeyId, number) => {
    const key = `${journeyId}@${number}`
    const found = known.get(key)
    if (found !== undefined) return found
    const row = db.orm
      .select({ graph: versions.graph })
      .from(versions)
      .where(and(eq(versions.journeyId, journeyId), eq(versions.number, number)))
      .get()
    const graph = row === undefined ? null : readOrNull(row.graph)
    known.set(key, graph)
    return graph
  }
}
