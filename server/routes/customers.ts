import { z } from 'zod'
import { customerAnswer, customerList, customerQuery } from '../../shared/api/customers.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { getCustomer, searchCustomers } from '../store/sqlite/customers/search.ts'
import {
  enrollmentsOfCustomer,
  listsOfCustomer,
  ordersOfCustomer,
  timelineOf,
} from '../store/sqlite/customers/timeline.ts'
import { maskPhone } from './contact.ts'
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
    async ({ params, query }) => {
      const { db, now, brand } = brandOf(context, params.brand)
      const found = searchCustomers(db, query, { now: now(), zone: brand().zone })
      const customers = found.customers.map((one) => ({ ...one, phone: maskPhone(one.phone) }))
      return { ...found, customers }
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
    async ({ params }) => {
      const { db, registry } = brandOf(context, params.brand)
      const { customer, tags } = getCustomer(db, params.id)
      const { unsubscribed, attributes, ...rest } = customer
      return {
        customer: {
          ...rest,
          unsubscribed: [...unsubscribed],
          closed: { ...rest.closed },
          attributes: { ...attributes },
        },
        tags,
        audiences: listsOfCustomer(db, params.id),
        ...ordersOfCustomer(db, params.id),
        timeline: timelineOf(db, params.id, registry),
        enrollments: enrollmentsOfCustomer(db, params.id),
      }
    },
  )
}
