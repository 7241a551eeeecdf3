import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SettingsOf } from '../../../shared/channels/index.ts'
import { failureOf } from '../answers.ts'
import type { SendResult } from '../channel.ts'
import { isSuccess, post } from '../post.ts'
import { redact } from '../redact.ts'
import { type HttpDeps, readJson } from '../signed-post.ts'
import { resultOf } from '../verdicts.ts'
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

export type WecomFailure = Exclude<SendResult, { kind: 'accepted' }>
/** What WeCom answered; `errcode` is null where it has not answered as WeCom does. */
export type WecomSaid<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errcode: number | null; readonly failure: WecomFailure }

export interface WecomClient {
  /** Never rejects. */
  ask<T>(call: WecomCall<T>, signal?: AbortSignal): Promise<WecomSaid<T>>
  /** A picture that an answer has named, without the token: it stands where WeCom shows pictures. Never rejects. */
  picture(url: string, signal?: AbortSignal): Promise<WecomSaid<Uint8Array>>
  /** Lets go of connections. */
  close(): void
}

interface Token {
  readonly text: string
  /** Until when it may be used, in epoch milliseconds. */
  readonly until: number
}

/**
 * One token for each secret of the process: WeCom gives the same one to whoever asks again, and counts how often that
 * is. What is asked for is kept, so that several who need one at the same time ask once.
 */
const tokens = new Map<string, Promise<WecomSaid<Token>>>()

const tokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() })
const word = z.looseObject({ errcode: z.int().default(0), errmsg: z.string().default('') })

/** Renewed so long before it ends by itself (ms). */
const marginMs = 120_000

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
    const outcome = await post(deps.guard, {
      url,
      ...(file !== undefined
        ? formOf(file)
        : body === undefined
          ? { method: 'GET', body: '', headers: {} }
          : { body: JSON.stringify(body), headers: {} }),
      answerLimit,
      ...deps.timeouts,
      signal,
    })
    if (outcome.kind !== 'answer' || !isSuccess(outcome.status)) {
      const failed = failureOf(outcome, (text) => clean(text, token), deps.now())
      if (failed.kind === 'accepted') throw new Error('a failure that is none')
      return { ok: false, errcode: null, failure: failed }
    }
    return saidIn(outcome.text, answer, (text) => clean(text, token))
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
    const known = tokens.get(key)
    if (known !== undefined) {
      const said = await known
      if (said.ok && said.value.text !== refused && said.value.until > deps.now()) return said
      // Somebody else has asked for another meanwhile.
      if (tokens.get(key) !== known && tokens.has(key)) return tokenOf(app, signal, refused)
    }
    const asked = askToken(app, signal)
    tokens.set(key, asked)
    const said = await asked
    if (!said.ok && tokens.get(key) === asked) tokens.delete(key)
    return said
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

/** A file as a form carries it: page 90253 of WeCom's documents. */
function formOf({ type, bytes }: { readonly type: string; readonly bytes: Uint8Array }) {
  const boundary = `magpie-${randomUUID()}`
  const name = `picture.${type === 'image/png' ? 'png' : 'jpg'}`
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${name}"; filelength=${bytes.byteLength}`,
    `Content-Type: ${type}`,
  ]
  return {
    body: Buffer.concat([
      Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** An answer of WeCom: 0 and what was asked for, or why not; what is no answer of WeCom's may have been taken. */
function saidIn<T>(text: string, answer: z.ZodType<T>, clean: (text: string) => string): WecomSaid<T> {
  const read = word.safeParse(readJson(text))
  if (!read.success) {
    const failure = { kind: 'unknown', code: 'wecom-no-answer', detail: clean(text) } as const
    return { ok: false, errcode: null, failure }
  }
  const { errcode, errmsg } = read.data
  if (errcode !== 0) {
    const verdict = wecomVerdict(errcode)
    const detail = clean(errmsg) || `WeCom answered ${errcode}`
    const answered = { code: `wecom-${errcode}`, detail, afterMs: verdict === 'busy' ? busyMs : null }
    const failure = resultOf(verdict, answered)
    if (failure.kind === 'accepted') throw new Error('a failure that is none')
    return { ok: false, errcode, failure }
  }
  const value = answer.safeParse(read.data)
  if (value.success) return { ok: true, value: value.data }
  const failure = { kind: 'unknown', code: 'wecom-unreadable', detail: clean(text) } as const
  return { ok: false, errcode: 0, failure }
}
