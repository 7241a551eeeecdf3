import { eq } from 'drizzle-orm'
import { type Condition, conditionSchema } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { writtenText } from '../../../../shared/text.ts'
import { conditionSql, type Fragment, type ResolveAudience } from '../../../analytics/sql.ts'
import type { Asked, AudienceDraft, SizedAudience } from '../../../ports/audiences.ts'
import { attributeTypesReader } from '../customers/attributes.ts'
import type { BrandDatabase } from '../database.ts'
import { allJourneys, liveVersionOf, readOrNull } from '../journeys/read.ts'
import { audiences } from '../tables.ts'

/** Saved audiences, as conditions refer to them. */
export function audienceResolver(db: BrandDatabase): ResolveAudience {
  const known = new Map<string, Condition | null | undefined>()
  return (key) => {
    if (known.has(key)) return known.get(key)
    const row = db.orm
      .select({ condition: audiences.condition })
      .from(audiences)
      .where(eq(audiences.key, key))
      .get()
    const condition =
      row === undefined
        ? undefined
        : row.condition === null
          ? null
          : conditionSchema.parse(JSON.parse(row.condition))
    known.set(key, condition)
    return condition
  }
}

/** A condition as SQL over the customer `c`, at a moment and outside any journey. */
export function conditionAt(db: BrandDatabase, condition: Condition, moment: Asked): Fragment {
  return conditionSql(condition, {
    ...moment,
    enteredAt: null,
    anchors: {},
    audience: audienceResolver(db),
    types: attributeTypesReader(db.sqlite)(),
  })
}

/** For how many customers a condition holds, out of how many, and the first few of them by id. */
export function countCondition(db: BrandDatabase, condition: Condition, moment: Asked) {
  const { sql, values } = conditionAt(db, condition, moment)
  const count = db.sqlite
    .prepare<unknown[], { count: number }>(`select count(*) as count from customers c where ${sql}`)
    .get(...values)
  const of = db.sqlite.prepare<[], { count: number }>('select count(*) as count from customers').get()
  const sample = db.sqlite
    .prepare<unknown[], { id: string; name: string | null }>(
      `select c.id, c.name from customers c where ${sql} order by c.id limit 5`,
    )
    .all(...values)
  return { count: count?.count ?? 0, of: of?.count ?? 0, sample }
}

type Row = typeof audiences.$inferSelect

/** How many are in a list, and when the last of them joined; null where nobody has. */
function membersOf(db: BrandDatabase, key: string): { size: number; joinedAt: number | null } {
  const members = db.sqlite
    .prepare<[string], { size: number; joinedAt: number | null }>(
      'select count(*) as size, max(at) as joinedAt from audience_members where audience = ?',
    )
    .get(key)
  return members ?? { size: 0, joinedAt: null }
}

function summaryOf(db: BrandDatabase, row: Row, moment: Asked): SizedAudience {
  const { key, journeyId, updatedAt } = row
  const shared = { key, name: writtenText.parse(JSON.parse(row.name)), journeyId }
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
  const condition = conditionSchema.parse(JSON.parse(row.condition))
  return {
    ...shared,
    kind: 'condition',
    condition,
    size: countCondition(db, condition, moment).count,
    updatedAt,
  }
}

/** All saved audiences with their sizes as they are now, the latest changed first. */
export function audienceSummaries(db: BrandDatabase, moment: Asked): SizedAudience[] {
  return db.orm
    .select()
    .from(audiences)
    .all()
    .map((row) => summaryOf(db, row, moment))
    .sort((a, b) => b.updatedAt - a.updatedAt || (a.key < b.key ? -1 : 1))
}

export function getAudience(db: BrandDatabase, key: string, moment: Asked): SizedAudience {
  return summaryOf(db, rowOf(db, key), moment)
}

function rowOf(db: BrandDatabase, key: string): Row {
  const row = db.orm.select().from(audiences).where(eq(audiences.key, key)).get()
  if (row === undefined) throw new Problem('not-found', { what: key }, 'audience')
  return row
}

/** Saves a new audience; Problem `audience-exists`. */
export function addAudience(db: BrandDatabase, { key, name, condition }: AudienceDraft, now: number): void {
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

/** Changes an audience; Problems `not-found`, and `audience-is-list` where a journey fills it. */
export function changeAudience(db: BrandDatabase, draft: AudienceDraft, now: number): void {
  const { key, name, condition } = draft
  if (rowOf(db, key).condition === null) throw new Problem('audience-is-list', { audience: key }, 'key')
  db.orm
    .update(audiences)
    .set({ name: JSON.stringify(name), condition: JSON.stringify(condition), updatedAt: now })
    .where(eq(audiences.key, key))
    .run()
}

/** Whether a condition, or a node that saves customers, names the audience anywhere within a value. */
function names(value: unknown, key: string): boolean {
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(([name, part]) =>
    name === 'audience' && part === key ? true : names(part, key),
  )
}

/** Whether a journey names the audience; of one that cannot be read, whether its text has the key anywhere. */
const mayName = (journey: Journey | null, text: string, key: string): boolean =>
  journey === null ? text.includes(JSON.stringify(key)) : names(journey.nodes, key)

/** The journey or the audience that refers to an audience; null where none does. */
export function userOfAudience(db: BrandDatabase, key: string): string | null {
  for (const stored of allJourneys(db)) {
    const live = liveVersionOf(db, stored)
    if (mayName(stored.journey, stored.text, key)) return stored.id
    if (live !== null && mayName(readOrNull(live.graph), live.graph, key)) return stored.id
  }
  const others = db.orm.select().from(audiences).all()
  const user = others.find((row) => row.condition !== null && names(JSON.parse(row.condition), key))
  return user?.key ?? null
}

/** Deletes an audience and its members; Problem `audience-in-use`. */
export function removeAudience(db: BrandDatabase, key: string): void {
  rowOf(db, key)
  const user = userOfAudience(db, key)
  if (user !== null) throw new Problem('audience-in-use', { audience: key, user })
  db.orm.transaction(
    () => {
      db.orm.delete(audiences).where(eq(audiences.key, key)).run()
      db.sqlite.prepare('delete from audience_members where audience = ?').run(key)
    },
    { behavior: 'immediate' },
  )
}
