import type { IncomingHttpHeaders } from 'node:http'
import type { SendResult } from './channel.ts'
import type { PostOutcome } from './post.ts'
import { httpVerdict, resultOf, unsentVerdict } from './verdicts.ts'

/** A provider that asks to be left alone longer than a day is asked again after one. */
const longestRetryMs = 86_400_000

/** What an HTTP outcome that is not a success (2xx) says of a message. */
export function failureOf(outcome: PostOutcome, clean: (text: string) => string, now: number): SendResult {
  if (outcome.kind === 'lost')
    return resultOf('unknown', { code: outcome.code, detail: clean(outcome.detail) })
  if (outcome.kind === 'unsent')
    return resultOf(unsentVerdict(outcome.code), {
      code: dashed(outcome.code),
      detail: clean(outcome.detail),
    })
  const { status, headers, text } = outcome
  return resultOf(httpVerdict(status), {
    code: `http-${status}`,
    detail: clean(text) || wordsFor(status),
    afterMs: retryAfter(headers, now),
  })
}

/** What the guard forbids is called by the name that people know. */
const dashed = (code: string): string => (code === 'blocked_address' ? 'blocked-address' : code)

const wordsFor = (status: number): string =>
  status >= 300 && status < 400
    ? `a redirect is not followed (${status})`
    : `answered ${status} without a body`

/** The Retry-After header (RFC 9110, 10.2.3: seconds or an HTTP date) in milliseconds from now, if readable. */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryMs)
}
