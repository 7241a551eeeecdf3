import { unreadableDrop, unreadableList, unreadableMend } from '../../shared/api/unreadable.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, nothing } from '../http/route.ts'
import { dropRow, mendRow } from '../settings/unreadable.ts'
import type { RouteContext } from './context.ts'

export function unreadableRoutes(app: App, context: RouteContext): void {
  app.get(
    '/unreadable',
    {
      schema: {
        summary: 'What stands in the database and cannot be read',
        description:
          'Whatever an earlier release, another program or a hand has left. It holds up nothing else.',
        tags: ['settings'],
        params: brandParams,
        response: { 200: unreadableList },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => brandOf(context, request.params.brand).ask('rows', {}, askedBy(context, request)),
  )

  app.put(
    '/unreadable',
    {
      bodyLimit: limits.journeyBodySize.value,
      schema: {
        summary: 'Mend the text of what cannot be read',
        description: 'It is written only if it can be read then.',
        tags: ['settings'],
        params: brandParams,
        body: unreadableMend,
        response: { 204: nothing },
        problems: ['not-found', 'row-unreadable', 'body-too-large'],
      },
    },
    async (request, reply) => {
      await mendRow(brandOf(context, request.params.brand), actorOf(context, request), request.body)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/unreadable',
    {
      schema: {
        summary: 'Do without what cannot be read',
        tags: ['settings'],
        params: brandParams,
        querystring: unreadableDrop,
        response: { 204: nothing },
        problems: ['not-found', 'row-stays'],
      },
    },
    async (request, reply) => {
      await dropRow(brandOf(context, request.params.brand), actorOf(context, request), request.query)
      return reply.code(204).send()
    },
  )
}
