import { eq } from 'drizzle-orm'
import { actor } from '../../../../shared/audit/actor.ts'
import { conditionSchema } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { Asked, AudienceDraft, SizedAudience } from '../../../ports/audiences.ts'
import type { AudienceSize, Base } from '../../../ports/base.ts'
import { InUse } from '../../../ports/uses.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, reasonOf, valueOr } from '../stored-json.ts'
import { audiences } from '../tables.ts'
import { allSavedAudiences } from './base.ts'
import { checkNaming } from './naming.ts'
import { usesOfAudience } from './uses.ts'

type Row = typeof audiences.$inferSelect

/** How many are in a list, and when the last of them joined; null where nobody has. */
function membersOf(db: BrandDatabase, key: string): { size: number; joinedAt: number | null } {
  const members = db.sqlite
    .prepare<[string], { size: number; joinedAt: number | null }>(
      'select count(*) as size, cast(max(at) as integer) as joinedAt from audience_members where audience = ?',
    )
    .get(key)
  return members ?? { size: 0, joinedAt: null }
}

/** When and by whom a condition was frozen, and what it was; null of any other audience. */
function frozenOf({ frozenAt, frozenBy, frozenCondition }: Row): SizedAudience['frozen'] {
  if (frozenAt === null) return null
  return {
    at: frozenAt,
    by: frozenBy === null ? null : valueOr(readColumn(frozenBy, actor), null),
    condition: frozenCondition === null ? null : valueOr(readColumn(frozenCondition, conditionSchema), null),
  }
}

/** `sized` is there for each that has a condition. */
function summaryOf(db: BrandDatabase, row: Row, sized: AudienceSize | undefined): SizedAudience {
  const { key, journeyId, revision, updatedAt } = row
  const name = valueOr(readColumn(row.name, writtenText), { en: key })
  const shared = {
    key,
    name,
    journeyId,
    revision,
    frozen: frozenOf(row),
    unknown: false,
    unreadable: reasonOf(readColumn(row.name, writtenText)),
  }
  if (row.condition === null) {
    const { size, joinedAt } = membersOf(db, key)
    return {
      ...shared,
      kind: 'list',
      condition: null,
      size,
      updatedAt: Math.max(updatedAt, joinedAt ?? updatedAt),
    }
  }
  const condition = readColumn(row.condition, conditionSchema)
  return {
    ...shared,
    kind: 'condition',
    condition: valueOr(condition, null),
    unreadable: reasonOf(condition) ?? shared.unreadable,
    size: sized?.size ?? 0,
    unknown: sized?.unknown ?? true,
    updatedAt,
  }
}

/** The audiences with their sizes as they are now; those of conditions are asked of whoever knows everybody. */
async function summarized(
  db: BrandDatabase,
  rows: readonly Row[],
  base: Base,
  at: Asked,
): Promise<SizedAudience[]> {
  const asked = rows.flatMap(({ key, condition }) => (condition === null ? [] : [key]))
  const moment = { ...at, anchors: {} }
  const sizes = asked.length === 0 ? [] : await base.ask('sizes', { audiences: asked, moment })
  const known = new Map(sizes.map((one) => [one.key, one]))
  return rows.map((row) => summaryOf(db, row, known.get(row.key)))
}

/** All saved audiences, the latest changed first. */
export async function audienceSummaries(db: BrandDatabase, base: Base, at: Asked): Promise<SizedAudience[]> {
  const summaries = await summarized(db, db.orm.select().from(audiences).all(), base, at)
  return summaries.sort((a, b) => b.updatedAt - a.updatedAt || (a.key < b.key ? -1 : 1))
}

/** Problem `not-found`. */
export async function getAudience(
  db: BrandDatabase,
  base: Base,
  key: string,
  at: Asked,
): Promise<SizedAudience> {
  const [summary] = await summarized(db, [rowOf(db, key)], base, at)
  if (summary === undefined) throw new Problem('not-found', { what: key }, 'audience')
  return summary
}

/** Problem `not-found`. */
export function rowOf(db: BrandDatabase, key: string): Row {
  const row = db.orm.select().from(audiences).where(eq(audiences.key, key)).get()
  if (row === undefined) throw new Problem('not-found', { what: key }, 'audience')
  return row
}

/** Saves a new audience; Problem `audience-exists`, and those of `checkNaming`. */
export function addAudience(db: BrandDatabase, draft: AudienceDraft, now: number): void {
  const { key, name, condition } = draft
  checkNaming(allSavedAudiences(db.sqlite)(), draft)
  const { changes } = db.orm
    .insert(audiences)
    .values({
      key,
      name: JSON.stringify(name),
      kind: 'condition',
      condition: JSON.stringify(condition),
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .run()
  if (changes === 0) throw new Problem('audience-exists', { audience: key }, 'key')
}

/** Makes a list without members. Problem `audience-exists`. */
export function addList(
  db: BrandDatabase,
  { key, name }: Pick<AudienceDraft, 'key' | 'name'>,
  now: number,
): void {
  const { changes } = db.orm
    .insert(audiences)
    .values({ key, name: JSON.stringify(name), kind: 'list', createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .run()
  if (changes === 0) throw new Problem('audience-exists', { audience: key }, 'key')
}

/**
 * Changes an audience; Problems `not-found`, `audience-is-list` where a journey fills it, `audience-frozen`,
 * `audience-stale`, those of `checkNaming`.
 */
export function changeAudience(db: BrandDatabase, draft: AudienceDraft, now: number): void {
  const { key, name, condition, revision } = draft
  const row = rowOf(db, key)
  if (row.frozenAt !== null) throw new Problem('audience-frozen', { audience: key }, 'key')
  if (row.condition === null) throw new Problem('audience-is-list', { audience: key }, 'key')
  if (revision !== undefined && revision !== row.revision)
    throw new Problem('audience-stale', { audience: key, revision, current: row.revision }, 'revision')
  checkNaming(allSavedAudiences(db.sqlite)(), draft)
  db.orm
    .update(audiences)
    .set({
      name: JSON.stringify(name),
      condition: JSON.stringify(condition),
      revision: row.revision + 1,
      updatedAt: now,
    })
    .where(eq(audiences.key, key))
    .run()
}

/**
 * Deletes an audience and its members. Problem `audience-in-use`: what runs never loses one; drafts alone do, where
 * somebody has seen them and wants it so.
 */
export function removeAudience(db: BrandDatabase, key: string, despiteDrafts: boolean): void {
  rowOf(db, key)
  const uses = usesOfAudience(db, key)
  if (uses.length > 0 && !(despiteDrafts && uses.every(({ state }) => state === 'draft')))
    throw new InUse('audience-in-use', { audience: key }, uses)
  db.orm.transaction(
    () => {
      db.orm.delete(audiences).where(eq(audiences.key, key)).run()
      for (const table of ['audience_members', 'audience_sizes', 'audience_stays'])
        db.sqlite.prepare(`delete from ${table} where audience = ?`).run(key)
    },
    { behavior: 'immediate' },
  )
}
