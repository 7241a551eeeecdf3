import type { IncomingHttpHeaders } from 'node:http'
import { credentialsRetryMs, type SendResult } from './channel.ts'
import type { PostOutcome } from './post.ts'

/** A provider that asks to be left alone longer than a day is asked again after one. */
const longestRetryMs = 86_400_000

/**
 * What an HTTP outcome that is not a success (2xx) says of a message.
 *
 * A 5xx other than 503 does not say that the request was not carried out, so it is *unknown* and tried
 * again with the same key; so is 409, by which a provider says that the first attempt is still under way
 * (draft-ietf-httpapi-idempotency-key-header, section 2.6).
 */
export function failureOf(outcome: PostOutcome, clean: (text: string) => string, now: number): SendResult {
  if (outcome.kind === 'unsent') {
    const detail = clean(outcome.detail)
    // What the guard forbids stays forbidden.
    return outcome.code === 'blocked_address'
      ? { kind: 'rejected', code: 'blocked-address', detail }
      : { kind: 'retry', code: outcome.code, detail, afterMs: null }
  }
  if (outcome.kind === 'lost') return { kind: 'unknown', code: outcome.code, detail: clean(outcome.detail) }
  const { status, headers, text } = outcome
  const code = `http-${status}`
  const detail = clean(text) || `answered ${status} without a body`
  if (status === 401 || status === 403) return { kind: 'retry', code, detail, afterMs: credentialsRetryMs }
  if (status === 408 || status === 425 || status === 429 || status === 503) {
    return { kind: 'retry', code, detail, afterMs: retryAfter(headers, now) }
  }
  if (status >= 300 && status < 400)
    return { kind: 'rejected', code, detail: `a redirect is not followed (${status})` }
  if (status >= 400 && status < 500 && status !== 409) return { kind: 'rejected', code, detail }
  return { kind: 'unknown', code, detail }
}

/** The Retry-After header (RFC 9110, 10.2.3: seconds or an HTTP date) in milliseconds from now, if readable. */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryMs)
}
