import { type SystemAnswer, sessionOpen, systemAnswer } from '../../shared/api/system.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf, strangerOf } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { nothing } from '../http/route.ts'
import { closeSession, isOpen, isPassword, openSession, refuseSession } from '../http/session.ts'
import type { RouteContext } from './context.ts'

/** Wrong passwords from one address in a minute; then it waits. */
const mostLogins = limits.logins.value

function modelOf({ brands }: RouteContext): SystemAnswer['ai'] {
  for (const runtime of brands.values()) {
    const model = runtime.polisher()?.model ?? null
    if (model !== null) return { configured: true, model }
  }
  return { configured: false, model: null }
}

export function systemRoutes(app: App, context: RouteContext): void {
  app.get(
    '/system',
    {
      config: { open: true },
      schema: {
        summary: 'What this installation is',
        tags: ['system'],
        response: { 200: systemAnswer },
      },
    },
    async (request) => ({
      mode: context.mode,
      brands: [...context.brands.values()].map((runtime) => {
        const { name, zone, currency } = runtime.brand()
        return { id: runtime.id, name, sandbox: runtime.sandbox, zone, currency }
      }),
      login: context.password !== null,
      loginRequired: context.password !== null && !isOpen(request),
      ai: modelOf(context),
    }),
  )

  app.post(
    '/session',
    {
      config: { open: true, rateLimit: { max: mostLogins, timeWindow: 60_000 } },
      schema: {
        summary: 'Log in',
        description: 'The session travels in a cookie. Where no password is set, there is nothing to do.',
        tags: ['system'],
        body: sessionOpen,
        response: { 204: nothing },
        problems: ['wrong-password', 'origin-refused'],
      },
    },
    async (request, reply) => {
      if (context.password === null) return reply.code(204).send()
      if (!(await isPassword(request.body.password, context.password))) {
        refuseSession(request, context.sessions, strangerOf(request), context.clock.now())
        throw new Problem('wrong-password', {}, 'password')
      }
      await openSession(request, context.sessions, actorOf(context, request), context.clock.now())
      return reply.code(204).send()
    },
  )

  app.delete(
    '/session',
    {
      config: { open: true },
      schema: { summary: 'Log out', tags: ['system'], response: { 204: nothing } },
    },
    async (request, reply) => {
      if (context.password !== null)
        await closeSession(request, context.sessions, actorOf(context, request), context.clock.now())
      return reply.code(204).send()
    },
  )
}
