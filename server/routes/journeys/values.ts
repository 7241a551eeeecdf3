import { valuesAnswer, valuesRequest } from '../../../shared/api/values.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { journeyParams } from '../../http/route.ts'
import { changeValues, readValues } from '../../journeys/values.ts'
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
        problems: ['not-found'],
      },
    },
    async ({ params }) => readValues(brandOf(context, params.brand), params.id),
  )

  app.put(
    '/journeys/:id/values',
    {
      schema: {
        summary: 'Change variables of a running journey',
        description:
          'No new version is made. Texts and conditions go by the new values from now on, for whoever has not come to them yet; each is checked wherever it is used.',
        tags: ['journeys'],
        params: journeyParams,
        body: valuesRequest,
        response: { 200: valuesAnswer },
        problems: [
          ...(['not-found', 'journey-not-live', 'value-unknown', 'value-type'] as const),
          ...(['value-changes-ways', 'journey-has-errors', 'stale-version'] as const),
        ],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return changeValues(brandOf(context, brand), actorOf(context, request), { id, ...request.body })
    },
  )
}
