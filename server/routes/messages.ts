import { inboxAnswer, inboxQuery, inboxReply, inboxReplyAnswer } from '../../shared/api/inbox.ts'
import { messageList, messageQuery } from '../../shared/api/messages.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { answerMessage, listMessages, readInbox } from '../messages/messages.ts'
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
    async ({ params, query }) => listMessages(brandOf(context, params.brand), query),
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
    async ({ params, query }) => ({
      messages: await readInbox(brandOf(context, params.brand), query),
    }),
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
