import { type Bucket, fullBucket, type Rate, refill, take } from '../channels/rate.ts'
import type { Limiter } from '../dispatch/dispatch.ts'
import type { Elapsed } from '../ports/clock.ts'

/** No limit: a virtual clock stands still while messages leave, so a rate has no meaning there. */
export const unlimited: Limiter = { allowance: (_channel, wanted) => wanted, spend: () => undefined }

/** Holds each channel to its rate of messages a second; one without a rate has none. */
export function createLimiter(rates: () => Readonly<Record<string, number>>, elapsed: Elapsed): Limiter {
  const buckets = new Map<string, Bucket>()
  const rateOf = (channel: string): Rate | null => {
    const perSecond = rates()[channel]
    return perSecond === undefined ? null : { perSecond, burst: Math.max(1, perSecond) }
  }
  return {
    allowance(channel, wanted) {
      const rate = rateOf(channel)
      if (rate === null) return wanted
      const bucket = refill(rate, buckets.get(channel) ?? fullBucket(rate, elapsed), elapsed)
      buckets.set(channel, bucket)
      return take(rate, bucket, wanted, elapsed).granted
    },
    spend(channel, count) {
      const rate = rateOf(channel)
      const bucket = buckets.get(channel)
      if (rate !== null && bucket !== undefined)
        buckets.set(channel, take(rate, bucket, count, elapsed).bucket)
    },
  }
}
