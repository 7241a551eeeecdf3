/** A token bucket as data: `tokens` may be a fraction, `updatedAt` is epoch milliseconds. */
export interface Bucket {
  readonly tokens: number
  readonly updatedAt: number
}

export interface Rate {
  /** Messages a second, in the long run; more than 0. */
  readonly perSecond: number
  /** The most that may leave at once; at least 1. */
  readonly burst: number
}

/** Below this a difference of tokens is the rounding of floating point, not a part of a message. */
const rounding = 1e-9

/** A full bucket. */
export function fullBucket(rate: Rate, now: number): Bucket {
  check(rate)
  return { tokens: rate.burst, updatedAt: now }
}

/** The bucket as it stands now. A clock set back adds nothing, and is waited for. */
export function refill(rate: Rate, bucket: Bucket, now: number): Bucket {
  check(rate)
  if (now <= bucket.updatedAt) return bucket
  const earned = ((now - bucket.updatedAt) / 1000) * rate.perSecond
  return { tokens: Math.min(rate.burst, bucket.tokens + earned), updatedAt: now }
}

/**
 * Takes as many of `wanted` messages as may leave now.
 * `waitMs` is the time until the next single message may leave: 0 where all were granted.
 */
export function take(
  rate: Rate,
  bucket: Bucket,
  wanted: number,
  now: number,
): { bucket: Bucket; granted: number; waitMs: number } {
  const filled = refill(rate, bucket, now)
  const granted = Math.max(0, Math.min(Math.floor(wanted), Math.floor(filled.tokens + rounding)))
  const rest: Bucket = { tokens: Math.max(0, filled.tokens - granted), updatedAt: filled.updatedAt }
  if (granted >= wanted) return { bucket: rest, granted, waitMs: 0 }
  const missing = Math.max(0, 1 - rest.tokens - rounding)
  // The bucket's own time may lie ahead of a clock that was set back.
  return {
    bucket: rest,
    granted,
    waitMs: Math.ceil((missing / rate.perSecond) * 1000) + rest.updatedAt - now,
  }
}

function check(rate: Rate): void {
  if (!(rate.perSecond > 0) || !(rate.burst >= 1)) {
    throw new RangeError(`A rate needs perSecond > 0 and burst >= 1, not ${rate.perSecond} and ${rate.burst}`)
  }
}
