import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Act } from '../ports/acts.ts'
import type { WallTime } from '../ports/clock.ts'
import type { SessionRows } from '../ports/sessions.ts'
import type { App } from './app.ts'
import { cookieKey, hashOf, sessionStore, weekMs } from './session-store.ts'

declare module 'fastify' {
  interface Session {
    /** Whether the password was given. */
    open?: boolean
  }
}

export const sessionCookie = 'magpie_session'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const salt = randomBytes(16)

/** Compares what scrypt makes of both: slow for who guesses, and telling nothing of where the two differ. */
export async function isPassword(given: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([derive(given, salt, 32), derive(right, salt, 32)])
  return timingSafeEqual(one, other)
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

/** Answers nobody who has not logged in, but for routes that say so. Problem `login-required`. */
export function guardSession(app: App): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.open !== true && !isOpen(request)) throw new Problem('login-required')
  })
}

const actAt = (actor: Actor, at: number): Act => ({ actor, at, realAt: at })

/**
 * Logs a request's caller in. The session is a new one: that from before could have been planted by
 * somebody else. Where the way here was encrypted, the cookie takes no other.
 */
export async function openSession(
  request: FastifyRequest,
  rows: SessionRows,
  actor: Actor,
  now: number,
): Promise<void> {
  const encrypted = request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
  await request.session.regenerate()
  request.session.options({ secure: encrypted })
  rows.open(actAt(actor, now), hashOf(request.session.sessionId), now + weekMs)
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
  if (isOpen(request)) rows.close(actAt(actor, now), hashOf(request.session.sessionId))
  await request.session.destroy()
}

/** Says in the log that somebody has tried. */
export function refuseSession({ ip }: FastifyRequest, rows: SessionRows, actor: Actor, now: number): void {
  rows.refuse(actAt(actor, now), ip)
}

export function isOpen(request: FastifyRequest): boolean {
  return request.session.get('open') === true
}
