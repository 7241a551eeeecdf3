import { z } from 'zod'
import { openWorkList } from '../../shared/api/work.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { movesAsWork, refuseEnding } from '../journeys/moves.ts'
import type { RouteContext } from './context.ts'

export function workRoutes(app: App, context: RouteContext): void {
  app.get(
    '/open-work',
    {
      schema: {
        summary: 'What is under way in the brand',
        description:
          'Counts, previews, imports, rehearsals, moves of the clock and other requests that have been open for a second and longer; first, people who are moved to a new version, and messages that are said anew. The oldest first.',
        tags: ['work'],
        params: brandParams,
        response: { 200: openWorkList },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand } }) => {
      const desk = brandOf(context, brand)
      return { work: [...(await movesAsWork(desk)), ...desk.workshop.open.list(brand)] }
    },
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
        problems: ['not-found', 'work-not-endable'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      await refuseEnding(desk, id)
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
