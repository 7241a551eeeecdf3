import { setImmediate as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { conditionSchema } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Act } from '../../../ports/acts.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { audiences } from '../tables.ts'
import { rowOf } from './audiences.ts'
import { allSavedAudiences } from './base.ts'
import { checkNaming } from './naming.ts'

/** So many members are written in one transaction, between which others have their turn. */
const slice = 2_000

async function inSlices(ids: readonly string[], write: (ids: string) => void): Promise<void> {
  for (let from = 0; from < ids.length; from += slice) {
    write(JSON.stringify(ids.slice(from, from + slice)))
    await pause()
  }
}

const keptOf = ({ sqlite }: BrandDatabase, key: string): string[] =>
  sqlite
    .prepare<[string], string>('select customer_id from audience_members where audience = ?')
    .pluck()
    .all(key)

async function takeAway({ sqlite }: BrandDatabase, key: string, ids: readonly string[]): Promise<void> {
  const remove = sqlite.prepare(
    'delete from audience_members where audience = ? and customer_id in (select value from json_each(?))',
  )
  await inSlices(ids, (some) => remove.run(key, some))
}

/**
 * Writes down who is in an audience; of one that is a condition nobody asks for its members before it is frozen.
 * Problem `audience-is-list`.
 */
export async function keepMembers(
  db: BrandDatabase,
  key: string,
  ids: readonly string[],
  at: number,
): Promise<void> {
  const { condition, frozenAt } = rowOf(db, key)
  if (condition === null && frozenAt === null) throw new Problem('audience-is-list', { audience: key }, 'key')
  const wanted = new Set(ids)
  const kept = new Set(keptOf(db, key))
  await takeAway(
    db,
    key,
    [...kept].filter((id) => !wanted.has(id)),
  )
  // Whoever was erased meanwhile stays away.
  const add = db.sqlite.prepare(
    `insert or ignore into audience_members (audience, customer_id, at)
     select ?, c.id, ? from json_each(?) r join customers c on c.id = r.value`,
  )
  await inSlices(
    ids.filter((id) => !kept.has(id)),
    (some) => add.run(key, at, some),
  )
}

/** From now on whoever was written down is in it, whatever its condition says. Within the caller's transaction. */
export function markFrozen(db: BrandDatabase, key: string, { at, actor }: Act): void {
  const { condition, frozenAt, frozenCondition, revision } = rowOf(db, key)
  if (condition === null && frozenAt === null) throw new Problem('audience-is-list', { audience: key }, 'key')
  db.orm
    .update(audiences)
    .set({
      ...{ kind: 'list', condition: null, frozenCondition: condition ?? frozenCondition },
      ...{ frozenAt: at, frozenBy: JSON.stringify(actor), revision: revision + 1, updatedAt: at },
    })
    .where(eq(audiences.key, key))
    .run()
}

/** Its condition says again who is in it. Within the caller's transaction. */
export function markThawed(db: BrandDatabase, key: string, { at }: Act): void {
  const { frozenAt, frozenCondition, revision } = rowOf(db, key)
  if (frozenAt === null) throw new Problem('audience-not-frozen', { audience: key }, 'key')
  const condition =
    frozenCondition === null ? null : valueOr(readColumn(frozenCondition, conditionSchema), null)
  if (condition !== null) checkNaming(allSavedAudiences(db.sqlite)(), { key, condition })
  db.orm
    .update(audiences)
    .set({
      ...{ kind: 'condition', condition: frozenCondition, frozenCondition: null },
      ...{ frozenAt: null, frozenBy: null, revision: revision + 1, updatedAt: at },
    })
    .where(eq(audiences.key, key))
    .run()
}

/** Forgets who was written down of an audience that is a condition again. */
export async function forgetMembers(db: BrandDatabase, key: string): Promise<void> {
  await takeAway(db, key, keptOf(db, key))
}
