import {
  enterAnswer,
  enterRequest,
  publishAnswer,
  publishRequest,
  retryAnswer,
  statusAnswer,
  stuckList,
} from '../../../shared/api/journeys.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { BrandRuntime } from '../../brand/brand.ts'
import { planCache } from '../../engine/runtime.ts'
import { stopEveryone } from '../../engine/stop.ts'
import { type App, brandOf } from '../../http/app.ts'
import { journeyParams } from '../../http/route.ts'
import {
  dropAsks,
  inFlight,
  retryStuck,
  stuckIn,
  unfinishedStops,
} from '../../store/sqlite/journeys/flight.ts'
import { getJourney, markStopped, pause, publish, resume } from '../../store/sqlite/journeys/journeys.ts'
import { type RouteContext, sendingOf } from '../context.ts'

/** Closes the journey, then takes everyone out of it between two batches of the engine's. */
async function stop(runtime: BrandRuntime, journeyId: string): Promise<number> {
  const { db, store, registry, engine, now } = runtime
  return engine.exclusive(async () => {
    markStopped(db, journeyId, now())
    const left = await stopEveryone({
      store,
      source: { inFlight: async (id, after, limit) => inFlight(db, id, after, limit) },
      planFor: planCache(store, registry),
      journeyId,
      now: now(),
    })
    dropAsks(db, journeyId)
    return left
  })
}

/** Nobody is let in where one of them is not known. Problem `unknown-customer` with its place. */
async function refuseStrangers({ store }: BrandRuntime, ids: readonly string[]): Promise<void> {
  const known = await store.customers(ids)
  const stranger = ids.findIndex((id) => !known.has(id))
  const customer = ids[stranger]
  if (customer !== undefined) throw new Problem('unknown-customer', { customer }, `customerIds.${stranger}`)
}

export function lifeRoutes(app: App, context: RouteContext): void {
  app.addHook('onReady', async () => {
    for (const runtime of context.brands.values())
      for (const id of unfinishedStops(runtime.db)) await stop(runtime, id)
  })

  app.post(
    '/journeys/:id/publish',
    {
      schema: {
        summary: 'Freeze the draft as a version and let customers in',
        description:
          'The same content again makes no new version. Of two who publish the same revision one wins. A refusal for errors lists them under `diagnostics`.',
        tags: ['journeys'],
        params: journeyParams,
        body: publishRequest,
        response: { 200: publishAnswer },
        problems: ['not-found', 'stale-revision', 'journey-has-errors'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      const { db, brand, now, registry, engine } = runtime
      const published = await engine.exclusive(async () =>
        publish(db, params.id, {
          revision: body.revision,
          now: now(),
          brand: brand(),
          registry,
          ...sendingOf(context, runtime),
        }),
      )
      await runtime.settle()
      return { ...published, diagnostics: [...published.diagnostics] }
    },
  )

  app.post(
    '/journeys/:id/pause',
    {
      schema: {
        summary: 'Hold entries, timers and queued messages',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-live'],
      },
    },
    async ({ params }) => {
      const { db, now, engine } = brandOf(context, params.brand)
      const { status } = await engine.exclusive(async () => pause(db, params.id, now()))
      return { status }
    },
  )

  app.post(
    '/journeys/:id/resume',
    {
      schema: {
        summary: 'Let a paused journey go on',
        description: 'Whoever would have come in meanwhile is not swept in.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-paused'],
      },
    },
    async ({ params }) => {
      const runtime = brandOf(context, params.brand)
      const { db, now, brand, registry, engine } = runtime
      const { status } = await engine.exclusive(async () =>
        resume(db, params.id, { now: now(), brand: brand(), registry }),
      )
      await runtime.settle()
      return { status }
    },
  )

  app.post(
    '/journeys/:id/stop',
    {
      schema: {
        summary: 'End the journey for everyone',
        description: 'All who are under way leave, and their queued messages are withdrawn.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-live'],
      },
    },
    async ({ params }) => {
      const runtime = brandOf(context, params.brand)
      const left = await stop(runtime, params.id)
      return { status: getJourney(runtime.db, params.id).status, left }
    },
  )

  app.post(
    '/journeys/:id/enter',
    {
      bodyLimit: 8 * 1_048_576,
      schema: {
        summary: 'Let customers in by hand',
        description:
          'Whom the re-entry rule refuses stays out and is counted. One unknown customer refuses all.',
        tags: ['journeys'],
        params: journeyParams,
        body: enterRequest,
        response: { 200: enterAnswer },
        problems: ['not-found', 'journey-not-live', 'unknown-customer', 'body-too-large'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      getJourney(runtime.db, params.id)
      await refuseStrangers(runtime, body.customerIds)
      const answer = await runtime.engine.enter(params.id, body.customerIds, runtime.now())
      await runtime.settle()
      return answer
    },
  )

  app.get(
    '/journeys/:id/stuck',
    {
      schema: {
        summary: 'Whom a failing node holds up',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: stuckList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      const { db } = brandOf(context, params.brand)
      getJourney(db, params.id)
      return stuckIn(db, params.id)
    },
  )

  app.post(
    '/journeys/:id/retry',
    {
      schema: {
        summary: 'Try again with all who are stuck',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: retryAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      const runtime = brandOf(context, params.brand)
      const { db, engine, now } = runtime
      getJourney(db, params.id)
      const retried = await engine.exclusive(async () => retryStuck(db, params.id, now()))
      await runtime.settle()
      return { retried }
    },
  )
}
