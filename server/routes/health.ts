import type { Registry } from 'prom-client'
import { z } from 'zod'
import { type ErrorCode, errors, Problem } from '../../shared/errors/index.ts'
import type { App } from '../http/app.ts'
import { problemEntry } from '../http/problem.ts'
import { isOpen } from '../http/session.ts'
import type { RouteContext } from './context.ts'

const alive = z.object({ status: z.literal('ok') })
const loopback = /^(127\.|::1$|::ffff:127\.)/

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}

export function healthRoutes(app: App, context: RouteContext, metrics: Registry): void {
  app.get(
    '/healthz',
    {
      schema: { summary: 'Whether the process answers', tags: ['system'], response: { 200: alive } },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Whether the databases answer',
        tags: ['system'],
        response: { 200: alive },
        problems: ['not-ready'],
      },
    },
    async (request) => {
      for (const { id, stores } of context.brands.values())
        try {
          await stores.health.ping()
        } catch (error) {
          request.log.error({ err: error, brand: id }, 'the database does not answer')
          throw new Problem('not-ready', {}, id)
        }
      return { status: 'ok' as const }
    },
  )

  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Figures for Prometheus',
        description: 'Where a password is set, only this machine reads them without logging in.',
        tags: ['system'],
        response: { 200: { description: 'Figures', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      if (context.password !== null && !loopback.test(request.ip) && !isOpen(request))
        throw new Problem('login-required')
      const text = await metrics.metrics()
      return reply
        .type(metrics.contentType)
        .serializer((figures: string) => figures)
        .send(text)
    },
  )

  app.get(
    '/api/problems/:code',
    {
      schema: {
        summary: 'What a problem means, and how to mend it',
        tags: ['system'],
        params: z.object({ code: z.string() }),
        response: { 200: problemEntry },
        problems: ['not-found'],
      },
    },
    async ({ params: { code } }) => {
      if (!isCode(code)) throw new Problem('not-found', { what: code }, 'code')
      return { code, ...errors[code] }
    },
  )
}
