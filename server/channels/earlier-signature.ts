import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * How requests were signed before Standard Webhooks. Receivers and providers that were told of it go on working:
 * what we send carries these headers too, and what comes with them alone is believed. Deprecated.
 */
export const earlierNames = {
  timestamp: 'x-magpie-timestamp',
  nonce: 'x-magpie-nonce',
  signature: 'x-magpie-signature',
} as const

/** Names in lower case, as node:http has them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

interface SignedParts {
  /** Epoch milliseconds. */
  timestamp: number
  nonce: string
  body: string
}

export type Verdict = { ok: true } | { ok: false; reason: 'missing' | 'malformed' | 'expired' | 'mismatch' }

/**
 * `v1=` and the HMAC-SHA256, in hex, of `timestamp.nonce.body`. Neither a timestamp (digits) nor a nonce
 * (hex) can hold a dot, so no two different requests share the signed text.
 */
export function sign(secret: string, parts: SignedParts): string {
  return `v1=${digest(secret, parts).toString('hex')}`
}

/** The nonce of a message: the same over its retries, and telling nothing of the key. */
export function nonceOf(key: string): string {
  return createHash('sha256').update(`nonce:${key}`).digest('hex').slice(0, 32)
}

/** The headers of a request that is signed in this way. */
export function earlierHeaders(
  secret: string,
  key: string,
  body: string,
  now: number,
): Record<string, string> {
  const nonce = nonceOf(key)
  return {
    [earlierNames.timestamp]: String(now),
    [earlierNames.nonce]: nonce,
    [earlierNames.signature]: sign(secret, { timestamp: now, nonce, body }),
  }
}

export const isSignedEarlier = (headers: Headers) => headers[earlierNames.signature] !== undefined

/**
 * Whether a request was signed with the secret, no further than `toleranceMs` from `now` in either
 * direction. The signature is looked at before the time, so that a forger learns nothing of our clock.
 */
export function verifyEarlier(
  secret: string,
  headers: Headers,
  body: string,
  now: number,
  toleranceMs: number,
): Verdict {
  const timestamp = headers[earlierNames.timestamp]
  const nonce = headers[earlierNames.nonce]
  const signature = headers[earlierNames.signature]
  if (timestamp === undefined || nonce === undefined || signature === undefined)
    return { ok: false, reason: 'missing' }
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') {
    return { ok: false, reason: 'malformed' }
  }
  const hex = /^v1=([0-9a-f]{64})$/.exec(signature)?.[1]
  if (hex === undefined || !/^\d{1,15}$/.test(timestamp) || !/^[0-9A-Za-z_-]{8,128}$/.test(nonce)) {
    return { ok: false, reason: 'malformed' }
  }
  const at = Number(timestamp)
  // The text of the timestamp is signed, not its value: 007 and 7 must not pass for each other.
  if (String(at) !== timestamp) return { ok: false, reason: 'malformed' }
  const expected = digest(secret, { timestamp: at, nonce, body })
  if (!timingSafeEqual(expected, Buffer.from(hex, 'hex'))) return { ok: false, reason: 'mismatch' }
  return Math.abs(now - at) > toleranceMs ? { ok: false, reason: 'expired' } : { ok: true }
}

function digest(secret: string, parts: SignedParts): Buffer {
  return createHmac('sha256', secret)
    .update(`${parts.timestamp}.${parts.nonce}.${parts.body}`, 'utf8')
    .digest()
}
