import type { SettingsOf } from '../../shared/channels/index.ts'
import { limits } from '../../shared/limits.ts'
import { unsoundPart } from '../../shared/sound.ts'
import { redact } from './redact.ts'
import { type HttpDeps, readJson, signedPost } from './signed-post.ts'

/** What is kept of an answer stands a few levels deep itself. */
const deepest = limits.journeyDepth.value - 5

/** The most of an answer that is read, in bytes. */
const answerLimit = 64 * 1024

export interface Call {
  readonly url: string
  /** JSON, as it is sent. */
  readonly body: string
  /** The same over all attempts at this call. */
  readonly key: string
}

/** What became of a call; `retryable`: the same call may be answered later, and does nothing twice. */
export type CallResult =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly reason: string; readonly retryable: boolean }

export interface Caller {
  /** Rejects only with the signal's reason. */
  call(call: Call, signal: AbortSignal): Promise<CallResult>
  /** Lets go of connections. */
  close(): void
}

const retryable = { accepted: false, rejected: false, retry: true, endpoint: true, unknown: true } as const

/** JSON as what it says; what is none, or is nested deeper than anything that is kept here, as text. */
function bodyOf(text: string): unknown {
  const json = readJson(text)
  const rules = { depth: deepest, looseNumbers: true }
  return json === undefined || unsoundPart(json, rules)?.kind === 'too-deep' ? text : json
}

/** Calls another system as webhooks are sent: signed, with an Idempotency-Key, through the guard. */
export function createCaller({ secret }: SettingsOf<'webhook'>, deps: HttpDeps): Caller {
  const call = async ({ url, body, key }: Call, signal: AbortSignal): Promise<CallResult> => {
    if (!URL.canParse(url)) return { ok: false, reason: 'invalid-address', retryable: false }
    const target = new URL(url)
    const answer = await signedPost(deps, {
      url: target,
      secret,
      key,
      body,
      answerLimit,
      clean: (text) => redact(text, [secret, ...target.searchParams.values(), url]),
      signal,
    })
    if (!('kind' in answer)) return { ok: true, body: bodyOf(answer.text) }
    signal.throwIfAborted()
    const reason = 'code' in answer ? answer.code : answer.kind
    return { ok: false, reason, retryable: retryable[answer.kind] }
  }
  return { call, close: () => deps.guard.close() }
}
