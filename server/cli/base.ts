import { copyFileOf, copyLockOf } from '../analytics/copy/files.ts'
import type { Base } from '../ports/base.ts'
import { takeLock } from '../store/sqlite/lock.ts'
import { openTruth } from '../store/sqlite/truth/truth.ts'
import { CopyClient } from '../work/copy-client.ts'

/** What answers, and can be made anew. */
interface KeptBase extends Base {
  rebuild(): Promise<void>
}

/** Asks over all customers of a database: a server that has the copy open, or else the copy itself. */
export async function withBase<T>(database: string, work: (base: KeptBase) => Promise<T>): Promise<T> {
  const unlock = takeLock(copyLockOf(database))
  if (unlock === null) {
    const client = new CopyClient({ database, patienceMs: null })
    return work(client).finally(() => client.close())
  }
  try {
    // Of all commands this one alone needs DuckDB.
    const { AnalyticalCopy } = await import('../analytics/copy/copy.ts')
    const copy = new AnalyticalCopy({ truth: openTruth(database), file: copyFileOf(database) })
    return await work(copy).finally(() => copy.close())
  } finally {
    unlock()
  }
}
