import { timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import {
  earlierHeaders,
  type Headers,
  isSignedEarlier,
  nonceOf,
  type Verdict,
  verifyEarlier,
} from './earlier-signature.ts'

/** The headers of Standard Webhooks (standardwebhooks.com), in lower case, as node:http has them. */
export const signatureHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const

export const idempotencyHeader = 'idempotency-key'

/** How far a signed request's clock may be from ours, in milliseconds: five minutes, as the standard has it. */
export const defaultToleranceMs = 300_000

const prefix = 'whsec_'
const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * The keys that a secret may mean. The standard's is `whsec_` and base64; of a secret that was chosen before, or
 * by a provider with other habits, the text itself is the key, and where it can be read as base64, that as well.
 */
function keysOf(secret: string): Webhook[] {
  const coded = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret
  const decoded = base64.test(coded) ? [Buffer.from(coded, 'base64')] : []
  const plain = coded === secret || decoded.length === 0 ? [Buffer.from(secret, 'utf8')] : []
  return [...plain, ...decoded].map((key) => new Webhook(new Uint8Array(key), { format: 'raw' }))
}

/**
 * The headers of a signed request: those of the standard, and the earlier ones, which will go in a later release.
 * The id is the same over a message's retries.
 */
export function signedHeaders(
  secret: string,
  key: string,
  body: string,
  now: number,
): Record<string, string> {
  const id = `msg_${nonceOf(key)}`
  return {
    [signatureHeaders.id]: id,
    [signatureHeaders.timestamp]: String(Math.floor(now / 1000)),
    [signatureHeaders.signature]: keysOf(secret)
      .map((one) => one.sign(id, new Date(now), body))
      .join(' '),
    ...earlierHeaders(secret, key, body, now),
  }
}

const isSame = (left: string, right: string) => {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The library's own check reads the machine's clock; ours is an argument. */
function verifyStandard(
  secret: string,
  headers: Headers,
  body: string,
  now: number,
  toleranceMs: number,
): Verdict {
  const id = headers[signatureHeaders.id]
  const timestamp = headers[signatureHeaders.timestamp]
  const signature = headers[signatureHeaders.signature]
  if (id === undefined || timestamp === undefined) return { ok: false, reason: 'missing' }
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string')
    return { ok: false, reason: 'malformed' }
  // With a dot in the id, two different requests could share the signed text.
  if (!/^[^\s.]{1,256}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp))
    return { ok: false, reason: 'malformed' }
  const at = Number(timestamp)
  const given = signature.split(' ')
  const right = keysOf(secret).map((key) => key.sign(id, new Date(at * 1000), body))
  if (!right.some((one) => given.some((other) => isSame(one, other))))
    return { ok: false, reason: 'mismatch' }
  const late = Math.abs(Math.floor(now / 1000) - at) * 1000
  return late > toleranceMs ? { ok: false, reason: 'expired' } : { ok: true }
}

/**
 * Whether a request was signed with the secret, no further than `toleranceMs` from `now` in either
 * direction. The signature is looked at before the time, so that a forger learns nothing of our clock.
 * Where a request is signed in both ways, the standard's counts.
 */
export function verifySignature(
  secret: string,
  headers: Headers,
  body: string,
  now: number,
  toleranceMs: number = defaultToleranceMs,
): Verdict {
  const standard = headers[signatureHeaders.signature] !== undefined
  if (!standard && isSignedEarlier(headers)) return verifyEarlier(secret, headers, body, now, toleranceMs)
  if (!standard) return { ok: false, reason: 'missing' }
  return verifyStandard(secret, headers, body, now, toleranceMs)
}
