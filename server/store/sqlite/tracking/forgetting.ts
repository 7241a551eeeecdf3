import type BetterSqlite3 from 'better-sqlite3'
import { limits } from '../../../../shared/limits.ts'

const dayMs = 86_400_000
const rowsAtOnce = 5000

/** Forgets visits of whom nobody has said in time who they were, a part in each transaction; answers how many. `now` is real time. */
export function visitsForgotten(sqlite: BetterSqlite3.Database, now: number): number {
  const forget = sqlite.prepare<[number]>(
    `delete from visits where rowid in (select rowid from visits where received_at < ? limit ${rowsAtOnce})`,
  )
  let count = 0
  for (;;) {
    const { changes } = forget.run(now - limits.visitsKept.value * dayMs)
    if (changes === 0) return count
    count += changes
  }
}
