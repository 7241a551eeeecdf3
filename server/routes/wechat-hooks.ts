import { z } from 'zod'
import { limits } from '../../shared/limits.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { takeWechat, wechatKeys } from '../wechat/callbacks.ts'
import type { RouteContext } from './context.ts'

const query = z.object({
  signature: z.string().max(100).describe('SHA-1 over token, timestamp and nonce'),
  timestamp: z.string().max(20).describe('Seconds'),
  nonce: z.string().max(100),
  msg_signature: z.string().max(100).optional().describe('The same over what is sealed too'),
})

const echoQuery = query.extend({ echostr: z.string().max(4000).describe('What is to be answered') })

/** What an official account of WeChat calls: signed by its own rules, over the body as it comes. */
export async function wechatHookRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.get(
    '/hooks/:brand/wechat',
    {
      config: { open: true },
      schema: {
        summary: 'WeChat looks whether the address is ours',
        description:
          'As https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html has it: `echostr` is answered as it is.',
        tags: ['events'],
        params: brandParams,
        querystring: echoQuery,
        response: { 200: z.string() },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent'],
      },
    },
    async ({ params, query: { echostr, ...signed } }, reply) => {
      const desk = brandOf(context, params.brand)
      context.channelKit.checkWechat({
        keys: await wechatKeys(desk),
        query: signed,
        now: context.clock.now(),
      })
      return reply.type('text/plain; charset=utf-8').send(echostr)
    },
  )

  app.post(
    '/hooks/:brand/wechat',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'What happens at the official account',
        description:
          'XML, sealed where the account has an EncodingAESKey: who follows and leaves, scans a code, presses a menu, writes. It is kept and answered with `success` at once, and done within a second; told again it changes nothing.',
        tags: ['events'],
        params: brandParams,
        querystring: query,
        body: z.string().describe('XML'),
        response: { 200: z.string() },
        problems: [
          'not-found',
          'signature-invalid',
          'signature-expired',
          'invalid-request',
          'channel-absent',
          'body-too-large',
        ],
      },
    },
    async ({ params, query: signed, body }, reply) => {
      const desk = brandOf(context, params.brand)
      const now = context.clock.now()
      const request = { keys: await wechatKeys(desk), query: signed, now }
      await takeWechat(desk, context.channelKit.readWechat(request, body), now)
      return reply.type('text/plain; charset=utf-8').send('success')
    },
  )
}
