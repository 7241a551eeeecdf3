import { statSync } from 'node:fs'
import { limits } from '../../../../shared/limits.ts'
import type { BrandDatabase } from '../database.ts'

/** Overwrites the free space of the file and of its log: after this nothing is left of what was taken away. */
function sweepNow({ sqlite }: BrandDatabase, now: number): void {
  sqlite.exec('vacuum')
  sqlite.pragma('wal_checkpoint(truncate)')
  sqlite.prepare(`update erasures set swept_at = ? where status = 'done' and swept_at is null`).run(now)
}

const waiting = ({ sqlite }: BrandDatabase) =>
  sqlite.prepare(`select 1 from erasures where status = 'done' and swept_at is null limit 1`).get() !==
  undefined

/**
 * Sweeps where a certificate waits for it; answers whether it did. A large file takes so long that nobody could be
 * answered meanwhile: it waits for the next start. So does one into which something is being read, which goes by the
 * numbers of rows.
 */
export function sweeper(db: BrandDatabase): (now: number) => Promise<boolean> {
  const importing = db.sqlite.prepare(`select 1 from imports where status = 'running' limit 1`)
  return async (now) => {
    const size = db.path === ':memory:' ? 0 : statSync(db.path).size
    if (size > limits.sweptAtOnce.value || !waiting(db) || importing.get() !== undefined) return false
    sweepNow(db, now)
    return true
  }
}

/** At a start, before anybody works with the file: whatever its size. */
export function sweepAtStart(db: BrandDatabase, now: number): void {
  if (waiting(db)) sweepNow(db, now)
}
