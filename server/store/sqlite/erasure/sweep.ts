import { statSync } from 'node:fs'
import { z } from 'zod'
import { limits } from '../../../../shared/limits.ts'
import type { BrandDatabase } from '../database.ts'

/** What SQLite answers to a checkpoint: 1 where a reader has kept it from the end of the log. */
const checkpointed = z.tuple([z.object({ busy: z.int() })])

/**
 * Overwrites the free space of the file, then of its log: after this nothing is left of what was taken away. While
 * somebody reads, the log stays as it is, and with it what stood in it: then no certificate says that it is gone, and
 * only the log is tried again. Answers whether all was done.
 */
function sweeping({ sqlite }: BrandDatabase): (now: number) => boolean {
  const waiting = sqlite.prepare<[], { ids: string | null }>(
    `select group_concat(id) as ids from erasures where status = 'done' and swept_at is null`,
  )
  const swept = sqlite.prepare(`update erasures set swept_at = ? where status = 'done' and swept_at is null`)
  let rewrittenFor: string | null = null
  return (now) => {
    const ids = waiting.get()?.ids ?? null
    if (ids === null) return false
    if (ids !== rewrittenFor) sqlite.exec('vacuum')
    rewrittenFor = ids
    const [{ busy }] = checkpointed.parse(sqlite.pragma('wal_checkpoint(truncate)'))
    if (busy !== 0) return false
    swept.run(now)
    return true
  }
}

/**
 * Sweeps where a certificate waits for it; answers whether it did. A large file takes so long that nobody could be
 * answered meanwhile: it waits for the next start. So does one into which something is being read, which goes by the
 * numbers of rows.
 */
export function sweeper(db: BrandDatabase): (now: number) => Promise<boolean> {
  const importing = db.sqlite.prepare(`select 1 from imports where status = 'running' limit 1`)
  const sweep = sweeping(db)
  return async (now) => {
    const size = db.path === ':memory:' ? 0 : statSync(db.path).size
    return size <= limits.sweptAtOnce.value && importing.get() === undefined && sweep(now)
  }
}

/** At a start, before anybody works with the file: whatever its size. */
export function sweepAtStart(db: BrandDatabase, now: number): void {
  sweeping(db)(now)
}
