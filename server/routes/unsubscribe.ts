import { z } from 'zod'
import { isChannel } from '../../shared/channels/index.ts'
import { channelOf } from '../../shared/message/index.ts'
import { type LocalText, say } from '../../shared/text.ts'
import { unsubscribe } from '../customers/unsubscribe.ts'
import { addressMark, type UnsubscribeTarget, verifyUnsubscribe } from '../dispatch/links.ts'
import type { App } from '../http/app.ts'
import type { RouteContext } from './context.ts'

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

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** A page in both languages, as a customer's language may not be known here. */
function page(said: LocalText, button: LocalText | null): string {
  const form =
    button === null
      ? ''
      : `<form method="post"><button type="submit">${escaped(button['zh-CN'])} · ${escaped(button.en)}</button></form>`
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${escaped(words.button['zh-CN'])} · ${escaped(words.button.en)}</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f6f7f9; color: #1d2433;
  font: 15px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
main { background: #fff; border: 1px solid #e6e9ef; border-radius: 12px; padding: 32px; max-width: 360px; text-align: center }
p { margin: 0 0 8px } p[lang="en"] { color: #4b5568; font-size: 13px }
button { margin-top: 16px; border: 0; border-radius: 8px; padding: 8px 24px; background: #1d2433; color: #fff; font: inherit; cursor: pointer }
</style></head><body><main>
<p>${escaped(said['zh-CN'])}</p>
<p lang="en">${escaped(said.en)}</p>
${form}</main></body></html>`
}

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
