import { failureOf } from './answers.ts'
import type { SendResult, Timeouts } from './channel.ts'
import type { Guard } from './guard.ts'
import { isSuccess, post } from './post.ts'
import { idempotencyHeader, signedHeaders } from './signature.ts'

export interface HttpDeps {
  guard: Guard
  /** Epoch milliseconds, for the signature's timestamp and for a Retry-After given as a date. */
  now: () => number
  timeouts: Timeouts
}

export interface SignedPost {
  url: URL
  secret: string
  key: string
  /** JSON. */
  body: string
  answerLimit: number
  clean: (text: string) => string
  signal: AbortSignal
}

/** Posts JSON with signature and Idempotency-Key; gives the text of a 2xx answer, or what else became of it. */
export async function signedPost(
  deps: HttpDeps,
  request: SignedPost,
): Promise<{ text: string } | SendResult> {
  const { body } = request
  const outcome = await post(deps.guard, {
    url: request.url,
    body,
    headers: {
      [idempotencyHeader]: headerValue(request.key),
      ...signedHeaders(request.secret, request.key, body, deps.now()),
    },
    answerLimit: request.answerLimit,
    ...deps.timeouts,
    signal: request.signal,
  })
  if (outcome.kind === 'answer' && isSuccess(outcome.status)) return { text: outcome.text }
  return failureOf(outcome, request.clean, deps.now())
}

/** A key as a header can carry it; ours are plain ASCII already, and stay as they are. */
function headerValue(key: string): string {
  return /^[\x21-\x7e]+$/.test(key) ? key : encodeURIComponent(key)
}

/** JSON that somebody else wrote, or undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
