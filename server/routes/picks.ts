import { z } from 'zod'
import { customerPicks, pickStanding } from '../../shared/api/picks.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { picksOf, readPicks } from '../picks/desk.ts'
import type { RouteContext } from './context.ts'

/** What of the brand's products to show a customer. */
export function pickRoutes(app: App, context: RouteContext): void {
  app.get(
    '/picks',
    {
      schema: {
        summary: 'How picks of products were reckoned last, and how well they did',
        description: 'They are reckoned with the models: each night, and by `POST /models/fit`.',
        tags: ['products'],
        params: brandParams,
        response: { 200: pickStanding },
      },
    },
    async (request) => readPicks(brandOf(context, request.params.brand)),
  )

  app.get(
    '/customers/:id/picks',
    {
      schema: {
        summary:
          'The products that a message would show a customer now, the best first, each with its reason',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        response: { 200: customerPicks },
        problems: ['not-found'],
      },
    },
    async (request) => picksOf(brandOf(context, request.params.brand), request.params.id),
  )
}
