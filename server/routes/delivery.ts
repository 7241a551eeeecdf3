import { z } from 'zod'
import {
  balancesAnswer,
  deliveryAnswer,
  deliveryTest,
  pauseRequest,
  pausesAnswer,
} from '../../shared/api/delivery.ts'
import { testSendAnswer } from '../../shared/api/preview.ts'
import { channels } from '../../shared/channels/index.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import {
  continueChannel,
  pauseChannel,
  readBalances,
  readDelivery,
  readPauses,
} from '../messages/delivery.ts'
import { testDelivery } from '../messages/delivery-test.ts'
import type { RouteContext } from './context.ts'

const channelParams = brandParams.extend({
  channel: z.string().describe(channels.map(({ id }) => id).join(', ')),
})

/** How channels do, and what people do about it. */
export function deliveryRoutes(app: App, context: RouteContext): void {
  const tags = ['messages']

  app.get(
    '/delivery',
    {
      schema: {
        summary: 'How each channel does',
        description:
          'Today by the brand’s clock, what waits, the present rate, failures by their provider’s code with words and examples, and the last 24 hours and 30 days.',
        tags,
        params: brandParams,
        response: { 200: deliveryAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readDelivery(brandOf(context, params.brand)),
  )

  app.get(
    '/delivery/pauses',
    {
      schema: {
        summary: 'Channels that people have paused',
        tags,
        params: brandParams,
        response: { 200: pausesAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ pauses: await readPauses(brandOf(context, params.brand)) }),
  )

  app.get(
    '/delivery/balances',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'What is left at each provider that says so',
        tags,
        params: brandParams,
        response: { 200: balancesAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readBalances(brandOf(context, params.brand)),
  )

  app.post(
    '/delivery/:channel/pause',
    {
      schema: {
        summary: 'Pause a channel',
        description:
          'Nothing leaves by it until it goes on, over a restart too: its messages stay queued, no attempt is spent, and journeys go on deciding. A message that is being handed over is finished.',
        tags,
        params: channelParams,
        body: pauseRequest,
        response: { 200: pausesAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, channel } = request.params
      const command = { channel, reason: request.body.reason }
      return { pauses: await pauseChannel(brandOf(context, brand), actorOf(context, request), command) }
    },
  )

  app.post(
    '/delivery/:channel/continue',
    {
      schema: {
        summary: 'Let a paused channel go on',
        description:
          'What waits is asked by the gates again as it leaves; in quiet hours it waits for their end.',
        tags,
        params: channelParams,
        response: { 200: pausesAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, channel } = request.params
      return { pauses: await continueChannel(brandOf(context, brand), actorOf(context, request), channel) }
    },
  )

  app.post(
    '/delivery/:channel/test',
    {
      config: { idempotent: true, rateLimit: { max: limits.testSends.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Send a test by a channel to an address of your own',
        description: 'Also where the channel is paused; without gates. It stands in the log.',
        tags,
        params: channelParams,
        body: deliveryTest,
        response: { 200: testSendAnswer },
        problems: ['not-found', 'channel-absent', 'test-address', 'unknown-customer'],
      },
    },
    async (request) => {
      const { brand, channel } = request.params
      const command = { channel, to: request.body.to }
      return testDelivery(brandOf(context, brand), actorOf(context, request), command)
    },
  )
}
