import { z } from 'zod'
import { identifySecret, trackingAnswer, trackingKey, trackingKeyMake } from '../../shared/api/tracking.ts'
import { Problem } from '../../shared/errors/index.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { newTrackingKey, secretOf } from '../tracking/tracking.ts'
import type { RouteContext } from './context.ts'

const keyParams = brandParams.extend({ id: z.string().max(100) })

/** The keys by which web pages tell of visits. */
export function trackingRoutes(app: App, context: RouteContext): void {
  const tags = ['settings']

  app.get(
    '/tracking',
    {
      schema: {
        summary: 'Tracking keys of web pages, and the last visits',
        tags,
        params: brandParams,
        response: { 200: trackingAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      const { tracking } = brandOf(context, params.brand).stores
      return { keys: await tracking.keys(), recent: await tracking.recent() }
    },
  )

  app.get(
    '/tracking/keys/:id/secret',
    {
      schema: {
        summary: 'By which your server signs who is logged in',
        description: 'HMAC-SHA256 of the customer’s id, in hex, is what `magpie.identify` is given.',
        tags,
        params: keyParams,
        response: { 200: identifySecret },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id } }, reply) => {
      if ((await brandOf(context, brand).stores.tracking.find(id)) === null)
        throw new Problem('not-found', { what: id }, 'id')
      return reply.header('cache-control', 'no-store').send({ secret: secretOf(context.linkSecret, id) })
    },
  )

  app.post(
    '/tracking/keys',
    {
      schema: {
        summary: 'Make a tracking key',
        tags,
        params: brandParams,
        body: trackingKeyMake,
        response: { 201: trackingKey },
        problems: ['not-found', 'tracking-keys-too-many'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const made = { ...request.body, id: newTrackingKey() }
      return reply.code(201).send(await desk.stores.tracking.make(desk.act(actorOf(context, request)), made))
    },
  )

  app.delete(
    '/tracking/keys/:id',
    {
      schema: {
        summary: 'Revoke a tracking key',
        description: 'Pages that use it are heard no more.',
        tags,
        params: keyParams,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      await desk.stores.tracking.revoke(desk.act(actorOf(context, request)), id)
      return reply.code(204).send()
    },
  )
}
