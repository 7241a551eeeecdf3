import { z } from 'zod'
import { figuresAnswer, versionAnswer, versionList } from '../../../shared/api/journeys.ts'
import { reportAnswer } from '../../../shared/api/messages.ts'
import { printJourney } from '../../../shared/journey/file.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { exportJourney, listVersions, readFigures, readVersion } from '../../journeys/figures.ts'
import type { RouteContext } from '../context.ts'

const version = z.coerce.number().int().min(1)
const versionQuery = z.object({ version: version.optional() })

export function figureRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys/:id/figures',
    {
      schema: {
        summary: 'The live numbers on the canvas',
        description: 'Of one version, or of all together.',
        tags: ['journeys'],
        params: journeyParams,
        querystring: versionQuery,
        response: { 200: figuresAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) =>
      readFigures(brandOf(context, params.brand), params.id, query.version ?? null),
  )

  app.get(
    '/journeys/:id/versions',
    {
      schema: {
        summary: 'All published versions, the newest first',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: versionList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ versions: await listVersions(brandOf(context, params.brand), params.id) }),
  )

  app.get(
    '/journeys/:id/versions/:version',
    {
      schema: {
        summary: 'The graph of one version',
        tags: ['journeys'],
        params: journeyParams.extend({ version }),
        response: { 200: versionAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readVersion(brandOf(context, params.brand), params.id, params.version),
  )

  app.get(
    '/journeys/:id/export',
    {
      schema: {
        summary: 'The journey as a file',
        description: 'The draft, or one version; as a *.journey.json that can be imported anywhere.',
        tags: ['journeys'],
        params: journeyParams,
        querystring: versionQuery,
        response: {
          200: { description: 'The file', content: { 'application/json': { schema: z.string() } } },
        },
        problems: ['not-found'],
      },
    },
    async ({ params, query }, reply) => {
      const desk = brandOf(context, params.brand)
      const journey = await exportJourney(desk, params.id, query.version ?? null)
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="${params.id}.journey.json"`)
        .serializer((text: string) => text)
        .send(printJourney(journey))
    },
  )

  app.get(
    '/reports/journeys/:id',
    {
      schema: {
        summary: 'The result of a journey: the goal against the control group',
        tags: ['reports'],
        params: journeyParams,
        response: { 200: reportAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return brandOf(context, brand).ask('report', { id }, askedBy(context, request))
    },
  )
}
