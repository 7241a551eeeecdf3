import { z } from 'zod'
import { customerAnswer, customerList, customerQuery } from '../../shared/api/customers.ts'
import { readCustomer, searchCustomers } from '../customers/customers.ts'
import { type App, brandOf } from '../http/app.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
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
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const { search = '', audience, tag } = request.query
      // A page of all customers is read by key; whatever picks among them may have to look at each.
      const picks = search.trim() !== '' || audience !== undefined || tag !== undefined
      return picks
        ? desk.ask('customers', request.query, askedBy(context, request))
        : searchCustomers(desk, request.query)
    },
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
