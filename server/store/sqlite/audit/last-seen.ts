import type { BrandDatabase } from '../database.ts'

/** The latest real time at which something was changed here, of the last few changes; null where nothing was. */
export function lastSeen({ sqlite }: BrandDatabase): number | null {
  const newest = sqlite.prepare<[], { at: number | null }>(
    'select max(at) as at from (select last_at as at from audit order by seq desc limit 20)',
  )
  return newest.get()?.at ?? null
}
