import { clockAdvance, clockAnswer } from '../../shared/api/clock.ts'
import { streamMessage } from '../../shared/api/system.ts'
import { Problem } from '../../shared/errors/index.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { isStillIn } from '../http/session.ts'
import { moveClock, readClock } from '../settings/clock.ts'
import type { RouteContext } from './context.ts'

export function clockRoutes(app: App, context: RouteContext): void {
  app.get(
    '/clock',
    {
      schema: {
        summary: 'The time of the brand',
        tags: ['clock'],
        params: brandParams,
        response: { 200: clockAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readClock(brandOf(context, params.brand)),
  )

  app.post(
    '/clock/advance',
    {
      schema: {
        summary: 'Move the clock of a sandbox',
        description:
          'Answers at the end of the move, after all that fell due has been done. Where nothing has happened yet ' +
          '(`settable`), `to` may be any instant, also one that is past: so imported history can be lived through.',
        tags: ['clock'],
        params: brandParams,
        body: clockAdvance,
        response: { 200: clockAnswer },
        problems: ['not-found', 'clock-real', 'clock-moving', 'clock-target', 'nothing-due'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      // The move is seen under way as such, also when nobody waits for its end any more.
      request.opened?.by.close()
      return moveClock(desk, actorOf(context, request), request.body)
    },
  )

  app.get(
    '/stream',
    {
      sse: true,
      config: { lasting: true },
      // Once the stream has begun, nothing can be refused any more.
      preHandler: async ({ params, headers }) => {
        brandOf(context, params.brand)
        if (!headers.accept?.includes('text/event-stream'))
          throw new Problem('invalid-request', { detail: 'Accept: text/event-stream' }, 'accept')
      },
      schema: {
        summary: 'What happens in the brand, as server-sent events',
        description:
          'The clock first; then the clock, figures and the phone as they change, for as long as the login lasts.',
        tags: ['clock'],
        params: brandParams,
        response: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: streamMessage } } },
        },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const runtime = brandOf(context, request.params.brand)
      const mayHear = () =>
        context.password === null || isStillIn(request, context.sessions, context.clock.now())
      const tell = async (data: unknown) => {
        try {
          if (mayHear()) await reply.sse.send({ data })
          else reply.sse.close()
        } catch (error) {
          request.log.debug({ err: error }, 'a listener has gone')
        }
      }
      reply.sse.keepAlive()
      const unsubscribe = runtime.subscribe((news) => void tell(news))
      const end = () => reply.sse.close()
      context.streams.add(end)
      reply.sse.onClose(() => {
        unsubscribe()
        context.streams.delete(end)
      })
      await tell({ type: 'clock', clock: runtime.clock() })
    },
  )
}
