import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import type { PolishFailureReason } from './polish.ts'

/** A failure before it is known to which request and model it belongs. */
export interface Fault {
  reason: PolishFailureReason
  detail: string
  retryable: boolean
}

/**
 * What an error of the client means. Only what a server said in an error body is quoted, shortened and without
 * the key; messages of other errors may hold headers and are not.
 */
export function faultOf(error: unknown, apiKey: string | undefined): Fault {
  if (error instanceof APIConnectionTimeoutError) return timedOut
  if (error instanceof APIConnectionError) return network(error.cause)
  if (error instanceof APIError && typeof error.status === 'number')
    return refusal(error, error.status, apiKey)
  if (error instanceof Error && error.name === 'TimeoutError') return timedOut
  if (error instanceof SyntaxError) return garbage('the body of the reply is not JSON')
  return network(error)
}

export const timedOut: Fault = {
  reason: 'timeout',
  detail: 'no answer within the time allowed',
  retryable: true,
}

export function garbage(detail: string): Fault {
  return { reason: 'garbage', detail, retryable: false }
}

/** Whether a 4xx may be about the form of answer asked for, so that a simpler form is worth trying. */
export function mayBeAboutForm(error: unknown): boolean {
  if (!(error instanceof APIError)) return false
  return (error.status === 400 || error.status === 422) && !isContentFilter(error)
}

function refusal(error: APIError, status: number, apiKey: string | undefined): Fault {
  const said = `the model server answered ${status}${quote(error, apiKey)}`
  // A 401's own words repeat the key, in part at least, so they are left out.
  if (status === 401)
    return { reason: 'no-key', detail: 'the model server rejected the key (401)', retryable: false }
  if (status === 408) return timedOut
  if (status === 429)
    return { reason: 'rate-limited', detail: said, retryable: error.code !== 'insufficient_quota' }
  if (status >= 500) return { reason: 'server-error', detail: said, retryable: true }
  return { reason: 'refused', detail: said, retryable: status === 409 }
}

/** What the way to the model does not let through; asking again changes nothing about it. */
const barred: Readonly<Record<string, Fault>> = {
  BLOCKED_ADDRESS: {
    reason: 'network',
    detail:
      'the address leads into a network that the settings do not allow (BLOCKED_ADDRESS); allow addresses of your own network there if the model stands on it',
    retryable: false,
  },
  REDIRECTED: {
    reason: 'network',
    detail: 'the model server sends us elsewhere (REDIRECTED), which is not followed; give its own address',
    retryable: false,
  },
  ANSWER_TOO_LONG: garbage('the answer is too long and was broken off'),
}

function network(cause: unknown): Fault {
  const code = codeOf(cause)
  const known = code === null ? undefined : barred[code]
  if (known !== undefined) return known
  const detail = code
    ? `the model server cannot be reached (${code})`
    : 'the connection to the model server broke'
  return { reason: 'network', detail, retryable: true }
}

/** The system's error code (ECONNREFUSED) of an error or of the error behind it. */
function codeOf(error: unknown): string | null {
  let inner = error
  for (let depth = 0; depth < 4 && inner instanceof Error; depth++) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code
    inner = inner.cause
  }
  return null
}

/** Azure and the OpenAI API say content_filter, Alibaba's says data_inspection_failed. */
function isContentFilter(error: APIError): boolean {
  return /content_filter|content_policy|data_inspection/i.test(`${error.code} ${error.type} ${error.message}`)
}

function quote(error: APIError, apiKey: string | undefined): string {
  const words = error.message.replace(/^\d+ /, '')
  if (words === '' || words === 'status code (no body)') return ''
  return `: ${withoutKey(words, apiKey)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300)}`
}

/** The text with the key, and whatever looks like one, blotted out. */
export function withoutKey(text: string, apiKey: string | undefined): string {
  const blotted = apiKey
    ? text.replaceAll(apiKey, '[key]').replaceAll(encodeURIComponent(apiKey), '[key]')
    : text
  return blotted.replace(/\bsk-[\w*-]{6,}/g, '[key]').replace(/\bBearer\s+[^\s"',]+/gi, 'Bearer [key]')
}
