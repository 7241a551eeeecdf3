import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { Opened } from '../work/open.ts'
import type { By } from '../work/workshop.ts'
import { actorOf } from './actor.ts'
import { type App, type AppDeps, brandOf } from './app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where it is seen under way, and whether its answer is still waited for; null where it is of no brand. */
    opened: { readonly by: Opened; readonly gone: AbortSignal } | null
  }
  interface FastifyContextConfig {
    /** Stays open for as long as a page looks at it, and is no work. */
    lasting?: boolean
  }
}

/** Whoever was ended by a person and does not end is cut off then. */
const graceMs = 1000

/** Shows each request of a brand while it is under way, so that a person can end it. */
export function openRequests(app: App, deps: Pick<AppDeps, 'brands' | 'password'>): void {
  app.decorateRequest('opened', null)
  app.addHook<{ Params: { brand: string } }>('onRequest', async (request, reply) => {
    if (request.routeOptions.config.lasting === true) return
    const { workshop, id } = brandOf(deps, request.params.brand)
    const what = `${request.method} ${request.routeOptions.url ?? ''}`
    const opened = workshop.open.open({ brand: id, kind: 'request', what, actor: actorOf(deps, request) })
    const gone = new AbortController()
    request.opened = { by: opened, gone: gone.signal }
    // The request itself is closed as soon as it has been read; the answer when it is sent, or nobody takes it.
    reply.raw.once('close', () => {
      opened.close()
      if (!reply.raw.writableFinished) gone.abort(new Problem('work-ended'))
    })
    opened.signal.addEventListener('abort', () =>
      setTimeout(() => {
        if (!reply.raw.writableEnded) request.raw.destroy()
      }, graceMs).unref(),
    )
  })
}

/** What may come of whatever is worked out beside the server. */
export const askProblems = [
  'work-busy',
  'work-too-long',
  'work-too-large',
  'work-ended',
  'copy-building',
  'copy-no-room',
  'copy-failed',
  'picks-too-many',
] as const

/** Who asks by a request; it is no longer wanted when its connection has gone. */
export function askedBy(deps: Pick<AppDeps, 'password'>, request: FastifyRequest): By {
  const { opened } = request
  if (opened === null) throw new Error('a request of no brand asks nothing')
  return { actor: actorOf(deps, request), signal: opened.gone, opened: opened.by }
}
