import { z } from 'zod'
import {
  certificate,
  certificateList,
  erasureAnswer,
  erasureLook,
  erasureRequest,
  erasuresQuery,
} from '../../shared/api/erasures.ts'
import { eraseCustomers, listErasures, lookAtErasure, readErasure } from '../customers/erasures.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

const ofOne = brandParams.extend({ id: z.string() })

export function erasureRoutes(app: App, context: RouteContext): void {
  app.get(
    '/customers/:id/erasure',
    {
      schema: {
        summary: 'What erasing a customer would take away',
        description: 'With the other records that bear an address of theirs: the same person, or not.',
        tags: ['customers'],
        params: ofOne,
        response: { 200: erasureLook },
        problems: ['not-found'],
      },
    },
    async ({ params }) => lookAtErasure(brandOf(context, params.brand), params.id),
  )

  app.post(
    '/erasures',
    {
      config: { idempotent: true },
      schema: {
        summary: 'Erase customers',
        description:
          'Ends every passage, withdraws what is queued, and takes them out of every table, log and file; what was counted stays as numbers. It cannot be undone. Backups are not touched. It goes on by itself: the certificate says when it is done.',
        tags: ['customers'],
        params: brandParams,
        body: erasureRequest,
        response: { 202: erasureAnswer },
        problems: ['not-found', 'unknown-customer'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return reply.code(202).send(await eraseCustomers(desk, actorOf(context, request), request.body))
    },
  )

  app.get(
    '/erasures',
    {
      schema: {
        summary: 'The certificates of erasures',
        description: 'The newest first. They say what was taken away, when and by whom, and nothing of whom.',
        tags: ['customers'],
        params: brandParams,
        querystring: erasuresQuery,
        response: { 200: certificateList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => listErasures(brandOf(context, params.brand), query),
  )

  app.get(
    '/erasures/:id',
    {
      schema: {
        summary: 'The certificate of an erasure',
        tags: ['customers'],
        params: ofOne,
        response: { 200: certificate },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readErasure(brandOf(context, params.brand), params.id),
  )
}
