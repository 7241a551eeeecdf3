import { randomBytes } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import type { OpenSession, SessionRows, SessionStaff, SessionWrites } from '../../../ports/sessions.ts'
import { changer } from '../changes.ts'
import type { Vault } from '../secrets/vault.ts'
import { type Steady, steadied } from '../steady.ts'

const passwordMark = 'password'

/** Logins of the installation, by the hash of their id. */
export function sessionRows(sqlite: BetterSqlite3.Database, vault: Vault, steady: Steady): SessionRows {
  const find = sqlite.prepare<[string], { end: number }>(
    'select ends_at as end from sessions where id_hash = ?',
  )
  const staff = sqlite.prepare<[string], SessionStaff>(
    'select brand, staff from sessions where id_hash = ? and staff is not null',
  )
  const put = sqlite.prepare(
    'insert into sessions (id_hash, ends_at) values (?, ?) on conflict do update set ends_at = excluded.ends_at',
  )
  const add = sqlite.prepare(
    `insert or replace into sessions (id_hash, ends_at, opened_at, seen_at, address, agent, brand, staff)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const all = sqlite.prepare<[number], OpenSession>(
    `select id_hash as hash, ends_at as endsAt, opened_at as openedAt, seen_at as seenAt, address, agent
     from sessions where ends_at > ? order by coalesce(opened_at, 0) desc, id_hash`,
  )
  const touch = sqlite.prepare('update sessions set seen_at = ? where id_hash = ?')
  const dropOthers = sqlite.prepare('delete from sessions where id_hash is not ?')
  const drop = sqlite.prepare('delete from sessions where id_hash = ?')
  const dropEnded = sqlite.prepare('delete from sessions where ends_at <= ?')
  const change = changer({ sqlite })
  const keep = sqlite.transaction((hash: string, end: number, now: number) => {
    dropEnded.run(now)
    put.run(hash, end)
  })
  const writes = steadied<SessionWrites>(steady, {
    open: async (act, hash, end, { address, agent, staff }) =>
      change(
        act,
        () =>
          void add.run(
            hash,
            end,
            act.realAt,
            act.realAt,
            address,
            agent,
            staff?.brand ?? null,
            staff?.staff ?? null,
          ),
        () => ({ action: 'session.opened', id: '' }),
      ),
    close: async (act, hash) =>
      change(
        act,
        () => void drop.run(hash),
        () => ({ action: 'session.closed', id: '' }),
      ),
    refuse: async (act, from) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'session.refused', id: '', detail: { from } }),
      ),
    keep: async (hash, end, now) => keep.immediate(hash, end, now),
    forget: async (hash) => void drop.run(hash),
    seen: async (hash, now) => void touch.run(now, hash),
    endAll: async (act, except) =>
      change(
        act,
        () => dropOthers.run(except).changes,
        (count) => ({ action: 'session.all_closed', id: '', detail: { count } }),
      ),
    async keepMark(mark) {
      if (mark === null) vault.remove(passwordMark)
      else vault.write(passwordMark, null, mark)
    },
    dropEnded: async (now) => dropEnded.run(now).changes,
  })
  return {
    ...writes,
    secret: vault.own('sessions', () => randomBytes(32).toString('base64url')),
    endOf: (hash) => find.get(hash)?.end ?? null,
    staffOf: (hash) => staff.get(hash) ?? null,
    list: (now) => all.all(now),
    get mark() {
      return vault.read(passwordMark, null)
    },
  }
}
