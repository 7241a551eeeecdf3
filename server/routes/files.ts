import { Readable } from 'node:stream'
import { z } from 'zod'
import { messageFileQuery } from '../../shared/api/message-file.ts'
import { reportFileQuery } from '../../shared/api/report-file.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { localeOf } from '../http/language.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, journeyParams } from '../http/route.ts'
import { messageFile, reportAsFile } from '../messages/files.ts'
import type { RouteContext } from './context.ts'

const csv = (description: string) => ({ description, content: { 'text/csv': { schema: z.any() } } })
const csvType = 'text/csv; charset=utf-8'

/** Messages and reports as files. */
export function fileRoutes(app: App, context: RouteContext): void {
  app.get(
    '/export/messages.csv',
    {
      schema: {
        summary: 'Messages as a file: all, or of a state, a channel, a journey or a customer',
        description:
          'The newest first, with when each was reported delivered, opened, clicked and so on; costs in the main unit. What a spreadsheet would compute is led by an apostrophe. The log says who took it.',
        tags: ['messages'],
        params: brandParams,
        querystring: messageFileQuery,
        response: { 200: csv('The messages') },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { query, headers } = request
      const desk = brandOf(context, request.params.brand)
      const locale = query.language ?? localeOf(headers['accept-language'])
      const contacts = contactsFor(request, query.contacts)
      return reply
        .type(csvType)
        .header('content-disposition', 'attachment; filename="messages.csv"')
        .header('cache-control', 'no-store')
        .send(Readable.from(messageFile(desk, actorOf(context, request), { query, contacts, locale })))
    },
  )

  app.get(
    '/export/reports/journeys/:id',
    {
      schema: {
        summary: 'The result of a journey as a file',
        description:
          'A line for each figure: its part, of what, which figure, and its value; amounts in the main unit.',
        tags: ['reports'],
        params: journeyParams,
        querystring: reportFileQuery,
        response: { 200: csv('The figures') },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request, reply) => {
      const { params, query, headers } = request
      const desk = brandOf(context, params.brand)
      const report = await desk.ask('report', { id: params.id }, askedBy(context, request))
      const locale = query.language ?? localeOf(headers['accept-language'])
      const text = await reportAsFile(desk, actorOf(context, request), { report, locale })
      return reply
        .type(csvType)
        .header('content-disposition', `attachment; filename="report-${report.journeyId}.csv"`)
        .header('cache-control', 'no-store')
        .send(text)
    },
  )
}
