import { z } from 'zod'
import { journeyAnswer } from '../../../shared/api/journeys.ts'
import { differenceAnswer, movesAnswer, restoreRequest } from '../../../shared/api/versions.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { journeyParams } from '../../http/route.ts'
import { readMoves } from '../../journeys/moves.ts'
import { readDifference, restoreVersion } from '../../journeys/versions.ts'
import type { RouteContext } from '../context.ts'

const version = z.coerce.number().int().min(1)
const pair = z.object({
  from: version.optional().describe('The version before; without it the draft'),
  to: version.optional().describe('The version after; without it the draft'),
})

export function versionRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys/:id/difference',
    {
      schema: {
        summary: 'What differs between two versions, or between one and the draft',
        description:
          'Nodes and fields added, removed and changed, with what each card says. The layout has no meaning.',
        tags: ['journeys'],
        params: journeyParams,
        querystring: pair,
        response: { 200: differenceAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) =>
      readDifference(brandOf(context, params.brand), {
        id: params.id,
        from: query.from ?? null,
        to: query.to ?? null,
      }),
  )

  app.get(
    '/journeys/:id/moves',
    {
      schema: {
        summary: 'How far people under way have been moved',
        description:
          'What a publication has planned for those in earlier versions, and what other values say anew, while it goes on. None of it can be ended half-way.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: movesAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readMoves(brandOf(context, params.brand), params.id),
  )

  app.post(
    '/journeys/:id/versions/:version/restore',
    {
      schema: {
        summary: 'Make a published version the draft again',
        description: 'Nothing is published by it; the draft that it replaces is gone.',
        tags: ['journeys'],
        params: journeyParams.extend({ version }),
        body: restoreRequest,
        response: { 200: journeyAnswer },
        problems: ['not-found', 'stale-revision'],
      },
    },
    async (request) => {
      const { brand, id, version: number } = request.params
      const command = { id, version: number, revision: request.body.revision }
      return restoreVersion(brandOf(context, brand), actorOf(context, request), command)
    },
  )
}
