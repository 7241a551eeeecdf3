import { z } from 'zod'
import { rehearsalAnswer, rehearsalRequest } from '../../shared/api/rehearsal.ts'
import { type App, brandOf } from '../http/app.ts'
import { localeOf } from '../http/language.ts'
import { brandParams, nothing } from '../http/route.ts'
import { mostKept, Rehearsals } from '../journeys/rehearsals.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ id: z.string() })

export function rehearsalRoutes(app: App, context: RouteContext): void {
  const rehearsals = new Rehearsals()
  app.addHook('onClose', async () => rehearsals.stop())

  app.post(
    '/rehearsals',
    {
      bodyLimit: 4 * 1_048_576,
      schema: {
        summary: 'Start a rehearsal',
        description: 'It runs beside the server and reads only; nothing is written and nothing sent.',
        tags: ['rehearsals'],
        params: brandParams,
        body: rehearsalRequest,
        response: { 202: rehearsalAnswer },
        problems: ['not-found', 'rehearsals-busy', 'body-too-large'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const locale = localeOf(request.headers['accept-language'])
      return reply.code(202).send(rehearsals.begin(desk, request.body, locale))
    },
  )

  app.get(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'How far a rehearsal is, and its report',
        description: `The last ${mostKept} are kept.`,
        tags: ['rehearsals'],
        params,
        response: { 200: rehearsalAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id } }) => rehearsals.find(brandOf(context, brand), id),
  )

  app.delete(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'Cancel a rehearsal',
        tags: ['rehearsals'],
        params,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id } }, reply) => {
      rehearsals.cancel(brandOf(context, brand), id)
      return reply.code(204).send()
    },
  )
}
