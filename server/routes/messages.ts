import { randomUUID } from 'node:crypto'
import { inboxAnswer, inboxQuery, inboxReply, inboxReplyAnswer } from '../../shared/api/inbox.ts'
import { messageList, messageQuery } from '../../shared/api/messages.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { listMessages } from '../store/sqlite/messages/list.ts'
import { inboxByKey, inboxMessage, inboxMessages } from '../store/sqlite/messages/phone.ts'
import type { RouteContext } from './context.ts'

export function messageRoutes(app: App, context: RouteContext): void {
  app.get(
    '/messages',
    {
      schema: {
        summary: 'Messages, the newest first',
        description: 'With what became of each; `unknown` are those whose provider’s answer was lost.',
        tags: ['messages'],
        params: brandParams,
        querystring: messageQuery,
        response: { 200: messageList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => listMessages(brandOf(context, params.brand).db, query),
  )

  app.get(
    '/inbox',
    {
      schema: {
        summary: 'The on-screen phone, and the in-app inbox',
        tags: ['messages'],
        params: brandParams,
        querystring: inboxQuery,
        response: { 200: inboxAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => ({ messages: inboxMessages(brandOf(context, params.brand).db, query) }),
  )

  app.post(
    '/inbox/reply',
    {
      schema: {
        summary: 'Answer a message as its customer',
        description: 'It comes in as the event `message_replied`; words of opting out unsubscribe.',
        tags: ['messages'],
        params: brandParams,
        body: inboxReply,
        response: { 200: inboxReplyAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      const { message, sentId } = inboxMessage(runtime.db, body.messageId)
      if (message.customerId !== body.customerId)
        throw new Problem('not-found', { what: body.messageId }, 'messageId')
      const id = `reply-${randomUUID()}`
      const { channel, journeyId, node } = message
      const properties = {
        ...(sentId !== null && { message_id: String(sentId) }),
        ...(journeyId !== null && { journey_id: journeyId }),
        ...(node !== null && { node }),
        channel,
        text: body.text,
      }
      const event = { id, name: 'message_replied', at: runtime.now(), amount: null, properties }
      await runtime.ingest([{ customerId: body.customerId, event }])
      const kept = inboxByKey(runtime.db, `in:${id}`)
      if (kept === null) throw new Problem('internal', { id })
      return { message: kept }
    },
  )
}
