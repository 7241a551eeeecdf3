import { z } from 'zod'
import {
  apartRequest,
  duplicateList,
  duplicatesQuery,
  mergeAnswer,
  mergeList,
  mergeRequest,
  mergesQuery,
  undoAnswer,
} from '../../shared/api/persons.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { mergeCustomers, undoMerge } from '../persons/persons.ts'
import type { RouteContext } from './context.ts'

/** Making two customers one, undoing it, and who waits for somebody to say. */
export function mergeRoutes(app: App, context: RouteContext): void {
  const tags = ['customers']

  app.post(
    '/customers/merge',
    {
      schema: {
        summary: 'Make two customers one',
        description:
          'Events, orders, addresses, consents, tags, lists, messages, coupons and passages of `from` become those of `into`, whose own values stand; a passage through a journey that both are in ends for whoever came in later. The id of `from` goes on being known.',
        tags,
        params: brandParams,
        body: mergeRequest,
        response: { 200: mergeAnswer },
        problems: ['not-found', 'unknown-customer', 'merge-of-one', 'merge-too-large'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return mergeCustomers(desk, actorOf(context, request), request.body)
    },
  )

  app.get(
    '/merges',
    {
      schema: {
        summary: 'Which customers were made one',
        description: 'The newest first, each with whether it can still be undone.',
        tags,
        params: brandParams,
        querystring: mergesQuery,
        response: { 200: mergeList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) =>
      brandOf(context, params.brand).stores.persons.merges(query, context.clock.now()),
  )

  app.post(
    '/merges/:id/undo',
    {
      schema: {
        summary: 'Undo a merge',
        description:
          'What it moved goes back; what has happened since stays with the survivor, and passages that ended stay ended. Both are taken for two people from then on, whatever identifier they share.',
        tags,
        params: brandParams.extend({ id: z.string().max(100) }),
        response: { 200: undoAnswer },
        problems: ['not-found', 'merge-undone', 'merge-too-old', 'merge-undo-later'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return undoMerge(brandOf(context, brand), actorOf(context, request), id)
    },
  )

  app.get(
    '/duplicates',
    {
      schema: {
        summary: 'Customers who may be one person',
        description:
          'Who share an address, or of whom one identifier is told, and nobody has said what holds.',
        tags,
        params: brandParams,
        querystring: duplicatesQuery,
        response: { 200: duplicateList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => brandOf(context, params.brand).stores.persons.duplicates(query),
  )

  app.post(
    '/duplicates/apart',
    {
      schema: {
        summary: 'Say that these are different people',
        description: 'They are not proposed again, and no identifier merges them by itself.',
        tags,
        params: brandParams,
        body: apartRequest,
        response: { 204: nothing },
        problems: ['not-found', 'unknown-customer'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await desk.stores.persons.keepApart(desk.act(actorOf(context, request)), request.body.customers)
      return reply.code(204).send()
    },
  )
}
