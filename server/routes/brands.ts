import { auditPage, auditQuery } from '../../shared/api/audit.ts'
import { brandArchive, brandList, brandMade, brandMake } from '../../shared/api/brands.ts'
import { actorOf } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { House } from '../ports/installation.ts'
import { archiveBrand, listBrands, makeBrand } from '../settings/brands.ts'
import type { RouteContext } from './context.ts'

/** Which brands there are; they come and go while the server runs. */
export function brandsRoutes(app: App, context: RouteContext, house: House): void {
  const tags = ['settings']

  app.get(
    '/brands',
    {
      schema: {
        summary: 'The brands of this installation, and those that were put aside',
        tags,
        response: { 200: brandList },
      },
    },
    async () => listBrands(house),
  )

  app.post(
    '/brands',
    {
      schema: {
        summary: 'Make a brand',
        description: 'It has a database of its own; its id is made from the English name.',
        tags,
        body: brandMake,
        response: { 201: brandMade },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await makeBrand(house, actorOf(context, request), request.body)),
  )

  app.post(
    '/brands/:brand/archive',
    {
      schema: {
        summary: 'End a brand’s work and put its database aside',
        description:
          'Nothing is deleted. The name is given to make sure; the last brand stays. Where journeys run, a refusal lists them under `uses`; with `running: "end"` the brand is put aside all the same.',
        tags,
        params: brandParams,
        body: brandArchive,
        response: { 204: nothing },
        problems: ['not-found', 'brand-name-differs', 'brand-last', 'brand-in-use'],
      },
    },
    async (request, reply) => {
      const { name, running } = request.body
      const command = { id: request.params.brand, name, despiteRunning: running === 'end' }
      await archiveBrand(house, actorOf(context, request), command)
      return reply.code(204).send()
    },
  )

  app.get(
    '/audit',
    {
      schema: {
        summary: 'Who made and archived brands, logged in and out, the newest first',
        tags,
        querystring: auditQuery,
        response: { 200: auditPage },
      },
    },
    async ({ query }) => house.installation.audit.page(query),
  )
}
