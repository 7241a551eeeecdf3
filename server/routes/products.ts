import { z } from 'zod'
import { productList, productQuery, productRecord } from '../../shared/api/products.ts'
import { recordsAnswer } from '../../shared/api/records.ts'
import { limits } from '../../shared/limits.ts'
import { listProducts, removeProduct } from '../customers/products.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { recordTypes } from '../http/records.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'
import { answerRecords, recordProblems } from './records.ts'

/** What the brand sells. */
export function productRoutes(app: App, context: RouteContext): void {
  const tags = ['products']

  app.get(
    '/products',
    {
      schema: {
        summary: 'What the brand sells',
        description: 'By part of an id or a title, and by category; ordered by id.',
        tags,
        params: brandParams,
        querystring: productQuery,
        response: { 200: productList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => listProducts(brandOf(context, params.brand), query),
  )

  app.post(
    '/products',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.recordsBodySize.value,
      schema: {
        summary: 'Save products: one, a list, or a stream',
        description:
          'Each is made or changed by itself: what it leaves out stays, null takes away, any other field is an attribute. Results as of POST /customers.',
        tags,
        consumes: recordTypes,
        params: brandParams,
        record: productRecord,
        response: { 200: recordsAnswer },
        problems: [...recordProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return answerRecords(request, reply, { desk, actor: actorOf(context, request), kind: 'products' })
    },
  )

  app.delete(
    '/products/:id',
    {
      schema: {
        summary: 'Take a product out',
        description: 'Orders of it stay as they are.',
        tags,
        params: brandParams.extend({ id: z.string().min(1).max(limits.idLength.value) }),
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await removeProduct(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(204).send()
    },
  )
}
