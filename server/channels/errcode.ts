import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { failureOf } from './answers.ts'
import type { SendResult } from './channel.ts'
import { isSuccess, post } from './post.ts'
import { type HttpDeps, readJson } from './signed-post.ts'
import { resultOf, type Verdict } from './verdicts.ts'

export type Failure = Exclude<SendResult, { kind: 'accepted' }>

/** What was answered; `errcode` is null where it is no answer of theirs. */
export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errcode: number | null; readonly failure: Failure }

/** Whose answers are read: WeCom's and WeChat's are alike, with codes of their own. */
export interface Speaker {
  /** As it stands before a code. */
  readonly prefix: string
  readonly verdict: (errcode: number) => Verdict
  /** How long it is left alone that has asked for a rest (ms). */
  readonly busyMs: number
  readonly clean: (text: string) => string
}

const word = z.looseObject({ errcode: z.int().default(0), errmsg: z.string().default('') })

/** An answer with an `errcode`: 0 and what was asked for, or why not; what is no answer of theirs may have been taken. */
function saidIn<T>(text: string, answer: z.ZodType<T>, speaker: Speaker): Said<T> {
  const { prefix, verdict: verdictOf, busyMs, clean } = speaker
  const read = word.safeParse(readJson(text))
  if (!read.success) {
    const failure = { kind: 'unknown', code: `${prefix}-no-answer`, detail: clean(text) } as const
    return { ok: false, errcode: null, failure }
  }
  const { errcode, errmsg } = read.data
  if (errcode !== 0) {
    const verdict = verdictOf(errcode)
    const detail = clean(errmsg) || `the answer is ${errcode}`
    const answered = { code: `${prefix}-${errcode}`, detail, afterMs: verdict === 'busy' ? busyMs : null }
    const failure = resultOf(verdict, answered)
    if (failure.kind === 'accepted') throw new Error('a failure that is none')
    return { ok: false, errcode, failure }
  }
  const value = answer.safeParse(read.data)
  if (value.success) return { ok: true, value: value.data }
  const failure = { kind: 'unknown', code: `${prefix}-unreadable`, detail: clean(text) } as const
  return { ok: false, errcode: 0, failure }
}

export interface Exchange {
  readonly url: URL
  /** Without one it is a GET. */
  readonly body?: unknown
  /** A picture that goes as a form, in the place of a body. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array } | undefined
  readonly answerLimit: number
  readonly signal: AbortSignal
}

/** A file as a form carries it, of the name that both providers want. */
function formOf({ type, bytes }: NonNullable<Exchange['file']>) {
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

/** One call of JSON, whatever is answered. Never rejects. */
export async function exchanged<T>(
  { guard, timeouts, now }: HttpDeps,
  { url, body, file, answerLimit, signal }: Exchange,
  answer: z.ZodType<T>,
  speaker: Speaker,
): Promise<Said<T>> {
  const outcome = await post(guard, {
    url,
    ...(file !== undefined
      ? formOf(file)
      : body === undefined
        ? { method: 'GET', body: '', headers: {} }
        : { body: JSON.stringify(body), headers: {} }),
    answerLimit,
    ...timeouts,
    signal,
  })
  if (outcome.kind === 'answer' && isSuccess(outcome.status)) return saidIn(outcome.text, answer, speaker)
  const failure = failureOf(outcome, speaker.clean, now())
  if (failure.kind === 'accepted') throw new Error('a failure that is none')
  return { ok: false, errcode: null, failure }
}
