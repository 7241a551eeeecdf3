import { createHash, timingSafeEqual } from 'node:crypto'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'
import { type SessionKeeper, weekMs } from './session-file.ts'

declare module 'fastify' {
  interface Session {
    /** Whether the password was given. */
    open?: boolean
  }
}

export const sessionCookie = 'magpie_session'

/** Compares in a time that tells nothing of where the two differ, nor of their lengths. */
export function isPassword(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(right))
}

/** Sessions of those who know the password; they outlast a restart where the keeper has a file. */
export async function sessions(app: App, keeper: SessionKeeper, password: string): Promise<void> {
  await app.register(cookie)
  await app.register(session, {
    secret: keeper.key(password),
    store: keeper.store,
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

/**
 * Logs a request's caller in. The session is a new one: that from before could have been planted by
 * somebody else. Where the way here was encrypted, the cookie takes no other.
 */
export async function openSession(request: FastifyRequest): Promise<void> {
  const encrypted = request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
  await request.session.regenerate()
  request.session.options({ secure: encrypted })
  request.session.set('open', true)
  await request.session.save()
}

export function isOpen(request: FastifyRequest): boolean {
  return request.session.get('open') === true
}
