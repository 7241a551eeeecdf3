import { z } from 'zod'
import {
  failuresAnswer,
  failuresQuery,
  rehearsalAnswer,
  rehearsalRequest,
} from '../../shared/api/rehearsal.ts'
import { concealed } from '../../shared/channels/address/conceal.ts'
import { csvOf } from '../../shared/csv.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { localeOf } from '../http/language.ts'
import { brandParams, nothing } from '../http/route.ts'
import { mostKept, Rehearsals } from '../journeys/rehearsals.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ id: z.string() })

export function rehearsalRoutes(app: App, context: RouteContext): void {
  const rehearsals = new Rehearsals()
  context.drain.onBegin(() => rehearsals.stop())

  app.post(
    '/rehearsals',
    {
      bodyLimit: limits.listBodySize.value,
      schema: {
        summary: 'Start a rehearsal',
        description: 'It runs beside the server and reads only; nothing is written and nothing sent.',
        tags: ['rehearsals'],
        params: brandParams,
        body: rehearsalRequest,
        response: { 202: rehearsalAnswer },
        problems: ['not-found', 'work-busy', 'body-too-large'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const locale = localeOf(request.headers['accept-language'])
      return reply.code(202).send(rehearsals.begin(desk, actorOf(context, request), request.body, locale))
    },
  )

  app.get(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'How far a rehearsal is, and its report',
        description: `The last ${mostKept} are kept.`,
        tags: ['rehearsals'],
        params,
        response: { 200: rehearsalAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const found = rehearsals.find(brandOf(context, brand), id)
      const tripped = found.report?.breaker?.address
      if (tripped === undefined || contactsFor(request) === 'whole') return found
      return concealed(found, [tripped])
    },
  )

  app.get(
    '/rehearsals/:id/failures',
    {
      schema: {
        summary: 'Customers whose message could not be written, a page of them',
        description: 'In the order in which they are found; empty until the rehearsal has ended.',
        tags: ['rehearsals'],
        params,
        querystring: failuresQuery,
        response: { 200: failuresAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id }, query: { offset, limit } }) => {
      const failures = rehearsals.failures(brandOf(context, brand), id)
      return { total: failures.length, failures: failures.slice(offset, offset + limit) }
    },
  )

  app.get(
    '/rehearsals/:id/failures.csv',
    {
      schema: {
        summary: 'All customers whose message could not be written, as a file',
        tags: ['rehearsals'],
        params,
        response: { 200: { description: 'The rows', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id }, headers }, reply) => {
      const rows = rehearsals.failureRows(brandOf(context, brand), id, localeOf(headers['accept-language']))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="rehearsal-${id.slice(0, 8)}.csv"`)
        .send(csvOf(rows))
    },
  )

  app.get(
    '/rehearsals/:id/report.csv',
    {
      schema: {
        summary: 'What happened at each node on each day, as a file',
        description:
          'A row for each day and node: who came, stood there at the day’s end and left by each port; what was sent, held back and why, put off, and its cost. Added up it gives the figures by node, day or channel.',
        tags: ['rehearsals'],
        params,
        response: { 200: { description: 'The rows', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id }, headers }, reply) => {
      const rows = rehearsals.figureRows(brandOf(context, brand), id, localeOf(headers['accept-language']))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="rehearsal-${id.slice(0, 8)}-days.csv"`)
        .send(csvOf(rows))
    },
  )

  app.delete(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'Cancel a rehearsal',
        tags: ['rehearsals'],
        params,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id } }, reply) => {
      rehearsals.cancel(brandOf(context, brand), id)
      return reply.code(204).send()
    },
  )
}
