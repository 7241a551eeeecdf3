import { z } from 'zod'
import { groupNaming, modelList } from '../../shared/api/models.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { fitModels, listModels, nameGroup } from '../models/desk.ts'
import type { RouteContext } from './context.ts'

/** What models reckon of customers. */
export function modelRoutes(app: App, context: RouteContext): void {
  app.get(
    '/models',
    {
      schema: {
        summary: 'The models, how they were fitted last, and how well they did',
        description: 'What a model says of one customer stands with the customer.',
        tags: ['models'],
        params: brandParams,
        response: { 200: modelList },
      },
    },
    async (request) => listModels(brandOf(context, request.params.brand)),
  )

  app.post(
    '/models/fit',
    {
      schema: {
        summary: 'Fit all models now, and score everybody who has bought',
        description:
          'It goes on beside the server; `GET /models` says how far it is. Each night does the same.',
        tags: ['models'],
        params: brandParams,
        response: { 202: nothing },
        problems: ['scoring-running', 'work-busy'],
      },
    },
    async (request, reply) => {
      await fitModels(brandOf(context, request.params.brand), actorOf(context, request))
      return reply.code(202).send()
    },
  )

  app.put(
    '/models/groups/:id',
    {
      schema: {
        summary: 'Name a group of customers',
        description:
          'The name is kept when the models are fitted anew. Its customers have it as `score_group` once they are scored, which begins at once beside the server.',
        tags: ['models'],
        params: brandParams.extend({ id: z.string() }),
        body: groupNaming,
        response: { 202: nothing },
        problems: ['group-unknown', 'group-name-taken', 'scoring-running', 'work-busy'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await nameGroup(brandOf(context, brand), actorOf(context, request), { id, ...request.body })
      return reply.code(202).send()
    },
  )
}
