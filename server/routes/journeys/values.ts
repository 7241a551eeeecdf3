import { valuesAnswer, valuesChanged, valuesRequest } from '../../../shared/api/values.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { changeValues } from '../../journeys/values.ts'
import type { RouteContext } from '../context.ts'

export function valueRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys/:id/values',
    {
      schema: {
        summary: 'What the variables of a running journey are worth',
        description:
          'With what they were worth before, and from when on; nothing of a journey that does not run.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: valuesAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return brandOf(context, brand).ask('values', { id }, askedBy(context, request))
    },
  )

  app.put(
    '/journeys/:id/values',
    {
      schema: {
        summary: 'Change variables of a running journey',
        description:
          'No new version is made. Texts and conditions go by the new values from now on: for whoever has not come to them yet, and in what waits to be said to whoever has, which nothing leaves before. Each is checked wherever it is used.',
        tags: ['journeys'],
        params: journeyParams,
        body: valuesRequest,
        response: { 200: valuesChanged },
        problems: [
          ...(['not-found', 'journey-not-live', 'value-unknown', 'value-type'] as const),
          ...(['value-changes-ways', 'journey-has-errors', 'stale-version', ...askProblems] as const),
        ],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      const command = { id, ...request.body }
      const by = askedBy(context, request)
      const prepare = () => desk.ask('revalue', command, by)
      const { reached } = await changeValues(desk, actorOf(context, request), command, prepare)
      return { ...(await desk.ask('values', { id }, by)), reached }
    },
  )
}
