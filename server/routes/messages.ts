import { z } from 'zod'
import { inboxAnswer, inboxQuery, inboxReply, inboxReplyAnswer } from '../../shared/api/inbox.ts'
import { messageAnswer, messageList, messageQuery } from '../../shared/api/messages.ts'
import { restoredAnswer, restoredDecided, restoredDecision } from '../../shared/api/restored.ts'
import { toldOf } from '../customers/contacts.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { brandParams } from '../http/route.ts'
import {
  answerMessage,
  decideRestored,
  listMessages,
  readInbox,
  readMessage,
  readRestored,
} from '../messages/messages.ts'
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
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const found = await listMessages(desk, request.query)
      const customers = found.messages.map(({ customerId }) => customerId)
      return toldOf(desk, { shown: contactsFor(request), customers }, found)
    },
  )

  app.get(
    '/messages/:id',
    {
      schema: {
        summary: 'One message, and what became of it',
        tags: ['messages'],
        params: brandParams.extend({ id: z.coerce.number().int().min(1) }),
        response: { 200: messageAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const message = await readMessage(desk, request.params.id)
      const told = { shown: contactsFor(request), customers: [message.customerId] }
      return { message: await toldOf(desk, told, message) }
    },
  )

  app.get(
    '/messages/restored',
    {
      schema: {
        summary: 'What waits for a person since the data was restored or copied',
        description:
          'At its start a server finds that its data is an earlier state of itself, or comes from another place. What was queued or due by then may have been sent already, so it is held; whatever is new goes out at once.',
        tags: ['messages'],
        params: brandParams,
        response: { 200: restoredAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ restored: await readRestored(brandOf(context, params.brand)) }),
  )

  app.post(
    '/messages/restored',
    {
      schema: {
        summary: 'Send or drop what is held since the data was restored or copied',
        tags: ['messages'],
        params: brandParams,
        body: restoredDecision,
        response: { 200: restoredDecided },
        problems: ['not-found'],
      },
    },
    async (request) =>
      decideRestored(brandOf(context, request.params.brand), actorOf(context, request), request.body),
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
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const messages = await readInbox(desk, request.query)
      const customers = messages.map(({ customerId }) => customerId)
      return { messages: await toldOf(desk, { shown: contactsFor(request), customers }, messages) }
    },
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
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return { message: await answerMessage(desk, actorOf(context, request), request.body) }
    },
  )
}
