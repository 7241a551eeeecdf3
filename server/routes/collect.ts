import type { FastifyReply } from 'fastify'
import { collectKey, collectRequest } from '../../shared/api/tracking.ts'
import { Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { limits } from '../../shared/limits.ts'
import type { App } from '../http/app.ts'
import { nothing } from '../http/route.ts'
import { collect } from '../tracking/tracking.ts'
import type { RouteContext } from './context.ts'

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The brand of a tracking key, which its page does not name. */
async function keyOf({ brands }: RouteContext, id: string) {
  for (const desk of brands.values()) {
    const key = await desk.stores.tracking.find(id)
    if (key !== null) return { desk, key }
  }
  throw new Problem('tracking-refused')
}

/** A page of the key's sites may read that it was refused, so that it does not tell the same again and again. */
const allow = (reply: FastifyReply, origin: string) =>
  reply.header('access-control-allow-origin', origin).header('vary', 'origin')

/**
 * Where web pages tell of visits: by anybody, from the sites of the key alone, and to be read by nobody. The body is JSON
 * sent as text, which a browser sends to another site without asking first.
 */
export async function collectRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.post(
    '/collect',
    {
      config: {
        open: true,
        anyOrigin: true,
        rateLimit: { max: limits.collectCalls.value, timeWindow: 60_000 },
      },
      bodyLimit: limits.collectBodySize.value,
      schema: {
        summary: 'What a web page tells of a visit',
        description:
          'For track.js: a tracking key, an anonymous id and events. Only pages of the key’s sites are heard; nothing is answered. Who the visitor is has to be signed by your server: `t=<seconds>,v1=<hex>` over the seconds, a dot and the id, which holds for an hour. The hex of the id alone, as it was at first, holds for good.',
        tags: ['events'],
        response: { 204: nothing },
        problems: [
          'tracking-refused',
          'signature-wrong',
          'signature-old',
          'body-too-large',
          'too-many-requests',
        ],
      },
    },
    async (request, reply) => {
      const body = json(String(request.body))
      const named = collectKey.safeParse(body)
      if (!named.success) throw new InvalidInput(named.error)
      const { desk, key } = await keyOf(context, named.data.key)
      const { origin } = request.headers
      if (origin === undefined || !key.origins.includes(origin)) throw new Problem('tracking-refused')
      allow(reply, origin)
      const read = collectRequest.safeParse(body)
      if (!read.success) throw new InvalidInput(read.error)
      await collect(desk, key, read.data, context.linkSecret)
      return reply.code(204).send()
    },
  )
}
