import { upkeepAnswer } from '../../shared/api/upkeep.ts'
import { actorOf } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { nothing } from '../http/route.ts'
import type { House } from '../ports/installation.ts'
import type { RouteContext } from './context.ts'

/** What is done for the data each night. */
export function upkeepRoutes(app: App, context: RouteContext, { upkeep }: House): void {
  const tags = ['system']

  app.get(
    '/upkeep',
    {
      schema: {
        summary: 'What is done for the data each night, and how the last one went',
        tags,
        response: { 200: upkeepAnswer },
      },
    },
    async () => upkeep.state(),
  )

  app.post(
    '/upkeep',
    {
      schema: {
        summary: 'Tend the data now',
        description: 'It goes on beside the server; `GET /upkeep` says when it is done.',
        tags,
        response: { 202: nothing },
        problems: ['upkeep-running'],
      },
    },
    async (request, reply) => {
      await upkeep.begin(actorOf(context, request))
      return reply.code(202).send()
    },
  )
}
