import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { AppDeps } from './app.ts'
import { isLoopbackHost } from './guard.ts'
import { isOpen } from './session.ts'

/** Headers by which a proxy says for whom it asks: behind one, everybody comes from loopback. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const
const loopback = /^(127\.|::1$|::ffff:127\.)/

/** Whether this very machine asks, and nobody through it. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  return (
    loopback.test(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host ?? '') &&
    forwarding.every((name) => headers[name] === undefined)
  )
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** In the same time whatever is given. */
function bears({ headers }: FastifyRequest, token: string): boolean {
  const [, given = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token))
}

/** Who may read the figures: this machine where nobody else is listened to, who has the token, who is logged in. */
export function mayMeasure(
  request: FastifyRequest,
  { loopback: alone, metricsToken = null, password }: AppDeps,
): boolean {
  if (alone && isFromHere(request)) return true
  if (metricsToken !== null && bears(request, metricsToken)) return true
  return password !== null && isOpen(request)
}
