import { z } from 'zod'
import {
  delivery,
  deliveryAnswer,
  deliveryList,
  deliveryQuery,
  noticeKindNames,
  noticeKinds,
  replayAnswer,
  replayRequest,
  webhook,
  webhookList,
  webhookMade,
  webhookSave,
} from '../../shared/api/webhooks.ts'
import { toldOf } from '../customers/contacts.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { brandParams, nothing } from '../http/route.ts'
import {
  changeWebhook,
  listDeliveries,
  listWebhooks,
  makeWebhook,
  readDelivery,
  removeWebhook,
  renewSecret,
  replayWebhook,
  resendDelivery,
  testWebhook,
} from '../webhooks/desk.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ id: z.string().max(100).describe('The id of the webhook') })
const ofDelivery = params.extend({ delivery: z.coerce.number().int().min(1) })

/** What is told, as engineers read it. */
const about = `Notices are posted as [Standard Webhooks](https://www.standardwebhooks.com) has it: \`webhook-id\` (the same
over all attempts), \`webhook-timestamp\` and \`webhook-signature\` by a secret \`whsec_…\`; the body is
\`{"type", "timestamp", "data"}\`. Each is delivered at least once. Any answer but 2xx is tried again for three days; 410
switches the webhook off.

${noticeKindNames
  .map(
    (kind) =>
      `- \`${kind}\`: ${Object.keys(z.toJSONSchema(noticeKinds[kind].data).properties ?? {})
        .map((name) => `\`${name}\``)
        .join(', ')}`,
  )
  .join('\n')}`

function endpoints(app: App, context: RouteContext): void {
  const tags = ['webhooks']

  app.get(
    '/webhooks',
    {
      schema: {
        summary: 'Where other systems are told of what happens',
        description: about,
        tags,
        params: brandParams,
        response: { 200: webhookList },
        problems: ['not-found'],
      },
    },
    async (request) => listWebhooks(brandOf(context, request.params.brand)),
  )

  app.post(
    '/webhooks',
    {
      schema: {
        summary: 'Make a webhook',
        description: 'Its secret is told in this answer and never again.',
        tags,
        params: brandParams,
        body: webhookSave,
        response: { 201: webhookMade },
        problems: ['not-found', 'webhooks-too-many'],
      },
    },
    async (request, reply) => {
      const { params: asked, body } = request
      const made = await makeWebhook(brandOf(context, asked.brand), actorOf(context, request), body)
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  app.put(
    '/webhooks/:id',
    {
      schema: {
        summary: 'Change a webhook, or switch it off and on',
        description: 'What waits for it is sent once it is on again, as long as it is in the log.',
        tags,
        params,
        body: webhookSave,
        response: { 200: webhook },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return changeWebhook(brandOf(context, brand), actorOf(context, request), id, request.body)
    },
  )

  app.delete(
    '/webhooks/:id',
    {
      schema: {
        summary: 'Delete a webhook and its log',
        tags,
        params,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await removeWebhook(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(204).send()
    },
  )

  app.post(
    '/webhooks/:id/secret',
    {
      schema: {
        summary: 'Give a webhook another secret',
        description:
          'For a day notices are signed with both, so that the receiver can change over in its own time.',
        tags,
        params,
        response: { 200: webhookMade },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const made = await renewSecret(brandOf(context, brand), actorOf(context, request), id)
      return reply.header('cache-control', 'no-store').send(made)
    },
  )
}

function deliveries(app: App, context: RouteContext): void {
  const tags = ['webhooks']
  const sending = ['not-found', 'webhook-off', 'webhook-sandbox'] as const

  app.post(
    '/webhooks/:id/test',
    {
      schema: {
        summary: 'Send a notice that tells of nothing (`webhook.test`)',
        description: 'The answer is its place in the log; what became of it stands there a moment later.',
        tags,
        params,
        response: { 202: delivery },
        problems: sending,
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const made = await testWebhook(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(202).send(made)
    },
  )

  app.get(
    '/webhooks/:id/deliveries',
    {
      schema: {
        summary: 'What was sent to a webhook, the newest first',
        tags,
        params,
        querystring: deliveryQuery,
        response: { 200: deliveryList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return listDeliveries(brandOf(context, brand), id, request.query)
    },
  )

  app.get(
    '/webhooks/:id/deliveries/:delivery',
    {
      schema: {
        summary: 'One delivery with its body and what was answered',
        tags,
        params: ofDelivery,
        response: { 200: deliveryAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id, delivery: one } = request.params
      const desk = brandOf(context, brand)
      const found = await readDelivery(desk, id, one)
      const customers = found.customerId === null ? [] : [found.customerId]
      return toldOf(desk, { shown: contactsFor(request), customers }, found)
    },
  )

  app.post(
    '/webhooks/:id/deliveries/:delivery/resend',
    {
      schema: {
        summary: 'Send one again, with the same webhook-id',
        tags,
        params: ofDelivery,
        response: { 202: delivery },
        problems: [...sending, 'webhook-told'],
      },
    },
    async (request, reply) => {
      const { brand, id, delivery: one } = request.params
      const made = await resendDelivery(brandOf(context, brand), actorOf(context, request), id, one)
      return reply.code(202).send(made)
    },
  )

  app.post(
    '/webhooks/:id/replay',
    {
      schema: {
        summary: 'Send again what was noticed since a time',
        description:
          'Each with the webhook-id that it had, also what was never sent because the webhook was off.',
        tags,
        params,
        body: replayRequest,
        response: { 202: replayAnswer },
        problems: [...sending, 'webhook-replay-too-many'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const done = await replayWebhook(brandOf(context, brand), actorOf(context, request), id, request.body)
      return reply.code(202).send(done)
    },
  )
}

/** Webhooks are made by people alone: no key calls these. */
export function webhookRoutes(app: App, context: RouteContext): void {
  endpoints(app, context)
  deliveries(app, context)
}
