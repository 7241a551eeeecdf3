import { qualityAnswer } from '../../shared/api/quality.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

/** What of the incoming data does not look right. */
export function qualityRoutes(app: App, context: RouteContext): void {
  app.get(
    '/data-quality',
    {
      schema: {
        summary: 'Doubles, gaps and outliers of the data, and rows that were refused',
        description:
          'Looked through in the analytical copy, as the data stands now. `far-amount` is beyond Tukey’s outer fences (three times the breadth of the middle half, of logarithms). Properties are read in a sample of 200,000 events where there are more.',
        tags: ['customers'],
        params: brandParams,
        response: { 200: qualityAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const { realAt: realNow } = desk.act(actorOf(context, request))
      return desk.ask('quality', { realNow }, askedBy(context, request))
    },
  )
}
