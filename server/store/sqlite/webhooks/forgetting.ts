import type BetterSqlite3 from 'better-sqlite3'
import { limits } from '../../../../shared/limits.ts'

const dayMs = 86_400_000
const rowsAtOnce = 5000

/** Notices that nobody waits for any more, the oldest first. */
const done = `not exists (select 1 from webhook_deliveries d where d.message_id = m.id and d.state = 'waiting')`

/** Cuts the log of webhooks by age and by length, a part in each transaction; answers how many notices went. `now` is real time. */
export function noticesForgotten(sqlite: BetterSqlite3.Database, now: number): number {
  const before = now - limits.webhookLog.value * dayMs
  const cut = sqlite
    .prepare<[number], number>('select made_at from webhook_messages order by made_at desc limit 1 offset ?')
    .pluck()
    .get(limits.webhookLogRows.value)
  // Who has been gone for so long is told nothing more: what waits for such an endpoint goes with the rest.
  const old = sqlite.prepare<[number, number], string>(
    `select id from webhook_messages m where made_at < ? or (made_at <= ? and ${done}) order by made_at limit ${rowsAtOnce}`,
  )
  const forget = sqlite.transaction((ids: string) => {
    sqlite
      .prepare('delete from webhook_deliveries where message_id in (select value from json_each(?))')
      .run(ids)
    return sqlite
      .prepare('delete from webhook_messages where id in (select value from json_each(?))')
      .run(ids).changes
  })
  let count = 0
  for (;;) {
    const ids = old.pluck().all(before, cut ?? -1)
    if (ids.length === 0) return count
    count += forget.immediate(JSON.stringify(ids))
  }
}
