import { z } from 'zod'
import {
  type FiguresAnswer,
  figuresAnswer,
  versionAnswer,
  versionList,
} from '../../../shared/api/journeys.ts'
import { reportAnswer } from '../../../shared/api/messages.ts'
import { printJourney } from '../../../shared/journey/file.ts'
import { type App, brandOf } from '../../http/app.ts'
import { journeyParams } from '../../http/route.ts'
import { figuresOf } from '../../store/sqlite/figures/read.ts'
import { reportOf } from '../../store/sqlite/figures/report.ts'
import { getJourney, hashOf } from '../../store/sqlite/journeys/journeys.ts'
import { versionGraph, versionsOf } from '../../store/sqlite/journeys/versions.ts'
import { StampedCache, stampOf } from '../../store/sqlite/stamp.ts'
import type { RouteContext } from '../context.ts'

const version = z.coerce.number().int().min(1)
const versionQuery = z.object({ version: version.optional() })

export function figureRoutes(app: App, context: RouteContext): void {
  const cache = new StampedCache<FiguresAnswer>()

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
    async ({ params, query }) => {
      const { db, now } = brandOf(context, params.brand)
      const { journey } = getJourney(db, params.id)
      const shown = query.version === undefined ? journey : versionGraph(db, params.id, query.version)
      const version = query.version ?? null
      const nodes = Object.keys(shown.nodes)
      const key = `${params.brand} ${params.id} ${version}`
      const figures = cache.get(key, stampOf(db), () =>
        figuresOf(db, params.id, { version, nodes, now: now() }),
      )
      return { ...figures, now: now() }
    },
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
    async ({ params }) => {
      const { db } = brandOf(context, params.brand)
      getJourney(db, params.id)
      return { versions: versionsOf(db, params.id) }
    },
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
    async ({ params }) => {
      const { db } = brandOf(context, params.brand)
      const journey = versionGraph(db, params.id, params.version)
      const summary = versionsOf(db, params.id).find(({ number }) => number === params.version)
      return {
        number: params.version,
        hash: summary?.hash ?? hashOf(journey),
        publishedAt: summary?.publishedAt ?? 0,
        journey,
      }
    },
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
      const { db } = brandOf(context, params.brand)
      const stored = getJourney(db, params.id)
      const journey =
        query.version === undefined ? stored.journey : versionGraph(db, params.id, query.version)
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
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      const { db, brand, registry } = brandOf(context, params.brand)
      const { journey } = getJourney(db, params.id)
      const { zone, currency } = brand()
      return reportOf(db, params.id, { journey, registry, zone, currency })
    },
  )
}
