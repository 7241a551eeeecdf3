import { createHash } from 'node:crypto'
import { and, desc, eq, getTableColumns, isNull, max, type SQL, sql } from 'drizzle-orm'
import { breakerTrip } from '../../../../shared/api/journeys.ts'
import type { JourneyReader } from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { inBoth } from '../../../../shared/errors/say.ts'
import { parseJourney } from '../../../../shared/journey/file.ts'
import { canonicalJson, type Journey, meaningOf } from '../../../../shared/journey/graph.ts'
import { type WrittenText, writtenText } from '../../../../shared/text.ts'
import type { JourneyState } from '../../../ports/engine.ts'
import type { StoredJourney } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { journeys, versions } from '../tables.ts'

/** The content hash of a version: equal for journeys that mean the same, whatever their layout. */
export function hashOf(journey: Journey): string {
  return createHash('sha256')
    .update(canonicalJson(meaningOf(journey)))
    .digest('hex')
}

/** Reads a journey that this database holds; it passed the schema when it was written. */
export function readStored(text: string, id: string): Journey {
  const parsed = parseJourney(text)
  if (parsed.ok) return parsed.journey
  const first = parsed.problems[0]
  throw new Problem('invalid-journey', inBoth('detail', first?.message), first?.path ?? id)
}

/** The same, or null where it cannot be read: one broken journey holds up no list. */
export function readOrNull(text: string): Journey | null {
  const parsed = parseJourney(text)
  return parsed.ok ? parsed.journey : null
}

function storedOf(row: typeof journeys.$inferSelect): StoredJourney {
  return { ...headOf(row), journey: readStored(row.draft, row.id) }
}

/** What is known of a journey without its draft. */
function headOf(row: Omit<typeof journeys.$inferSelect, 'draft'>): Omit<StoredJourney, 'journey'> {
  return {
    id: row.id,
    status: statusOf(row.status),
    revision: row.revision,
    liveVersion: row.liveVersion,
    pausedAt: row.pausedAt,
    breaker: row.breaker === null ? null : valueOr(readColumn(row.breaker, breakerTrip), null),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

const statuses = ['draft', 'live', 'paused', 'stopped'] as const

/** A status that we do not know stands still, as a paused journey does: it can be resumed, stopped and deleted. */
function statusOf(text: string): JourneyState['status'] {
  return statuses.find((one) => one === text) ?? 'paused'
}

/** The journey of that id; Problem `not-found`, for a deleted one too. */
export function getJourney(db: BrandDatabase, id: string): StoredJourney {
  const row = db.orm
    .select()
    .from(journeys)
    .where(and(eq(journeys.id, id), isNull(journeys.deletedAt)))
    .get()
  if (row === undefined) throw new Problem('not-found', { what: id }, 'journey')
  return storedOf(row)
}

/** A journey of a list: its draft as text, and as it is drawn; null where it cannot be read. */
export interface ListedJourney extends Omit<StoredJourney, 'journey'> {
  readonly name: WrittenText
  readonly text: string
  readonly journey: Journey | null
}

/** A journey of a list without its draft. */
export interface JourneyHead extends Omit<StoredJourney, 'journey'> {
  /** As it is kept beside the draft, as JSON. */
  readonly name: string
  /** The hash of the version that new customers enter. */
  readonly liveHash: string | null
  /** The size of the draft. */
  readonly bytes: number
}

/** All journeys but the deleted ones without their drafts, the latest changed first. */
export function journeyHeads(db: BrandDatabase): JourneyHead[] {
  const { draft, ...columns } = getTableColumns(journeys)
  return db.orm
    .select({ ...columns, liveHash: versions.hash, bytes: sql<number>`octet_length(${draft})` })
    .from(journeys)
    .leftJoin(versions, and(eq(versions.journeyId, journeys.id), eq(versions.number, journeys.liveVersion)))
    .where(isNull(journeys.deletedAt))
    .orderBy(desc(journeys.updatedAt), desc(journeys.id))
    .all()
    .map(({ liveHash, bytes, ...row }) => ({ ...headOf(row), name: row.name, liveHash, bytes }))
}

/** Those of the journeys but the deleted ones, the latest changed first. */
export function listedJourneys(db: BrandDatabase, those: SQL | undefined): ListedJourney[] {
  return db.orm
    .select()
    .from(journeys)
    .where(and(isNull(journeys.deletedAt), those))
    .orderBy(desc(journeys.updatedAt), desc(journeys.id))
    .all()
    .map((row) => {
      const journey = readOrNull(row.draft)
      return { ...headOf(row), name: journey?.name ?? nameOf(row), text: row.draft, journey }
    })
}

/** The name as it is kept beside the draft. */
export function nameOf({ id, name }: { readonly id: string; readonly name: string }): WrittenText {
  return valueOr(readColumn(name, writtenText), { en: id })
}

/** How a journey stands, whether its draft can be read or not; Problem `not-found`. */
export function statusIn(db: BrandDatabase, id: string): JourneyState['status'] {
  const row = db.orm
    .select({ status: journeys.status })
    .from(journeys)
    .where(and(eq(journeys.id, id), isNull(journeys.deletedAt)))
    .get()
  if (row === undefined) throw new Problem('not-found', { what: id }, 'journey')
  return statusOf(row.status)
}

/** The version that new customers enter; null where none was published. */
export function liveVersionOf(
  db: BrandDatabase,
  { id, liveVersion }: Pick<StoredJourney, 'id' | 'liveVersion'>,
): { number: number; hash: string; graph: string } | null {
  if (liveVersion === null) return null
  const { number, hash, graph } = versions
  const chosen = and(eq(versions.journeyId, id), eq(number, liveVersion))
  return db.orm.select({ number, hash, graph }).from(versions).where(chosen).get() ?? null
}

/** The number of the latest version; 0 where none was published. */
export function lastNumber(db: BrandDatabase, id: string): number {
  const last = db.orm
    .select({ number: max(versions.number) })
    .from(versions)
    .where(eq(versions.journeyId, id))
    .get()
  return last?.number ?? 0
}

/** Whether the draft means something else than the version that runs. */
export function isChanged(db: BrandDatabase, stored: StoredJourney): boolean {
  const live = liveVersionOf(db, stored)
  return live !== null && live.hash !== hashOf(stored.journey)
}

/** Reads journeys as they run, or as they are drawn where they never have; null for what is not there. */
export function journeyReader(db: BrandDatabase): JourneyReader {
  const read = db.sqlite
    .prepare<[string], string>(
      `select coalesce((select graph from versions v where v.journey_id = j.id and v.number = j.live_version), j.draft)
       from journeys j where j.id = ? and j.deleted_at is null`,
    )
    .pluck()
  return (id) => {
    const text = read.get(id)
    return text === undefined ? null : readOrNull(text)
  }
}
