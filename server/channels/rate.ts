import type { Elapsed, Mark } from '../ports/clock.ts'

/** A token bucket as data: `tokens` may be a fraction, and were counted at `at`. */
export interface Bucket {
  readonly tokens: number
  readonly at: Mark
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
export function fullBucket(rate: Rate, elapsed: Elapsed): Bucket {
  check(rate)
  return { tokens: rate.burst, at: elapsed.mark() }
}

/** The bucket as it stands now. */
export function refill(rate: Rate, bucket: Bucket, elapsed: Elapsed): Bucket {
  check(rate)
  const at = elapsed.mark()
  const earned = (elapsed.since(bucket.at) / 1000) * rate.perSecond
  return { tokens: Math.min(rate.burst, bucket.tokens + earned), at }
}

/**
 * Takes as many of `wanted` messages as may leave now.
 * `waitMs` is the time until the next single message may leave: 0 where all were granted.
 */
export function take(
  rate: Rate,
  bucket: Bucket,
  wanted: number,
  elapsed: Elapsed,
): { bucket: Bucket; granted: number; waitMs: number } {
  const { tokens, at } = refill(rate, bucket, elapsed)
  const granted = Math.max(0, Math.min(Math.floor(wanted), Math.floor(tokens + rounding)))
  const rest: Bucket = { tokens: Math.max(0, tokens - granted), at }
  if (granted >= wanted) return { bucket: rest, granted, waitMs: 0 }
  const missing = Math.max(0, 1 - rest.tokens - rounding)
  return { bucket: rest, granted, waitMs: Math.ceil((missing / rate.perSecond) * 1000) }
}

function check(rate: Rate): void {
  if (!(rate.perSecond > 0) || !(rate.burst >= 1)) {
    throw new RangeError(`A rate needs perSecond > 0 and burst >= 1, not ${rate.perSecond} and ${rate.burst}`)
  }
}
