import { z } from 'zod'
import { isChannel } from '../../shared/channels/index.ts'
import { channelOf } from '../../shared/message/index.ts'
import { type LocalText, say } from '../../shared/text.ts'
import { unsubscribe } from '../customers/unsubscribe.ts'
import { addressMark, type UnsubscribeTarget, verifyUnsubscribe } from '../dispatch/links.ts'
import type { App } from '../http/app.ts'
import type { RouteContext } from './context.ts'
import { publicPage } from './public-page.ts'

const words = {
  ask: {
    'zh-CN': '不再接收 {brand} 的{channel}？',
    en: 'Receive no more {channel} from {brand}?',
  },
  button: { 'zh-CN': '退订', en: 'Unsubscribe' },
  done: {
    'zh-CN': '已退订，您不会再收到 {brand} 的营销{channel}。',
    en: 'You are unsubscribed and will receive no more marketing {channel} from {brand}.',
  },
  lost: {
    'zh-CN': '这个链接不完整，请从邮件里重新打开。',
    en: 'This link is not complete; open it from the message again.',
  },
} satisfies Record<string, LocalText>

const page = (said: LocalText, button: LocalText | null): string => publicPage(words.button, said, button)

const html = { description: 'A page', content: { 'text/html': { schema: z.string() } } }
const token = z.object({ token: z.string().max(2000) })
const asText = (text: string) => text

/** The link at the end of a message. Opening it asks; only the press, or a mail client's one click, acts. */
export async function unsubscribeRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const targetOf = (given: string): UnsubscribeTarget | null =>
    verifyUnsubscribe(given, (brand) => (context.brands.has(brand) ? context.linkSecret : null))

  const said = (text: LocalText, { brand, channel }: UnsubscribeTarget): LocalText => {
    const names = context.brands.get(brand)?.brand().name ?? { en: '' }
    const kind = isChannel(channel) ? channelOf(channel).name : { 'zh-CN': channel, en: channel }
    const filled = (locale: 'zh-CN' | 'en') =>
      text[locale].replace('{brand}', say(names, locale)).replace('{channel}', say(kind, locale))
    return { 'zh-CN': filled('zh-CN'), en: filled('en') }
  }

  app.get(
    '/u/:token',
    {
      config: { open: true },
      schema: {
        summary: 'Asks whether to unsubscribe',
        tags: ['events'],
        params: token,
        response: { 200: html, 404: html },
      },
    },
    async ({ params }, reply) => {
      const target = targetOf(params.token)
      reply.type('text/html; charset=utf-8').serializer(asText)
      if (target === null) return reply.code(404).send(page(words.lost, null))
      return reply.send(page(said(words.ask, target), words.button))
    },
  )

  app.post(
    '/u/:token',
    {
      config: { open: true, anyOrigin: true },
      schema: {
        summary: 'Unsubscribe',
        description: 'By the page’s button, or by the one click of a mail client (RFC 8058).',
        tags: ['events'],
        params: token,
        response: { 200: html, 404: html },
      },
    },
    async ({ params }, reply) => {
      const target = targetOf(params.token)
      const runtime = target === null ? undefined : context.brands.get(target.brand)
      reply.type('text/html; charset=utf-8').serializer(asText)
      if (target === null || runtime === undefined) return reply.code(404).send(page(words.lost, null))
      const { channel, mark } = target
      const customerId = await runtime.stores.persons.current(target.customerId)
      const known = mark === undefined ? [] : await runtime.stores.addresses.ofCustomer(customerId)
      // It was the address then, whatever the customer's is by now and whoever bears it.
      const address = known.find((one) => addressMark(one.address) === mark)?.address ?? null
      const actor = { kind: 'customer', id: customerId, via: 'link' } as const
      await unsubscribe(runtime, actor, { customerId, channel, address })
      return reply.send(page(said(words.done, target), null))
    },
  )
}
