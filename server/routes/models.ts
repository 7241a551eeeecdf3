import { modelList } from '../../shared/api/models.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { fitModels, listModels } from '../models/desk.ts'
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
}
