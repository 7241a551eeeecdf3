import { z } from 'zod'
import { limits } from '../../shared/limits.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { callbackKeys, takeCallback } from '../wecom/callbacks.ts'
import type { RouteContext } from './context.ts'

const query = z.object({
  msg_signature: z.string().max(100).describe('SHA-1 over token, timestamp, nonce and what is sealed'),
  timestamp: z.string().max(20).describe('Seconds'),
  nonce: z.string().max(100),
})

const echoQuery = query.extend({ echostr: z.string().max(4000).describe('What is to be answered, sealed') })

/** What WeCom calls: sealed and signed by its own rules, over the body as it comes. */
export async function wecomHookRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.get(
    '/hooks/:brand/wecom',
    {
      config: { open: true },
      schema: {
        summary: 'WeCom looks whether the address is ours',
        description:
          'As https://developer.work.weixin.qq.com/document/path/90930 has it: what stands sealed in `echostr` is answered open.',
        tags: ['events'],
        params: brandParams,
        querystring: echoQuery,
        response: { 200: z.string() },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent'],
      },
    },
    async ({ params, query: { echostr, ...signed } }, reply) => {
      const desk = brandOf(context, params.brand)
      const request = { keys: await callbackKeys(desk), query: signed, now: context.clock.now() }
      return reply.type('text/plain; charset=utf-8').send(context.channelKit.readEcho(request, echostr))
    },
  )

  app.post(
    '/hooks/:brand/wecom',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: limits.hookBodySize.value,
      schema: {
        summary: 'What happens in WeCom',
        description:
          'XML that WeCom has sealed (https://developer.work.weixin.qq.com/document/path/90968): friends that are added and removed. It is kept and answered with `success` at once, and done within a second; told again it changes nothing.',
        tags: ['events'],
        params: brandParams,
        querystring: query,
        body: z.string().describe('XML'),
        response: { 200: z.string() },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent', 'body-too-large'],
      },
    },
    async ({ params, query: signed, body }, reply) => {
      const desk = brandOf(context, params.brand)
      const now = context.clock.now()
      const request = { keys: await callbackKeys(desk), query: signed, now }
      await takeCallback(desk, context.channelKit.readCallback(request, body), now)
      return reply.type('text/plain; charset=utf-8').send('success')
    },
  )
}
