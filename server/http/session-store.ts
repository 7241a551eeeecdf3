import { createHash, scryptSync } from 'node:crypto'
import type { SessionStore } from '@fastify/session'
import type { SessionRows } from '../ports/sessions.ts'

/** How long a login lasts (ms), counted from it. */
export const weekMs = 7 * 86_400_000

/** Whoever reads the rows must not be able to take a session over, so ids stand there as hashes. */
export const hashOf = (id: string) => createHash('sha256').update(id).digest('base64url')

type Done = (error?: unknown) => void

/** What cannot be written is an error of the request that wanted it; `done` is told once, and its errors are its own. */
function tried(work: () => Promise<unknown>, done: Done): void {
  const trying = async () => work()
  trying().then(
    () => setImmediate(done),
    (error: unknown) => setImmediate(done, error),
  )
}

/** Who is logged in, as the sessions of the application ask for it. */
export function sessionStore(rows: SessionRows, now: () => number): SessionStore {
  return {
    // A session in which no password was given says nothing that would be worth keeping.
    set(id, { open }, done) {
      if (open !== true) return done()
      const hash = hashOf(id)
      tried(() => rows.keep(hash, rows.endOf(hash) ?? now() + weekMs, now()), done)
    },
    get(id, done) {
      const end = rows.endOf(hashOf(id))
      if (end === null || end <= now()) return done(null, null)
      done(null, { open: true, cookie: { originalMaxAge: weekMs, expires: new Date(end) } })
    },
    destroy(id, done) {
      tried(() => rows.forget(hashOf(id)), done)
    },
  }
}

/** Signs cookies: with another password it is another key, so all who were logged in have to log in again. */
export function cookieKey(rows: SessionRows, password: string): string {
  return scryptSync(password, rows.secret, 32).toString('base64url')
}
