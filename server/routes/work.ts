import { z } from 'zod'
import { openWorkList } from '../../shared/api/work.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'

export function workRoutes(app: App, context: RouteContext): void {
  app.get(
    '/open-work',
    {
      schema: {
        summary: 'What is under way in the brand',
        description:
          'Counts, previews, imports, rehearsals, moves of the clock and other requests that have been open for a second and longer; the oldest first.',
        tags: ['work'],
        params: brandParams,
        response: { 200: openWorkList },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand } }) => ({ work: brandOf(context, brand).workshop.open.list(brand) }),
  )

  app.delete(
    '/open-work/:id',
    {
      schema: {
        summary: 'End something that is under way',
        description: 'What was written stays. Whoever waits for it is answered `work-ended`.',
        tags: ['work'],
        params: brandParams.extend({ id: z.string() }),
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      const { kind, what } = desk.workshop.open.end(brand, id)
      await desk.stores.audit.note(desk.act(actorOf(context, request)), {
        action: 'work.ended',
        id,
        detail: { kind, what },
      })
      return reply.code(204).send()
    },
  )
}
