import { z } from 'zod'
import { customerPoints, pointAdjustment, pointLedger, pointRecord } from '../../shared/api/points.ts'
import { recordsAnswer } from '../../shared/api/records.ts'
import { limits } from '../../shared/limits.ts'
import { recordsAnswerOf } from '../customers/records.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { answerStream, isStream, recordTypes, rowsOf } from '../http/records.ts'
import { brandParams } from '../http/route.ts'
import { adjustPoints, bookPoints, ledgerOf, pointsOf } from '../points/points.ts'
import type { RouteContext } from './context.ts'
import { recordProblems } from './records.ts'

const ofCustomer = brandParams.extend({ id: z.string().min(1).max(limits.idLength.value) })
const paging = z.object({
  before: z.coerce.number().int().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The ledger of points, and what each customer has by it. */
export function pointRoutes(app: App, context: RouteContext): void {
  const tags = ['points']

  app.get(
    '/points',
    {
      schema: {
        summary: 'The ledger of points of all customers, the newest line first',
        tags,
        params: brandParams,
        querystring: paging,
        response: { 200: pointLedger },
        problems: ['not-found'],
      },
    },
    async ({ params, query: { before = null, limit } }) =>
      ledgerOf(brandOf(context, params.brand), { before, limit }),
  )

  app.get(
    '/customers/:id/points',
    {
      schema: {
        summary: 'The points of a customer: how many, what will be lost, and each line, the newest first',
        tags,
        params: ofCustomer,
        querystring: paging,
        response: { 200: customerPoints },
        problems: ['not-found', 'unknown-customer'],
      },
    },
    async ({ params: { brand, id }, query: { before = null, limit } }) =>
      pointsOf(brandOf(context, brand), id, { before, limit }),
  )

  app.post(
    '/customers/:id/points',
    {
      schema: {
        summary: 'Add or take points by hand, with a reason',
        description: 'The same key again changes nothing. No more can be taken than there is.',
        tags,
        params: ofCustomer,
        body: pointAdjustment,
        response: { 200: customerPoints },
        problems: ['not-found', 'unknown-customer', 'points-insufficient', 'points-key-other'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return adjustPoints(brandOf(context, brand), actorOf(context, request), {
        id,
        adjustment: request.body,
      })
    },
  )
}

/** Points that other systems add and take, as tills and shops do. */
export function pointRecordRoutes(app: App, context: RouteContext): void {
  app.post(
    '/points',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.recordsBodySize.value,
      schema: {
        summary: 'Add or take points: one, a list, or a stream',
        description:
          'Each is taken by itself and is a line of the ledger, told as the event `points_earned` or `points_spent`; waits, goals and exits hear of it within a tick. The same key with the same points again is `unchanged`; taking more than there is is refused with `points-insufficient`. Results as of POST /customers.',
        tags: ['points'],
        consumes: recordTypes,
        params: brandParams,
        record: pointRecord,
        response: { 200: recordsAnswer },
        problems: [...recordProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const act = desk.act(actorOf(context, request))
      if (isStream(request))
        return answerStream(request, reply, {
          folder: desk.importsFolder,
          take: (rows) => bookPoints(desk, act, rows),
        })
      return recordsAnswerOf(await bookPoints(desk, act, rowsOf(request.body)))
    },
  )
}
