import { eventsAnswer, eventsRequest } from '../../shared/api/messages.ts'
import { parseInstant } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { IncomingEvent } from '../ports/events.ts'
import type { RouteContext } from './context.ts'

type EventInput = (typeof eventsRequest)['_output']['events'][number]

/** The event's own time; now where none is given. */
function timeOf({ at }: EventInput, index: number, { now, brand }: BrandRuntime): number {
  if (at === undefined) return now()
  const instant = parseInstant(at, brand().zone)
  if (instant === null) throw new Problem('invalid-request', { detail: `at: ${at}` }, `events.${index}.at`)
  return instant
}

export function eventRoutes(app: App, context: RouteContext): void {
  app.post(
    '/events',
    {
      bodyLimit: 16 * 1_048_576,
      schema: {
        summary: 'Tell what customers did',
        description:
          'Up to 10,000 at once, all or none. An id seen before is ignored. A purchase is the event `order`, with its amount in minor units. Waits and goals wake within a tick.',
        tags: ['events'],
        params: brandParams,
        body: eventsRequest,
        response: { 200: eventsAnswer },
        problems: ['not-found', 'unknown-customer', 'body-too-large'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      const events = body.events.map((input, index): IncomingEvent => {
        const { id, customerId, name, amount = null, properties } = input
        return { customerId, event: { id, name, at: timeOf(input, index, runtime), amount, properties } }
      })
      return runtime.ingest(events)
    },
  )
}
