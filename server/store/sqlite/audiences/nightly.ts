import { localDate } from '../../../../shared/calendar/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { Base } from '../../../ports/base.ts'
import type { BrandDatabase } from '../database.ts'
import { allSavedAudiences } from './base.ts'
import { keepLook, sizeKeeper } from './history.ts'
import { usesOfAudience } from './uses.ts'

/**
 * Keeps the sizes of all audiences, and who is in those that are not too large, the ones in use first. The answer is
 * how many were looked at.
 */
export async function keepAllAudiences(
  db: BrandDatabase,
  base: Base,
  at: Asked,
  rest: () => Promise<unknown>,
): Promise<number> {
  const audiences = [...allSavedAudiences(db.sqlite)().keys()]
  if (audiences.length === 0) return 0
  const moment = { ...at, anchors: {} }
  const day = localDate(at.now, at.zone)
  const sizes = (await base.ask('sizes', { audiences, moment })).filter(({ unknown }) => !unknown)
  sizeKeeper(db)(sizes, { day, at: at.now })
  const inUse = new Set(audiences.filter((key) => usesOfAudience(db, key).length > 0))
  const kept = sizes
    .filter(({ size }) => size <= limits.audienceKept.value)
    .sort((one, other) => Number(inUse.has(other.key)) - Number(inUse.has(one.key)))
    .slice(0, limits.audiencesKept.value)
  for (const { key } of kept) {
    const condition = { kind: 'audience' as const, audience: key, member: true }
    const ids = await base.ask('select', { condition, moment })
    db.sqlite.transaction(() => keepLook(db, key, { ids, at: at.now, day })).immediate()
    await rest()
  }
  return kept.length
}
