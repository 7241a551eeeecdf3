import {
  previewAnswer,
  previewRequest,
  testCallAnswer,
  testCallRequest,
  testSendAnswer,
  testSendRequest,
} from '../../shared/api/preview.ts'
import { limits } from '../../shared/limits.ts'
import { toldOf } from '../customers/contacts.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams } from '../http/route.ts'
import { testSend } from '../messages/preview/index.ts'
import { testCall } from '../messages/preview/test-call.ts'
import type { RouteContext } from './context.ts'

const journeyLimit = limits.journeyBodySize.value

export function previewRoutes(app: App, context: RouteContext): void {
  app.post(
    '/preview',
    {
      bodyLimit: journeyLimit,
      schema: {
        summary: 'Each message of a journey as one customer would get it',
        description:
          'The journey need not be saved or finished. Contacts are masked; nothing is stored and nothing sent.',
        tags: ['messages'],
        params: brandParams,
        body: previewRequest,
        response: { 200: previewAnswer },
        problems: ['not-found', 'unknown-customer', 'body-too-large', ...askProblems],
      },
    },
    async (request) => {
      const { params, body } = request
      const kind = body.polish ? 'polished' : 'preview'
      const desk = brandOf(context, params.brand)
      const found = await desk.ask(kind, body, askedBy(context, request))
      const customers = found.customer === null ? [] : [found.customer.id]
      return toldOf(desk, { shown: contactsFor(request), customers }, found)
    },
  )

  app.post(
    '/test-send',
    {
      bodyLimit: journeyLimit,
      config: { idempotent: true, rateLimit: { max: limits.testSends.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Send one message to an address of your own',
        description:
          'Through the channel as it is set up; as the customer given would get it, a model’s text included, without gates.',
        tags: ['messages'],
        params: brandParams,
        body: testSendRequest,
        response: { 200: testSendAnswer },
        problems: ['not-found', 'unknown-customer', 'channel-absent', 'body-too-large', ...askProblems],
      },
    },
    async (request) => {
      const { params, body } = request
      const desk = brandOf(context, params.brand)
      const written = await desk.ask('written', body, askedBy(context, request))
      return testSend(desk, actorOf(context, request), body, written)
    },
  )

  app.post(
    '/test-call',
    {
      bodyLimit: journeyLimit,
      config: { rateLimit: { max: limits.testSends.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Make the call of a node once, to see what is answered',
        description:
          'The other system is really called, in a sandbox too; as for the customer given, and nothing is stored.',
        tags: ['messages'],
        params: brandParams,
        body: testCallRequest,
        response: { 200: testCallAnswer },
        problems: ['not-found', 'unknown-customer', 'channel-absent', 'body-too-large', ...askProblems],
      },
    },
    async (request) => {
      const { params, body } = request
      const desk = brandOf(context, params.brand)
      const by = askedBy(context, request)
      return testCall(desk, actorOf(context, request), body, (tried) => desk.ask('called', tried, by))
    },
  )
}
