import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { localDate } from '../../shared/calendar/index.ts'
import { limits } from '../../shared/limits.ts'
import { type LocalText, say } from '../../shared/text.ts'
import { type App, brandOf } from '../http/app.ts'
import { createBrake } from '../http/brake.ts'
import { callerOf } from '../http/caller.ts'
import { createClicks } from '../links/clicks.ts'
import { robotOf } from '../links/robots.ts'
import type { RouteContext } from './context.ts'
import { publicPage } from './public-page.ts'

const words = {
  title: { 'zh-CN': '链接', en: 'Link' },
  lost: {
    'zh-CN': '这个链接不存在，请从消息里重新打开。',
    en: 'There is no such link; open it from the message again.',
  },
  over: { 'zh-CN': '{brand} 的这个活动已经结束。', en: 'This offer of {brand} is over.' },
  braked: { 'zh-CN': '打开得太频繁，请稍后再试。', en: 'Too many tries; come back in a while.' },
} satisfies Record<string, LocalText>

const html = { description: 'A page', content: { 'text/html': { schema: z.string() } } }
const led = { description: 'Led on', content: { 'text/plain': { schema: z.string() } } }
const code = z.object({ code: z.string().max(200) })
const wellFormed = /^[\w-]{11}$/
const asText = (text: string) => text

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(' ') : (value ?? '')
}

function page(reply: FastifyReply, status: number, text: LocalText) {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(asText)
    .send(publicPage(words.title, text))
}

/**
 * Short links of messages. Whoever presses one is led on by one read, and what it means is written a moment later; who
 * guesses codes is told nothing, and held back.
 */
export async function linkRoutes(app: App, context: RouteContext): Promise<void> {
  const clicks = createClicks(context.log === false ? null : context.log)
  const brake = createBrake({
    elapsed: context.clock.elapsed,
    most: limits.linkGuesses.value,
    windowMs: 60_000,
    callers: 10_000,
  })
  app.addHook('preClose', () => clicks.flush())

  const find = async (given: string) => {
    if (!wellFormed.test(given)) return null
    for (const [id, desk] of context.brands) {
      const link = await desk.stores.links.find(given)
      if (link !== null) return { desk: brandOf(context, id), link }
    }
    return null
  }

  app.get(
    '/l/:code',
    {
      config: { open: true, rateLimit: false },
      schema: {
        summary: 'Leads on from a link of a message',
        description:
          'The press is reported as `message_clicked` of its message, once a day for each link; programs that look at links are told apart and not counted.',
        tags: ['events'],
        params: code,
        response: { 302: led, 404: html, 410: html, 429: html },
      },
    },
    async (request, reply) => {
      const found = await find(request.params.code)
      if (found === null) {
        const wait = brake.begin(callerOf(request.ip))
        if (wait > 0) return page(reply.header('retry-after', Math.ceil(wait / 1000)), 429, words.braked)
        return page(reply, 404, words.lost)
      }
      const { desk, link } = found
      const { name, links, zone } = desk.brand()
      const isOver = link.until !== null && localDate(desk.now(), zone) > link.until
      const target = isOver ? (link.after ?? links.after) : link.target
      if (target === null) {
        const said = (locale: 'zh-CN' | 'en') =>
          words.over[locale].replace('{brand}', () => say(name, locale))
        return page(reply, 410, { 'zh-CN': said('zh-CN'), en: said('en') })
      }
      const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']
        .map((one) => header(request, one))
        .join(' ')
      const robot = robotOf({ method: request.method, agent: header(request, 'user-agent'), purpose })
      clicks.note(desk, link, robot)
      return reply
        .code(302)
        .headers({ location: target, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
        .type('text/plain; charset=utf-8')
        .serializer(asText)
        .send('')
    },
  )
}
