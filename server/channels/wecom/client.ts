import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SettingsOf } from '../../../shared/channels/index.ts'
import { failureOf } from '../answers.ts'
import { exchanged, type Failure, type Said } from '../errcode.ts'
import { isSuccess, post } from '../post.ts'
import { redact } from '../redact.ts'
import type { HttpDeps } from '../signed-post.ts'
import { createTokens, marginMs, type Token } from '../tokens.ts'
import { busyMs, isStaleToken, wecomVerdict } from './errors.ts'

/** A page of a thousand customers with their tags fits; anything larger is none of WeCom's answers. */
const answerLimit = 8 * 1024 * 1024

/** A picture of a code has some tens of kilobytes. */
const pictureLimit = 4 * 1024 * 1024

/** Whose secret a call is made with: that of customer contact, or of the app that writes to staff. */
export type WecomApp = 'contact' | 'agent'

export interface WecomCall<T> {
  /** Below `/cgi-bin/`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Without one it is a GET. */
  readonly body?: unknown
  /** Is uploaded in the body's place. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array }
  readonly answer: z.ZodType<T>
  readonly app?: WecomApp
}

export type WecomFailure = Failure
/** What WeCom answered; `errcode` is null where it has not answered as WeCom does. */
export type WecomSaid<T> = Said<T>

export interface WecomClient {
  /** Never rejects. */
  ask<T>(call: WecomCall<T>, signal?: AbortSignal): Promise<WecomSaid<T>>
  /** A picture that an answer has named, without the token: it stands where WeCom shows pictures. Never rejects. */
  picture(url: string, signal?: AbortSignal): Promise<WecomSaid<Uint8Array>>
  /** Lets go of connections. */
  close(): void
}

/** Of this process, by corp and secret. */
const tokenFor = createTokens<Extract<WecomSaid<Token>, { ok: false }>>()

const tokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() })

export function createWecomClient(settings: SettingsOf<'wecom'>, deps: HttpDeps): WecomClient {
  const secrets = { contact: settings.contactSecret, agent: settings.agentSecret }
  const clean = (text: string, token?: string) =>
    redact(text, [settings.contactSecret, settings.agentSecret, settings.callbackAesKey, token])

  /** One call with what stands in its query, whatever it answers. */
  const exchange = async <T>(
    { path, query = {}, body, file, answer }: WecomCall<T>,
    signal: AbortSignal,
    token?: string,
  ): Promise<WecomSaid<T>> => {
    const url = new URL(`/cgi-bin/${path}`, settings.apiUrl)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    if (token !== undefined) url.searchParams.set('access_token', token)
    const speaker = {
      prefix: 'wecom',
      verdict: wecomVerdict,
      busyMs,
      clean: (text: string) => clean(text, token),
    }
    return exchanged(deps, { url, body, file, answerLimit, signal }, answer, speaker)
  }

  const askToken = async (app: WecomApp, signal: AbortSignal): Promise<WecomSaid<Token>> => {
    const secret = secrets[app]
    if (secret === undefined) {
      const detail = 'the app that writes to staff is not set up'
      return { ok: false, errcode: null, failure: { kind: 'rejected', code: 'wecom-no-agent', detail } }
    }
    const said = await exchange(
      {
        path: 'gettoken',
        query: { corpid: settings.corpId, corpsecret: secret },
        answer: tokenAnswer,
      },
      signal,
    )
    if (!said.ok) return said
    const { access_token: text, expires_in: seconds } = said.value
    return { ok: true, value: { text, until: deps.now() + seconds * 1000 - marginMs } }
  }

  /** A token that may be used now, and is not the one that was refused. */
  const tokenOf = async (
    app: WecomApp,
    signal: AbortSignal,
    refused: string | null,
  ): Promise<WecomSaid<Token>> => {
    const mark = createHash('sha256')
      .update(secrets[app] ?? '')
      .digest('hex')
    const key = `${settings.apiUrl} ${settings.corpId} ${mark}`
    return tokenFor(key, { now: deps.now(), refused, ask: () => askToken(app, signal) })
  }

  return {
    async ask(call, signal = new AbortController().signal) {
      const { app = 'contact' } = call
      const first = await tokenOf(app, signal, null)
      if (!first.ok) return first
      const said = await exchange(call, signal, first.value.text)
      if (said.ok || said.errcode === null || !isStaleToken(said.errcode)) return said
      const second = await tokenOf(app, signal, first.value.text)
      return second.ok ? exchange(call, signal, second.value.text) : second
    },
    async picture(address, signal = new AbortController().signal) {
      if (!URL.canParse(address)) {
        const failure = {
          kind: 'rejected',
          code: 'wecom-picture',
          detail: 'no address of a picture',
        } as const
        return { ok: false, errcode: null, failure }
      }
      const outcome = await post(deps.guard, {
        ...{ url: new URL(address), method: 'GET', body: '', headers: {}, answerLimit: pictureLimit },
        ...deps.timeouts,
        signal,
      })
      if (outcome.kind === 'answer' && isSuccess(outcome.status) && !outcome.truncated)
        return { ok: true, value: outcome.bytes }
      const failed = failureOf(outcome, clean, deps.now())
      if (failed.kind === 'accepted') throw new Error('a failure that is none')
      return { ok: false, errcode: null, failure: failed }
    },
    close: () => deps.guard.close(),
  }
}
