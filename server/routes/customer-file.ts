import { Readable } from 'node:stream'
import { z } from 'zod'
import { customerFileQuery } from '../../shared/api/customer-file.ts'
import { customerFile } from '../customers/customer-file.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

/** Customers as a file. */
export function customerFileRoutes(app: App, context: RouteContext): void {
  app.get(
    '/export/customers.csv',
    {
      schema: {
        summary: 'Customers as a file: all, or of a search, an audience, a tag',
        description:
          'With tags and attributes, under the names by which an import knows them again. What a spreadsheet would compute is led by an apostrophe. The log says who took how many, and whether with whole phones and mailboxes; a browser gets them masked unless it asks for them.',
        tags: ['customers'],
        params: brandParams,
        querystring: customerFileQuery,
        response: { 200: { description: 'The customers', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request, reply) => {
      const { query } = request
      const desk = brandOf(context, request.params.brand)
      const { contacts: wanted, ...filter } = query
      const contacts = contactsFor(request, wanted)
      const asked = { ...filter, wholeContacts: contacts === 'masked' }
      const ids = await desk.ask('members', asked, askedBy(context, request))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="customers.csv"')
        .header('cache-control', 'no-store')
        .send(Readable.from(customerFile(desk, actorOf(context, request), { ids, query, contacts })))
    },
  )
}
