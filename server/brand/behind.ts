import { sayLength } from '../clock/told.ts'
import type { WallTime } from '../ports/clock.ts'
import type { Signs } from '../ports/signs.ts'
import { lastSeen } from '../store/sqlite/audit/last-seen.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'

/** A time service corrects as much as this any day. */
const usualMs = 60_000

/**
 * A clock that was set back while no server ran is found by what the data saw last. Which of the two is right cannot
 * be known, so it is said, until the clock has got there.
 */
export function watchBehind(signs: Signs, id: string, db: BrandDatabase, now: WallTime): () => void {
  const last = lastSeen(db)
  if (last === null || last <= now() + usualMs) return () => undefined
  return signs.watch('clock-behind-data', id, () => {
    const behind = last - now()
    return behind > 0 ? { length: sayLength(behind) } : null
  })
}
