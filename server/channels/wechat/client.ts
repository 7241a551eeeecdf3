import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SettingsOf } from '../../../shared/channels/index.ts'
import { wechatUrl } from '../../../shared/channels/wechat.ts'
import { exchanged, type Said } from '../errcode.ts'
import { redact } from '../redact.ts'
import type { HttpDeps } from '../signed-post.ts'
import { createTokens, marginMs, type Token } from '../tokens.ts'
import { busyMs, isStaleToken, wechatVerdict } from './errors.ts'

/** Ten thousand followers of a page fit; anything larger is none of WeChat's answers. */
const answerLimit = 8 * 1024 * 1024

export interface WechatCall<T> {
  /** Below `/cgi-bin/`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Without one it is a GET. */
  readonly body?: unknown
  readonly answer: z.ZodType<T>
}

export interface WechatClient {
  readonly appId: string
  /** Never rejects. */
  ask<T>(call: WechatCall<T>, signal?: AbortSignal): Promise<Said<T>>
  /** Lets go of connections. */
  close(): void
}

/** Of this process, by account and secret. */
const tokenFor = createTokens<Extract<Said<Token>, { ok: false }>>()

const tokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() })

/** An official account's server side, as far as messages, followers and templates go. */
export function createWechatClient(settings: SettingsOf<'wechat'>, deps: HttpDeps): WechatClient {
  const { appId, appSecret, endpoint = wechatUrl } = settings
  const clean = (text: string, token?: string) => redact(text, [appSecret, settings.callbackAesKey, token])
  const mark = createHash('sha256').update(appSecret).digest('hex')
  const key = `${endpoint} ${appId} ${mark}`

  const exchange = <T>(
    { path, query = {}, body, answer }: WechatCall<T>,
    signal: AbortSignal,
    token?: string,
  ): Promise<Said<T>> => {
    const url = new URL(`/cgi-bin/${path}`, endpoint)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    if (token !== undefined) url.searchParams.set('access_token', token)
    const speaker = {
      ...{ prefix: 'wechat', verdict: wechatVerdict, busyMs },
      clean: (text: string) => clean(text, token),
    }
    return exchanged(deps, { url, body, answerLimit, signal }, answer, speaker)
  }

  const askToken = async (force: boolean, signal: AbortSignal): Promise<Said<Token>> => {
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force }
    const said = await exchange({ path: 'stable_token', body, answer: tokenAnswer }, signal)
    if (!said.ok) return said
    const { access_token: text, expires_in: seconds } = said.value
    // Near its end WeChat says how little is left, and gives the next one a moment later.
    const until = deps.now() + Math.max(seconds * 1000 - marginMs, 1000)
    return { ok: true, value: { text, until } }
  }

  /** Asking for a new one ends the old one for whoever else has it: only where the very one that was refused is given again. */
  const tokenOf = (signal: AbortSignal, refused: string | null): Promise<Said<Token>> =>
    tokenFor(key, {
      now: deps.now(),
      refused,
      ask: async () => {
        const said = await askToken(false, signal)
        return said.ok && said.value.text === refused ? askToken(true, signal) : said
      },
    })

  return {
    appId,
    async ask(call, signal = new AbortController().signal) {
      const first = await tokenOf(signal, null)
      if (!first.ok) return first
      const said = await exchange(call, signal, first.value.text)
      if (said.ok || said.errcode === null || !isStaleToken(said.errcode)) return said
      const second = await tokenOf(signal, first.value.text)
      return second.ok ? exchange(call, signal, second.value.text) : second
    },
    close: () => deps.guard.close(),
  }
}
