import { smsAnswer, smsTemplateSave } from '../../shared/api/sms.ts'
import { templateCode } from '../../shared/channels/sms/register.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { smsHookToken } from '../messages/sms-hook.ts'
import { readSms, removeSmsTemplate, saveSmsTemplate, synchroniseSms } from '../settings/sms.ts'
import type { RouteContext } from './context.ts'

const ofTemplate = brandParams.extend({ code: templateCode })

/** The templates and signatures that a provider of text messages has registered. */
export function smsRoutes(app: App, context: RouteContext): void {
  const tags = ['settings']
  const answer = (brand: string) =>
    readSms(
      brandOf(context, brand),
      (provider) =>
        `${context.publicUrl ?? ''}/hooks/${brand}/sms/${smsHookToken(context.linkSecret, brand, provider)}`,
    )

  app.get(
    '/settings/sms',
    {
      schema: {
        summary: 'The templates and signatures of text messages',
        description:
          'Aliyun and Tencent Cloud take registered templates alone; a gateway takes any text. `hook` is where they push reports and replies; without a public address it is a path of this server.',
        tags,
        params: brandParams,
        response: { 200: smsAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => answer(params.brand),
  )

  app.post(
    '/settings/sms/sync',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Read templates and signatures from the provider',
        description: 'Nothing is sent. What was typed by hand stays.',
        tags,
        params: brandParams,
        response: { 200: smsAnswer },
        problems: ['not-found', 'sms-free-text', 'channel-absent', 'sms-register-unread'],
      },
    },
    async (request) => {
      const { brand } = request.params
      await synchroniseSms(brandOf(context, brand), actorOf(context, request))
      return answer(brand)
    },
  )

  app.put(
    '/settings/sms/templates/:code',
    {
      schema: {
        summary: 'Type a registered template, or say how long its values may be',
        description: 'What the provider says of a template comes again with the next synchronising.',
        tags,
        params: ofTemplate,
        body: smsTemplateSave,
        response: { 200: smsAnswer },
        problems: ['not-found', 'sms-free-text'],
      },
    },
    async (request) => {
      const { brand, code } = request.params
      const command = { code, template: request.body }
      await saveSmsTemplate(brandOf(context, brand), actorOf(context, request), command)
      return answer(brand)
    },
  )

  app.delete(
    '/settings/sms/templates/:code',
    {
      schema: {
        summary: 'Delete a template from the list',
        description:
          'A journey that sends by it says so when it is checked, and sends nothing by it any more.',
        tags,
        params: ofTemplate,
        response: { 200: smsAnswer },
        problems: ['not-found', 'sms-free-text'],
      },
    },
    async (request) => {
      const { brand, code } = request.params
      await removeSmsTemplate(brandOf(context, brand), actorOf(context, request), code)
      return answer(brand)
    },
  )
}
