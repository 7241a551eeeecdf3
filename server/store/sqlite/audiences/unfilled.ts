import type { BrandDatabase } from '../database.ts'
import { usesOfAudience } from './uses.ts'

/** Whether an audience is a list in which nobody is, that no journey fills, and that nothing names. */
export function isUnfilled(db: BrandDatabase, key: string): boolean {
  const empty = db.sqlite
    .prepare<[string], number>(
      `select 1 from audiences a where a.key = ? and a.kind = 'list' and a.journey_id is null and a.frozen_at is null
         and not exists (select 1 from audience_members m where m.audience = a.key)`,
    )
    .pluck()
    .get(key)
  return empty === 1 && usesOfAudience(db, key).length === 0
}
