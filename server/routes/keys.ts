import { z } from 'zod'
import { keyList, keyMade, keyMake, keyRights } from '../../shared/api/keys.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { listKeys, makeKey, revokeKey } from '../settings/keys.ts'
import type { RouteContext } from './context.ts'

const rights = Object.entries(keyRights)
  .map(([kind, routes]) => `\`${kind}\`: ${routes.map((route) => `\`${route}\``).join(', ')}`)
  .join('\n\n')

/** Keys for other systems; who comes in by one is held to its kind before any route is asked. */
export function keyRoutes(app: App, context: RouteContext): void {
  const tags = ['settings']

  app.get(
    '/keys',
    {
      schema: {
        summary: 'The keys by which other systems call this brand’s API',
        description: `What each kind may call:\n\n${rights}`,
        tags,
        params: brandParams,
        response: { 200: keyList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => listKeys(brandOf(context, params.brand)),
  )

  app.post(
    '/keys',
    {
      schema: {
        summary: 'Make a key',
        description: 'The key itself is told in this answer and never again: only a hash of it is kept.',
        tags,
        params: brandParams,
        body: keyMake,
        response: { 201: keyMade },
        problems: ['not-found', 'key-name-taken', 'keys-too-many'],
      },
    },
    async (request, reply) => {
      const made = await makeKey(
        brandOf(context, request.params.brand),
        actorOf(context, request),
        request.body,
      )
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  app.delete(
    '/keys/:id',
    {
      schema: {
        summary: 'Revoke a key',
        description: 'From now on nobody comes in by it. It stays in the list, as the log names it.',
        tags,
        params: brandParams.extend({ id: z.string().max(100) }),
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await revokeKey(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(204).send()
    },
  )
}
