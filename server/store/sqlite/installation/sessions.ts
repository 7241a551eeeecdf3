import type BetterSqlite3 from 'better-sqlite3'
import type { SessionRows } from '../../../ports/sessions.ts'
import { changer } from '../changes.ts'

/** Logins of the installation, by the hash of their id. */
export function sessionRows(sqlite: BetterSqlite3.Database, secret: string): SessionRows {
  const find = sqlite.prepare<[string], { end: number }>(
    'select ends_at as end from sessions where id_hash = ?',
  )
  const put = sqlite.prepare('insert or replace into sessions (id_hash, ends_at) values (?, ?)')
  const drop = sqlite.prepare('delete from sessions where id_hash = ?')
  const dropEnded = sqlite.prepare('delete from sessions where ends_at <= ?')
  const change = changer({ sqlite })
  return {
    secret,
    endOf: (hash) => find.get(hash)?.end ?? null,
    open: (act, hash, end) =>
      change(
        act,
        () => void put.run(hash, end),
        () => ({ action: 'session.opened', id: '' }),
      ),
    close: (act, hash) =>
      change(
        act,
        () => void drop.run(hash),
        () => ({ action: 'session.closed', id: '' }),
      ),
    refuse: (act, from) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'session.refused', id: '', detail: { from } }),
      ),
    keep: sqlite.transaction((hash: string, end: number, now: number) => {
      dropEnded.run(now)
      put.run(hash, end)
    }),
    forget(hash) {
      drop.run(hash)
    },
  }
}
