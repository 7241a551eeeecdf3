import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullBucket, take } from './rate.ts'

const seed = 20260819

describe('a rate limit', () => {
  test('lets a burst go at once, then one by one', () => {
    const rate = { perSecond: 2, burst: 3 }
    const first = take(rate, fullBucket(rate, 0), 5, 0)
    expect(first).toMatchObject({ granted: 3, waitMs: 500 })
    const early = take(rate, first.bucket, 2, 499)
    expect(early).toMatchObject({ granted: 0, waitMs: 1 })
    expect(take(rate, early.bucket, 2, 500)).toMatchObject({ granted: 1, waitMs: 500 })
  })

  test('is never exceeded over any stretch of time, and the wait it names is enough', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 3000 }), wanted: fc.integer({ min: 0, max: 20 }) }),
    )
    const anyRate = fc.record({
      perSecond: fc.double({ min: 0.1, max: 100, noNaN: true }),
      burst: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(anyRate, steps, (rate, calls) => {
        let bucket = fullBucket(rate, 0)
        let now = 0
        let total = 0
        for (const { after, wanted } of calls) {
          now += after
          const taken = take(rate, bucket, wanted, now)
          bucket = taken.bucket
          total += taken.granted
          expect(taken.granted).toBeLessThanOrEqual(wanted)
          expect(total).toBeLessThanOrEqual(rate.burst + (now / 1000) * rate.perSecond + 1e-6)
          if (taken.waitMs > 0) expect(take(rate, bucket, 1, now + taken.waitMs + 1).granted).toBe(1)
        }
      }),
      { seed, numRuns: 200 },
    )
  })

  test('gains nothing from a clock that is set back', () => {
    const rate = { perSecond: 1, burst: 1 }
    const empty = take(rate, fullBucket(rate, 10_000), 1, 10_000).bucket
    const back = take(rate, empty, 1, 4000)
    expect(back).toMatchObject({ granted: 0, waitMs: 7000 })
    expect(take(rate, back.bucket, 1, 10_999).granted).toBe(0)
    expect(take(rate, back.bucket, 1, 11_000).granted).toBe(1)
  })

  test('of nothing at all is refused', () => {
    expect(() => fullBucket({ perSecond: 0, burst: 1 }, 0)).toThrow(RangeError)
    expect(() => fullBucket({ perSecond: 1, burst: 0 }, 0)).toThrow(RangeError)
  })
})
