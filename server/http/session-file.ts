import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { SessionStore } from '@fastify/session'
import { z } from 'zod'

/** How long a login lasts (ms), counted from it. */
export const weekMs = 7 * 86_400_000

const kept = z.strictObject({
  secret: z.string().min(32),
  /** Epoch ms at which each session ends, by the hash of its id. */
  sessions: z.record(z.string(), z.int()),
})
type Kept = z.infer<typeof kept>

/** Who is logged in, kept over a restart. */
export interface SessionKeeper {
  readonly store: SessionStore
  /** Signs cookies: with another password it is another key, so all who were logged in have to log in again. */
  key(password: string): string
}

export interface SessionFile {
  /** null: nothing is written, and a restart ends every session. */
  readonly path: string | null
  readonly now: () => number
  /** Hears why a file could not be read; everybody then has to log in again. */
  readonly onUnreadable: (error: unknown) => void
}

const fresh = (): Kept => ({ secret: randomBytes(32).toString('base64url'), sessions: {} })
const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function read({ path, onUnreadable }: SessionFile): Kept {
  if (path === null) return fresh()
  try {
    return kept.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (!isAbsent(error)) onUnreadable(error)
    return fresh()
  }
}

/** Whole or not at all, and for the server's own account only. */
function write(path: string, state: Kept): void {
  const half = `${path}.half`
  writeFileSync(half, JSON.stringify(state), { mode: 0o600 })
  renameSync(half, path)
}

/** Whoever reads the file must not be able to take a session over, so ids stand in it as hashes. */
const hashOf = (id: string) => createHash('sha256').update(id).digest('base64url')

type Done = (error?: unknown) => void

/** Opens the file of sessions. A change that cannot be written is an error of the request that made it. */
export function openSessions(file: SessionFile): SessionKeeper {
  const { path, now } = file
  let state = read(file)
  const change = (sessions: Kept['sessions'], done: Done) => {
    const running = Object.entries(sessions).filter(([, end]) => end > now())
    const next = { ...state, sessions: Object.fromEntries(running) }
    try {
      if (path !== null) write(path, next)
      state = next
      done()
    } catch (error) {
      done(error)
    }
  }
  const without = (id: string) => {
    const { [hashOf(id)]: _gone, ...others } = state.sessions
    return others
  }
  const store: SessionStore = {
    // A session in which no password was given says nothing that would be worth keeping.
    set(id, { open }, done) {
      if (open !== true) return done()
      change({ ...state.sessions, [hashOf(id)]: state.sessions[hashOf(id)] ?? now() + weekMs }, done)
    },
    get(id, done) {
      const end = state.sessions[hashOf(id)]
      if (end === undefined || end <= now()) return done(null, null)
      done(null, { open: true, cookie: { originalMaxAge: weekMs, expires: new Date(end) } })
    },
    destroy(id, done) {
      if (Object.hasOwn(state.sessions, hashOf(id))) change(without(id), done)
      else done()
    },
  }
  return {
    store,
    key: (password) => createHmac('sha256', state.secret).update(password).digest('base64url'),
  }
}
