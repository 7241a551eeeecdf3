import { z } from 'zod'
import { sessionList, sessionOpen, sessionsEnd } from '../../shared/api/system.ts'
import { Problem } from '../../shared/errors/index.ts'
import { actorOf, strangerOf } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { loginDoor } from '../http/login.ts'
import { nothing } from '../http/route.ts'
import {
  closeSession,
  endSession,
  endSessions,
  listSessions,
  openSession,
  refuseSession,
} from '../http/session.ts'
import type { RouteContext } from './context.ts'

/** Who comes in, and who is in. Where no password is set, everybody is, and nobody is listed. */
export function sessionRoutes(app: App, context: RouteContext): void {
  const { password, sessions, clock } = context
  const knock = password === null ? null : loginDoor(password, clock.elapsed)
  const tags = ['system']

  app.post(
    '/session',
    {
      config: { open: true },
      schema: {
        summary: 'Log in',
        description: 'The session travels in a cookie. Where no password is set, there is nothing to do.',
        tags,
        body: sessionOpen,
        response: { 204: nothing },
        problems: ['wrong-password', 'origin-refused'],
      },
    },
    async (request, reply) => {
      if (knock === null) return reply.code(204).send()
      if (!(await knock(request, request.body.password))) {
        await refuseSession(request, sessions, strangerOf(request), clock.now())
        throw new Problem('wrong-password', {}, 'password')
      }
      const actor = actorOf(context, request)
      await openSession(request, sessions, actor, clock.now(), context.publicUrl ?? null)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/session',
    { config: { open: true }, schema: { summary: 'Log out', tags, response: { 204: nothing } } },
    async (request, reply) => {
      if (password !== null) await closeSession(request, sessions, actorOf(context, request), clock.now())
      return reply.code(204).send()
    },
  )

  app.get(
    '/sessions',
    {
      schema: {
        summary: 'Who is logged in',
        description: 'The newest first; none where no password is set.',
        tags,
        response: { 200: sessionList },
      },
    },
    async (request) => (password === null ? { sessions: [] } : listSessions(request, sessions, clock.now())),
  )

  app.delete(
    '/sessions',
    {
      schema: {
        summary: 'Log out everywhere',
        tags,
        querystring: sessionsEnd,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      if (password !== null) {
        const actor = actorOf(context, request)
        await endSessions(request, sessions, { actor, now: clock.now(), keep: request.query.keep })
      }
      return reply.code(204).send()
    },
  )

  app.delete(
    '/sessions/:id',
    {
      schema: {
        summary: 'End one login',
        tags,
        params: z.object({ id: z.string().max(100) }),
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      await endSession(request.params.id, sessions, actorOf(context, request), clock.now())
      return reply.code(204).send()
    },
  )
}
