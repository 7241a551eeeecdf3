import { z } from 'zod'
import { customerAnswer, customerList, customerQuery } from '../../shared/api/customers.ts'
import { readCustomer, searchCustomers } from '../customers/customers.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

export function customerRoutes(app: App, context: RouteContext): void {
  app.get(
    '/customers',
    {
      schema: {
        summary: 'Search customers',
        description:
          'By part of an id, a name, a phone or an e-mail address; by audience and tag. Phones are masked.',
        tags: ['customers'],
        params: brandParams,
        querystring: customerQuery,
        response: { 200: customerList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => searchCustomers(brandOf(context, params.brand), query),
  )

  app.get(
    '/customers/:id',
    {
      schema: {
        summary: 'All that is known of one customer',
        description: 'Profile, orders, audiences, passages, and a timeline of steps, messages and events.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        response: { 200: customerAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readCustomer(brandOf(context, params.brand), params.id),
  )
}
