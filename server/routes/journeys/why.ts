import { z } from 'zod'
import { whatIfAnswer, whatIfRequest, whyAnswer } from '../../../shared/api/why.ts'
import { toldOf } from '../../customers/contacts.ts'
import { type App, brandOf } from '../../http/app.ts'
import { contactsFor } from '../../http/contacts.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { passageIn, whyOf } from '../../journeys/why/why.ts'
import type { RouteContext } from '../context.ts'

const passageParams = journeyParams.extend({
  enrollment: z.coerce.number().int().min(1).describe('The id of the enrollment'),
})

export function whyRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys/:id/enrollments/:enrollment',
    {
      schema: {
        summary: 'Why a customer went this way through a journey',
        description:
          'The path, each step with its reason and the values seen then, in a finished passage too; and whether the trace replays.',
        tags: ['journeys'],
        params: passageParams,
        response: { 200: whyAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id, enrollment } = request.params
      const desk = brandOf(context, brand)
      const why = await whyOf(desk, id, enrollment)
      const customers = [why.enrollment.customerId]
      return toldOf(desk, { shown: contactsFor(request), customers }, why)
    },
  )

  app.post(
    '/journeys/:id/enrollments/:enrollment/what-if',
    {
      schema: {
        summary: 'The path that a customer would have taken, had something been otherwise',
        description:
          'Another value, tag, event, time, group or version; by recorded events at their own times. Nothing is written or sent, and no model is asked.',
        tags: ['journeys'],
        params: passageParams,
        body: whatIfRequest,
        response: { 200: whatIfAnswer },
        problems: ['not-found', 'unknown-customer', 'journey-has-errors', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id: journeyId, enrollment: id } = request.params
      const desk = brandOf(context, brand)
      const args = { journeyId, id, request: request.body }
      const found = await desk.ask('whatIf', args, askedBy(context, request))
      const { enrollment } = await passageIn(desk, journeyId, id)
      const customers = [enrollment.customerId]
      return toldOf(desk, { shown: contactsFor(request), customers }, found)
    },
  )
}
