import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'
import { sendProblem } from './problem.ts'

/** Every page of the application answers here; what is no page it refuses itself. */
const anyPage = '/*'

interface Route {
  readonly pattern: RegExp
  readonly methods: Set<string>
}

/** A route's address as an expression over the addresses that it answers: `:name` is one part, `*` the rest. */
function patternOf(url: string): RegExp {
  const parts = url.replace(/\/+$/, '').split('/')
  const each = parts.map((part) => {
    if (part.startsWith(':')) return '[^/]+'
    return part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${each.join('/')}/?$`)
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

/** Which methods an address answers, by the routes that were registered; nothing where there is no such address. */
export type Allowed = (url: string) => readonly string[]

export function watchMethods(app: App): Allowed {
  const routes = new Map<string, Route>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url === anyPage) return
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    for (const one of [method].flat()) route.methods.add(one)
    routes.set(url, route)
  })
  return (url) => {
    const path = pathOf(url)
    const found = [...routes.values()].filter(({ pattern }) => pattern.test(path))
    const methods = new Set(found.flatMap((route) => [...route.methods]))
    return methods.size === 0 ? [] : [...methods, 'OPTIONS'].sort()
  }
}

/**
 * Answers for an address that is there by other methods: which ones, in Allow (RFC 9110, 15.5.6), before a body is
 * read. OPTIONS asks for just that.
 */
export function answerMethods(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: Allowed,
): FastifyReply | null {
  const methods = allowed(request.url)
  if (methods.length === 0) return null
  reply.header('allow', methods.join(', '))
  if (request.method === 'OPTIONS') return reply.code(204).send()
  const { method } = request
  return sendProblem(
    new Problem('method-not-allowed', { method, allowed: methods.join(', ') }),
    request,
    reply,
  )
}

/** Refuses methods that an address does not answer, before anything else is asked of the request. */
export function guardMethods(app: App, allowed: Allowed): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return answerMethods(request, reply, allowed) ?? undefined
  })
}
