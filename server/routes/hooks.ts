import { z } from 'zod'
import { receiptsAnswer } from '../../shared/api/messages.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { hookSecret, sendgridKeyOf, takeReports } from '../messages/reports.ts'
import { smsHookProvider } from '../messages/sms-hook.ts'
import type { RouteContext } from './context.ts'

/** Signed calls of providers. The signature is over the body as it comes, so it is not read before. */
export async function hookRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.post(
    '/hooks/:brand/:channel',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'Receipts and replies of a provider',
        description:
          'Signed with the secret of the channel as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, ' +
          '`webhook-signature`; a secret is `whsec_` and base64, or any text, which then is the key itself). One report ' +
          'or a list of up to a thousand; a report whose `id` was taken before counts as a duplicate, so that a call may ' +
          'be tried again. Where one of a list cannot be read, the others are taken all the same, and the answer is a 400 ' +
          'that names it. Deprecated, and still believed: `x-magpie-timestamp` (ms), `x-magpie-nonce` and ' +
          '`x-magpie-signature`, `v1=` and the HMAC-SHA256 in hex of `timestamp.nonce.body`.',
        tags: ['events'],
        params: brandParams.extend({ channel: z.string() }),
        body: z.string().describe('The reports as JSON'),
        response: { 200: receiptsAnswer },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent', 'body-too-large'],
      },
    },
    async ({ params, body, headers }) => {
      const desk = brandOf(context, params.brand)
      const secret = await hookSecret(desk, params.channel)
      const { receipts, fault } = context.channelKit.readReceipts({
        secret,
        headers,
        body,
        now: context.clock.now(),
      })
      const taken = await takeReports(desk, params.channel, receipts)
      if (fault !== null) throw fault
      return taken
    },
  )

  app.post(
    '/hooks/:brand/:channel/raw',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'A mail that came back',
        description:
          'The whole mail as it arrived (RFC 5322), signed as reports are: what a mailbox for bounces hands over. A ' +
          'delivery status notification (RFC 3464) with a failure is a bounce: hard where there is no such mailbox, which ' +
          'closes the address, else soft; a feedback report (RFC 5965) of abuse is a complaint. Any other mail tells ' +
          'nothing, and the same mail again is a duplicate.',
        tags: ['events'],
        params: brandParams.extend({ channel: z.string() }),
        body: z.string().describe('The mail'),
        response: { 200: receiptsAnswer },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent', 'body-too-large'],
      },
    },
    async ({ params, body, headers }) => {
      const desk = brandOf(context, params.brand)
      const secret = await hookSecret(desk, params.channel)
      context.channelKit.checkSigned({ secret, headers, body, now: context.clock.now() })
      return takeReports(desk, params.channel, await context.channelKit.readMailReports(body))
    },
  )

  app.post(
    '/hooks/:brand/email/sendgrid',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'Events that SendGrid pushes',
        description:
          'The Event Webhook with its signature (ECDSA over timestamp and body), verified by the key in the settings of ' +
          'e-mail. Mails delivered, bounced, opened by a person, pressed, complained of or unsubscribed from are reports ' +
          'like any other, known by `smtp-id`; an event counts once however often it is pushed, and one that cannot be ' +
          'read costs none of the others, but answers 400, so that it is pushed again.',
        tags: ['events'],
        params: brandParams,
        body: z.string().describe('The events as JSON'),
        response: { 200: receiptsAnswer },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent', 'body-too-large'],
      },
    },
    async ({ params, body, headers }) => {
      const desk = brandOf(context, params.brand)
      const key = await sendgridKeyOf(desk)
      const now = context.clock.now()
      const { receipts, fault } = context.channelKit.readSendgrid({ key, headers, body, now })
      const taken = await takeReports(desk, 'email', receipts)
      if (fault !== null) throw fault
      return taken
    },
  )

  app.post(
    '/hooks/:brand/sms/:token',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'Reports and replies that Aliyun or Tencent Cloud pushes',
        description:
          'Neither signs what it pushes, so the address holds a secret of the brand and the provider, which the settings show. Reports and replies come in their own form, one or a list; each counts once however often it is pushed, and one that cannot be read costs none of the others, but answers 400, so that it is pushed again.',
        tags: ['events'],
        params: brandParams.extend({ token: z.string() }),
        body: z.string().describe('The reports as JSON, as the provider writes them'),
        response: { 200: z.looseObject({}).describe('What the provider expects to hear') },
        problems: ['not-found', 'body-too-large'],
      },
    },
    async ({ params, body }) => {
      const desk = brandOf(context, params.brand)
      const provider = smsHookProvider(context.linkSecret, params.brand, params.token)
      if (provider === null) throw new Problem('not-found', { what: 'sms' }, 'token')
      const { receipts, fault } = context.channelKit.readSmsReports(provider, body)
      await takeReports(desk, 'sms', receipts)
      if (fault !== null) throw fault
      return { ...context.channelKit.smsReportAnswers[provider] }
    },
  )
}
