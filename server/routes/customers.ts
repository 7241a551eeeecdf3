import { z } from 'zod'
import { customerOrderPage, customerOrderQuery } from '../../shared/api/customer-orders.ts'
import { customerSort } from '../../shared/api/customer-sort.ts'
import { customerVisitPage, customerVisitQuery } from '../../shared/api/customer-visits.ts'
import { customerAnswer, customerList, customerQuery, oneCustomerQuery } from '../../shared/api/customers.ts'
import { eventCorrection } from '../../shared/api/events.ts'
import { timelinePage, timelineQuery } from '../../shared/api/timeline.ts'
import {
  correctEvent,
  readCustomer,
  readOrders,
  readTimeline,
  readVisits,
  removeEvent,
  searchCustomers,
} from '../customers/customers.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'

const eventParams = brandParams.extend({
  id: z.string(),
  name: z.string().describe('`order`, or another event’s name'),
  event: z.string().describe('The order’s number, or the event’s id'),
})

const askedOf = ({ id, name, event }: z.output<typeof eventParams>) => ({ customerId: id, name, id: event })

export function customerRoutes(app: App, context: RouteContext): void {
  app.get(
    '/customers',
    {
      schema: {
        summary: 'Search customers',
        description: `By part of an id, a name, a phone or an e-mail address, of which whoever sees them masked has to say the whole; by audience and tag. Phones are masked. ${customerSort.description}.`,
        tags: ['customers'],
        params: brandParams,
        querystring: customerQuery,
        response: { 200: customerList },
        problems: ['not-found', 'sort-needs-audience', 'sort-elsewhere', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const query = { ...request.query, wholeContacts: contactsFor(request) === 'masked' }
      const { search = '', audience, tag, sort = 'id' } = query
      // A page of all customers is read by key; whatever picks among them, or sorts them, may have to look at each.
      const picks = search.trim() !== '' || audience !== undefined || tag !== undefined || sort !== 'id'
      return picks ? desk.ask('customers', query, askedBy(context, request)) : searchCustomers(desk, query)
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
        querystring: oneCustomerQuery,
        response: { 200: customerAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const { story } = request.query
      return readCustomer(brandOf(context, brand), { id, story, contacts: contactsFor(request) })
    },
  )

  app.get(
    '/customers/:id/orders',
    {
      schema: {
        summary: 'A page of what a customer has bought',
        description: 'The newest first, each with its lines and what the brand knows of their products.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        querystring: customerOrderQuery,
        response: { 200: customerOrderPage },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { params, query } = request
      const asked = { id: params.id, query, contacts: contactsFor(request) }
      return readOrders(brandOf(context, params.brand), asked)
    },
  )

  app.get(
    '/customers/:id/visits',
    {
      schema: {
        summary: 'A page of the pages that a customer has looked at',
        description:
          'The newest first, each with how long it was seen and where the visit came from, as the tracking script or another source told; what a visitor did before it was known who it was is among them.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        querystring: customerVisitQuery,
        response: { 200: customerVisitPage },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { params, query } = request
      const asked = { id: params.id, query, contacts: contactsFor(request) }
      return readVisits(brandOf(context, params.brand), asked)
    },
  )

  app.get(
    '/customers/:id/timeline',
    {
      schema: {
        summary: 'A page of all that has happened between the brand and one customer',
        description:
          'Orders, visits, messages and what became of them, steps of journeys with their reasons, tasks, consents and edits, the newest first; by kind, time and part of a text.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        querystring: timelineQuery,
        response: { 200: timelinePage },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { params, query } = request
      return readTimeline(brandOf(context, params.brand), {
        id: params.id,
        query,
        contacts: contactsFor(request),
      })
    },
  )

  app.put(
    '/customers/:id/events/:name/:event',
    {
      schema: {
        summary: 'Correct an order, or anything else that a customer did',
        description:
          'Reports, totals and conditions count it as it is then, and goals follow. Who has come in by it, and what was sent, stays as it happened.',
        tags: ['customers'],
        params: eventParams,
        body: eventCorrection,
        response: { 204: nothing },
        problems: ['not-found', 'negative-order', 'negative-refund', 'refund-below'],
      },
    },
    async (request, reply) => {
      const { brand } = request.params
      const command = { event: askedOf(request.params), correction: request.body }
      await correctEvent(brandOf(context, brand), actorOf(context, request), command)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/customers/:id/events/:name/:event',
    {
      schema: {
        summary: 'Delete an order, with its refunds, or anything else that a customer never did',
        tags: ['customers'],
        params: eventParams,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand } = request.params
      await removeEvent(brandOf(context, brand), actorOf(context, request), askedOf(request.params))
      return reply.code(204).send()
    },
  )
}
