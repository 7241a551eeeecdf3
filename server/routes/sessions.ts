import { z } from 'zod'
import { sessionList, sessionOpen, sessionsEnd } from '../../shared/api/system.ts'
import { type Actor, staffId } from '../../shared/audit/actor.ts'
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

/** Who of the staff of a brand may log in by a number; null where nobody may. */
async function loginOf(context: RouteContext, { brand, id }: { brand: string; id: string }) {
  const known = [...context.brands.values()].find((runtime) => runtime.id === brand)
  return known === undefined ? null : known.stores.staff.loginOf(id)
}

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
        description:
          'The session travels in a cookie. Where no password is set, there is nothing to do. With `staff` one of the staff logs in, who sees their own tasks and customers alone.',
        tags,
        body: sessionOpen,
        response: { 204: nothing },
        problems: ['wrong-password', 'origin-refused'],
      },
    },
    async (request, reply) => {
      if (knock === null) return reply.code(204).send()
      const { password: given, staff } = request.body
      const login = staff === undefined ? null : await loginOf(context, staff)
      // For nobody a password is looked at too, so that it takes as long.
      const right = await knock(request, given, login?.mark ?? null)
      if (!right || (staff !== undefined && login === null)) {
        await refuseSession(request, sessions, strangerOf(request), clock.now())
        throw new Problem('wrong-password', {}, 'password')
      }
      const known: Actor = { ...actorOf(context, request), kind: 'person' }
      const actor = login === null ? known : { ...known, id: staffId(login.id) }
      const whose = staff === undefined || login === null ? null : { brand: staff.brand, staff: login.id }
      await openSession(request, sessions, actor, clock.now(), {
        publicUrl: context.publicUrl ?? null,
        staff: whose,
      })
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
