import { basename } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import type { FileChore } from '../../../../shared/chores.ts'
import { limits } from '../../../../shared/limits.ts'
import type { LocalText } from '../../../../shared/text.ts'
import { Database } from '../driver.ts'
import { reportsForgotten } from '../messages/receipts-early.ts'
import { visitsForgotten } from '../tracking/forgetting.ts'
import { noticesForgotten } from '../webhooks/forgetting.ts'

/** What a chore has done; `found`: what it has found that a person is to know. */
export interface Tended {
  readonly count: number | null
  readonly found: LocalText | null
}

/** What is done by statements alone; scoring is the models' own, and audiences ask the copy. */
export type TendedChore = Exclude<FileChore, 'scores' | 'audiences'>

const nothing: Tended = { count: null, found: null }

/** How long another writer is waited for (ms): nobody is kept waiting by a chore that waits. */
const patienceMs = 30_000

const does = {
  reports: (sqlite, now) => ({ count: reportsForgotten(sqlite, now), found: null }),
  // The last one stays, so that no number is given twice.
  changes: (sqlite) => ({
    count: sqlite
      .prepare('delete from changes where seq <= (select max(seq) from changes) - ?')
      .run(limits.copyChanges.value).changes,
    found: null,
  }),
  webhooks: (sqlite, now) => ({ count: noticesForgotten(sqlite, now), found: null }),
  visits: (sqlite, now) => ({ count: visitsForgotten(sqlite, now), found: null }),
  // Source: https://www.sqlite.org/pragma.html#pragma_optimize
  statistics(sqlite) {
    sqlite.pragma(`analysis_limit = ${limits.analysisRows.value}`)
    sqlite.pragma('optimize')
    return nothing
  },
  log(sqlite) {
    const [row] = sqlite.pragma('wal_checkpoint(truncate)') as { busy: number }[]
    if (row?.busy !== 1) return nothing
    // Somebody reads an older state: all but what they need has been moved, and the rest is at the next night.
    return { count: null, found: busy }
  },
  soundness(sqlite) {
    const found = sqlite.prepare('pragma quick_check(5)').pluck().all().map(String)
    if (found.length === 1 && found[0] === 'ok') return nothing
    const file = basename(sqlite.name)
    const faults = found.join('; ').slice(0, 300)
    return {
      count: null,
      found: { 'zh-CN': `${file} 有损坏：${faults}`, en: `${file} is damaged: ${faults}` },
    }
  },
} as const satisfies Record<TendedChore, (sqlite: BetterSqlite3.Database, now: number) => Tended>

const busy: LocalText = {
  'zh-CN': '有人一直在读旧的数据，日志这次没有清完',
  en: 'Somebody was reading older data all the while, so that not all of the log could be moved',
}

/** Does one chore to a file of data; `now` is real time. Throws what the file's trouble is. */
export function tend(path: string, chore: TendedChore, now: number): Tended {
  const sqlite = new Database(path, { fileMustExist: true, timeout: patienceMs })
  try {
    return does[chore](sqlite, now)
  } finally {
    sqlite.close()
  }
}
