import cookie from '@fastify/cookie'
import session from '@fastify/session'
import type { FastifyRequest } from 'fastify'
import type { SessionList } from '../../shared/api/system.ts'
import { type Actor, engineActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Act } from '../ports/acts.ts'
import type { Clock, Mark, WallTime } from '../ports/clock.ts'
import type { SessionRows, SessionStaff } from '../ports/sessions.ts'
import { troubleOf } from '../ports/trouble.ts'
import type { App } from './app.ts'
import { isMarked, markOf } from './password.ts'
import { cookieKey, hashOf, sessionStore, weekMs } from './session-store.ts'

declare module 'fastify' {
  interface Session {
    /** Whether the password was given. */
    open?: boolean
  }
}

export const sessionCookie = 'magpie_session'

/**
 * Ends the logins of every other password at the start: those of a password that comes back belong to its former
 * time, and whoever was shut out by the change stays out.
 */
export async function beginSessions(rows: SessionRows, password: string | null, now: number): Promise<void> {
  const { mark } = rows
  if (password !== null && mark !== null && (await isMarked(password, mark))) return
  if (rows.list(now).length > 0) await rows.endAll(actAt(engineActor, now), null)
  await rows.keepMark(password === null ? null : await markOf(password))
}

/** Sessions of those who know the password; they outlast a restart. */
export async function sessions(app: App, rows: SessionRows, password: string, now: WallTime): Promise<void> {
  await app.register(cookie)
  await app.register(session, {
    secret: cookieKey(rows, password),
    store: sessionStore(rows, now),
    cookieName: sessionCookie,
    cookie: { httpOnly: true, sameSite: 'strict', secure: false, path: '/', maxAge: weekMs },
    saveUninitialized: false,
    rolling: false,
  })
}

/** How often it is noted that a session is in use, in milliseconds. */
const notedEveryMs = 300_000

/** Answers nobody who has not logged in, but for routes that say so. Problem `login-required`. */
export function guardSession(app: App, rows: SessionRows, { now, elapsed }: Clock): void {
  const noted = new Map<string, Mark>()
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.open === true || request.apiKey !== null) return
    if (!isOpen(request)) throw new Problem('login-required')
    const hash = hashOf(request.session.sessionId)
    const last = noted.get(hash)
    if (last !== undefined && elapsed.since(last) < notedEveryMs) return
    noted.set(hash, elapsed.mark())
    const [oldest] = noted.keys()
    if (noted.size > limits.callersRemembered.value && oldest !== undefined) noted.delete(oldest)
    // Nobody waits for the note, or is refused for it: what cannot be noted now is at the next request.
    rows.seen(hash, now()).catch((error: unknown) => {
      noted.delete(hash)
      if (troubleOf(error) === null) request.log.error({ err: error }, 'a session could not be noted')
    })
  })
}

const actAt = (actor: Actor, at: number): Act => ({ actor, at, realAt: at })

/** Whether the way here was encrypted, by what the proxy says or by the address that this is reached at. */
function isEncrypted({ protocol, headers, host }: FastifyRequest, publicUrl: string | null): boolean {
  if (protocol === 'https' || headers['x-forwarded-proto'] === 'https') return true
  const stated = publicUrl === null ? null : new URL(publicUrl)
  return stated?.protocol === 'https:' && stated.host === host
}

/**
 * Logs a request's caller in. The session is a new one: that from before could have been planted by
 * somebody else. Where the way here was encrypted, the cookie takes no other.
 */
export async function openSession(
  request: FastifyRequest,
  rows: SessionRows,
  actor: Actor,
  now: number,
  { publicUrl, staff }: { readonly publicUrl: string | null; readonly staff: SessionStaff | null },
): Promise<void> {
  await request.session.regenerate()
  request.session.options({ secure: isEncrypted(request, publicUrl) })
  const agent = (request.headers['user-agent'] ?? '').slice(0, limits.sessionAgent.value)
  await rows.open(actAt(actor, now), hashOf(request.session.sessionId), now + weekMs, {
    address: request.ip,
    agent,
    staff,
  })
  request.session.set('open', true)
  await request.session.save()
}

/** Logs a request's caller out; nothing where nobody was in. */
export async function closeSession(
  request: FastifyRequest,
  rows: SessionRows,
  actor: Actor,
  now: number,
): Promise<void> {
  if (isOpen(request)) await rows.close(actAt(actor, now), hashOf(request.session.sessionId))
  await request.session.destroy()
}

/** Who is logged in. */
export function listSessions(request: FastifyRequest, rows: SessionRows, now: number): SessionList {
  const own = hashOf(request.session.sessionId)
  return {
    sessions: rows.list(now).map(({ hash, ...known }) => ({
      id: shownId(hash),
      current: hash === own,
      ...known,
    })),
  }
}

/** The start of the hash, which is enough to name it. */
const shownId = (hash: string) => hash.slice(0, 16)

/** Ends one login, whoever's; Problem `not-found`. */
export async function endSession(id: string, rows: SessionRows, actor: Actor, now: number): Promise<void> {
  const found = rows.list(now).find(({ hash }) => shownId(hash) === id)
  if (found === undefined) throw new Problem('not-found', { what: id }, 'id')
  await rows.close(actAt(actor, now), found.hash)
}

/** Ends all logins, or all but the caller's own. */
export async function endSessions(
  request: FastifyRequest,
  rows: SessionRows,
  { actor, now, keep }: { readonly actor: Actor; readonly now: number; readonly keep: 'none' | 'current' },
): Promise<void> {
  await rows.endAll(actAt(actor, now), keep === 'current' ? hashOf(request.session.sessionId) : null)
  if (keep === 'none') await request.session.destroy()
}

/** Says in the log that somebody has tried. */
export async function refuseSession(
  { ip, log }: FastifyRequest,
  rows: SessionRows,
  actor: Actor,
  now: number,
): Promise<void> {
  await rows.refuse(actAt(actor, now), ip).catch((error: unknown) => {
    // The password is wrong all the same.
    log.error({ err: error, from: ip }, 'a wrong password could not be noted')
  })
}

/** Whether the login by which something lasting was asked for has not ended meanwhile. */
export function isStillIn({ session }: FastifyRequest, rows: SessionRows, now: number): boolean {
  const end = rows.endOf(hashOf(session.sessionId))
  return end !== null && end > now
}

export function isOpen(request: FastifyRequest): boolean {
  return request.session.get('open') === true
}
