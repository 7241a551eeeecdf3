import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { localDate } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { isOpen } from '../../shared/referrals/definition.ts'
import type { Locale } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { createBrake } from '../http/brake.ts'
import { callerOf } from '../http/caller.ts'
import { robotOf } from '../links/robots.ts'
import type { OpenedLink } from '../ports/referrals.ts'
import { joinByPhone } from '../referrals/joining.ts'
import {
  invitingPage,
  type Landing,
  landingPolicy,
  noticePage,
  thanksPage,
} from '../referrals/landing-page.ts'
import type { LandingWord } from '../referrals/landing-words.ts'
import { createOpenings } from '../referrals/openings.ts'
import { Posters } from '../referrals/posters.ts'
import { pageAt } from '../referrals/programmes.ts'
import { qrSvg } from '../referrals/qr.ts'
import type { RouteContext } from './context.ts'

const html = { description: 'A page', content: { 'text/html': { schema: z.string() } } }
const picture = (type: string) => ({
  description: 'The picture',
  content: { [type]: { schema: z.unknown() } },
})
const params = z.object({ code: z.string().max(200) })
const query = z.object({ lang: z.string().max(20).optional() })
const wellFormed = /^[\w-]{11}$/
const asText = (text: string) => text
const minuteMs = 60_000
const callers = 10_000
const formSize = 4_000
const hourSeconds = 3600

/** The language that is asked for, else the browser's first of ours, else the brand's. */
function localeOf(asked: string | undefined, accepted: string | undefined, usual: Locale): Locale {
  if (asked === 'en') return 'en'
  if (asked !== undefined) return 'zh-CN'
  const first = /\b(zh|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase()
  return first === 'en' ? 'en' : first === 'zh' ? 'zh-CN' : usual
}

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(' ') : (value ?? '')
}

function send(reply: FastifyReply, status: number, page: string) {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({ 'cache-control': 'no-store', 'content-security-policy': landingPolicy })
    .header('referrer-policy', 'no-referrer')
    .serializer(asText)
    .send(page)
}

/** What is wrong with what somebody left, and how the page answers. */
const faults: Readonly<Record<string, readonly [status: number, word: LandingWord]>> = {
  'not-an-address': [400, 'badPhone'],
  'identifier-shared': [422, 'unsure'],
  'record-refused': [422, 'unsure'],
}

interface Found {
  readonly desk: BrandRuntime
  readonly link: OpenedLink
}

/**
 * Where customers lead whom they invite. Anybody may open it: whoever guesses codes or fills in forms by the dozen is held
 * back, by address and by link, and no answer tells who is a customer.
 */
export async function invitationRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const openings = createOpenings(context.log === false ? null : context.log)
  const posters = new Posters()
  const brake = (most: number) =>
    createBrake({ elapsed: context.clock.elapsed, most, windowMs: minuteMs, callers })
  const looking = brake(limits.referralPages.value)
  const joining = brake(limits.referralJoins.value)
  const joiningBy = brake(limits.referralJoinsOfLink.value)
  const guessing = brake(limits.linkGuesses.value)
  app.addHook('preClose', () => openings.flush())

  const find = async (code: string): Promise<Found | null> => {
    if (!wellFormed.test(code)) return null
    for (const [id, desk] of context.brands) {
      const link = await desk.stores.referrals.find(code)
      if (link !== null) return { desk: brandOf(context, id), link }
    }
    return null
  }
  const landingOf = (request: FastifyRequest, lang: string | undefined, found: Found | null): Landing => {
    const brand = found?.desk.brand()
    const locale = localeOf(lang, request.headers['accept-language'], brand?.language ?? 'zh-CN')
    return { locale, brand: brand?.name ?? { en: '' }, other: `?lang=${locale === 'en' ? 'zh-CN' : 'en'}` }
  }
  const slowDown = (reply: FastifyReply, landing: Landing, waitMs: number) =>
    send(reply.header('retry-after', Math.ceil(waitMs / 1000)), 429, noticePage(landing, 'braked'))
  /** The link, or null once the answer is given: to whoever is held back, or asks for what is not there. */
  const opened = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { code, lang }: { readonly code: string; readonly lang: string | undefined },
  ): Promise<(Found & { readonly landing: Landing }) | null> => {
    const caller = callerOf(request.ip)
    const wait = looking.begin(caller)
    const found = wait > 0 ? null : await find(code)
    const landing = landingOf(request, lang, found)
    if (wait > 0) await slowDown(reply, landing, wait)
    else if (found === null) {
      const guessed = guessing.begin(caller)
      await (guessed > 0 ? slowDown(reply, landing, guessed) : send(reply, 404, noticePage(landing, 'lost')))
    } else return { ...found, landing }
    return null
  }
  const isRunning = ({ desk, link }: Found) => isOpen(link.referral, localDate(desk.now(), desk.brand().zone))
  const urlOf = ({ desk, link }: Found) => pageAt(desk.brand().linkBase ?? desk.baseUrl(), link.code)

  app.get(
    '/r/:code',
    {
      config: { open: true, rateLimit: false },
      schema: {
        summary: 'The page of somebody who invites',
        description:
          'In the language of `lang`, of the browser or of the brand. Programs that look at links are not counted.',
        tags: ['referrals'],
        params,
        querystring: query,
        response: { 200: html, 404: html, 410: html, 429: html },
      },
    },
    async (request, reply) => {
      const found = await opened(request, reply, { ...request.params, lang: request.query.lang })
      if (found === null) return reply
      const { desk, link, landing } = found
      if (!isRunning(found)) return send(reply, 410, noticePage(landing, 'over'))
      const purpose = header(request, 'sec-purpose')
      const robot = robotOf({ method: request.method, agent: header(request, 'user-agent'), purpose })
      if (robot === null) openings.note(desk, link.code)
      return send(reply, 200, invitingPage(landing, link.referral, desk.brand().assets ?? []))
    },
  )

  app.post(
    '/r/:code',
    {
      config: { open: true, anyOrigin: true, rateLimit: false },
      bodyLimit: formSize,
      schema: {
        summary: 'Come in by an invitation',
        description:
          'The form of the page: `phone`, and `agree` where its sender agrees to what stands there. The answer is the same whether or not somebody was known.',
        tags: ['referrals'],
        params,
        querystring: query,
        response: { 200: html, 400: html, 404: html, 410: html, 422: html, 429: html },
      },
    },
    async (request, reply) => {
      const found = await opened(request, reply, { ...request.params, lang: request.query.lang })
      if (found === null) return reply
      const { desk, link, landing } = found
      const { assets = [] } = desk.brand()
      const wait = joining.begin(callerOf(request.ip)) || joiningBy.begin(link.code)
      if (wait > 0) return slowDown(reply, landing, wait)
      if (!isRunning(found)) return send(reply, 410, noticePage(landing, 'over'))
      const form = new URLSearchParams(String(request.body ?? ''))
      const phone = (form.get('phone') ?? '').trim().slice(0, limits.nameLength.value)
      const again = (status: number, wrong: LandingWord) =>
        send(reply, status, invitingPage(landing, link.referral, assets, { phone, wrong }))
      if (form.get('agree') !== 'yes') return again(400, 'noConsent')
      try {
        await joinByPhone(desk, { link, phone, secret: context.linkSecret })
      } catch (error) {
        const fault = error instanceof Problem ? faults[error.code] : undefined
        if (fault === undefined) throw error
        return again(...fault)
      }
      return send(reply, 200, thanksPage(landing, link.referral, assets))
    },
  )

  app.get(
    '/r/:code/qr.svg',
    {
      config: { open: true, rateLimit: false },
      schema: {
        summary: 'The QR code of an invitation',
        tags: ['referrals'],
        params,
        response: { 200: picture('image/svg+xml'), 404: html, 429: html },
      },
    },
    async (request, reply) => {
      const found = await opened(request, reply, { ...request.params, lang: undefined })
      if (found === null) return reply
      return reply
        .type('image/svg+xml')
        .headers({
          'cache-control': `public, max-age=${hourSeconds}`,
          'content-security-policy': "default-src 'none'",
        })
        .serializer(asText)
        .send(qrSvg(urlOf(found)))
    },
  )

  app.get(
    '/r/:code/poster.png',
    {
      config: { open: true, rateLimit: false },
      schema: {
        summary: 'The poster of an invitation, with its QR code',
        tags: ['referrals'],
        params,
        querystring: query,
        response: { 200: picture('image/png'), 404: html, 429: html },
        problems: ['referral-picture-no-font'],
      },
    },
    async (request, reply) => {
      const found = await opened(request, reply, { ...request.params, lang: request.query.lang })
      if (found === null) return reply
      const { desk, link } = found
      // A poster is passed on: without being asked for another, it speaks the brand's language.
      const locale = localeOf(request.query.lang, undefined, desk.brand().language)
      const { referral, revision } = link
      const drawn = await posters.draw(desk, { referral, revision, url: urlOf(found), locale })
      return reply
        .type('image/png')
        .headers({
          'cache-control': `public, max-age=${hourSeconds}`,
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
        })
        .send(drawn)
    },
  )
}
