import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'
import { type Allowed, answerMethods } from './methods.ts'
import { sendProblem } from './problem.ts'

const notPages = /^\/(api|hooks|u|a|l|o|healthz|readyz|metrics|collect)(\/|$|\?)/
const yearSeconds = 31_536_000

/** Whether an address is a page of the application rather than a file of it. */
function isPage({ url }: FastifyRequest): boolean {
  return !/\.[a-z0-9]+$/i.test(url.split('?')[0] ?? '')
}

const unknown = (request: FastifyRequest, reply: FastifyReply) =>
  sendProblem(new Problem('not-found', { what: request.url }), request, reply)

/**
 * Serves the built web application. Every address that is no file and no API is a page of it; all else
 * that is unknown is a problem.
 */
export async function pages(app: App, webRoot: string | null, allowed: Allowed): Promise<void> {
  app.setNotFoundHandler(unknown)
  if (webRoot === null || !existsSync(join(webRoot, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: webRoot,
    serve: false,
    cacheControl: false,
    setHeaders(response, path) {
      // Built files carry a hash in their names; the page that names them must always be fresh.
      const lasting = path.includes('/assets/')
      response.setHeader('cache-control', lasting ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
      // Shops load it from their own sites.
      if (path.endsWith('track.js')) response.setHeader('cross-origin-resource-policy', 'cross-origin')
    },
  })
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    if (notPages.test(request.url)) return answerMethods(request, reply, allowed) ?? unknown(request, reply)
    return reply.sendFile(isPage(request) ? 'index.html' : (request.url.split('?')[0] ?? ''))
  })
}
