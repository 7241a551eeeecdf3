import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors.ts'
import type { App } from './app.ts'
import { sendProblem } from './problem.ts'

const notPages = /^\/(api|hooks|u|healthz|readyz|metrics)(\/|$|\?)/
const yearSeconds = 31_536_000

/** Whether somebody opens a page, rather than a program asking for something. */
function isPage(request: FastifyRequest): boolean {
  const { method, url, headers } = request
  const file = /\.[a-z0-9]+(\?|$)/i.test(url)
  return method === 'GET' && !notPages.test(url) && !file && (headers.accept ?? '').includes('text/html')
}

/**
 * Serves the built web application. Every address that is no file and no API is a page of it; all else
 * that is unknown is a problem.
 */
export async function pages(app: App, webRoot: string | null): Promise<void> {
  const served = webRoot !== null && existsSync(join(webRoot, 'index.html')) ? webRoot : null
  if (served !== null)
    await app.register(fastifyStatic, {
      root: served,
      cacheControl: false,
      wildcard: false,
      setHeaders(response, path) {
        // Built files carry a hash in their names; the page that names them must always be fresh.
        const lasting = path.includes('/assets/')
        response.setHeader(
          'cache-control',
          lasting ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
        )
      },
    })
  app.setNotFoundHandler((request, reply) => {
    if (served !== null && isPage(request)) return reply.sendFile('index.html')
    return sendProblem(new Problem('not-found', { what: request.url }), request, reply)
  })
}
