import { dkimAnswer, dkimCheck, dkimMake } from '../../shared/api/dkim.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { checkDkim, makeDkim, readDkim } from '../settings/dkim.ts'
import type { RouteContext } from './context.ts'

export function dkimRoutes(app: App, context: RouteContext): void {
  const tags = ['settings']
  const { dkim: kit } = context.channelKit

  app.get(
    '/settings/channels/email/dkim',
    {
      schema: {
        summary: 'The record by which signed e-mail is believed',
        description: 'The private key is told to nobody.',
        tags,
        params: brandParams,
        response: { 200: dkimAnswer },
        problems: ['not-found', 'channel-absent'],
      },
    },
    async ({ params }) => readDkim(brandOf(context, params.brand), kit),
  )

  app.post(
    '/settings/channels/email/dkim',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Make a key that e-mail is signed with (DKIM)',
        description:
          'In place of the one before, if any. Publish the record before you send; mail is signed at once.',
        tags,
        params: brandParams,
        body: dkimMake,
        response: { 200: dkimAnswer },
        problems: ['not-found', 'channel-absent', 'secret-locked', 'setting-unusable'],
      },
    },
    async (request) =>
      makeDkim(brandOf(context, request.params.brand), actorOf(context, request), { ...request.body, kit }),
  )

  app.post(
    '/settings/channels/email/dkim/check',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Look whether the record is published',
        tags,
        params: brandParams,
        response: { 200: dkimCheck },
        problems: ['not-found', 'channel-absent'],
      },
    },
    async ({ params }) => checkDkim(brandOf(context, params.brand), kit),
  )
}
