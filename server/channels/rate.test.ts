import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testClock } from '../testing/clock.ts'
import { fullBucket, take } from './rate.ts'

const seed = 20260819

describe('a rate limit', () => {
  test('lets a burst go at once, then one by one', () => {
    const rate = { perSecond: 2, burst: 3 }
    const { advance, elapsed } = testClock(0)
    const first = take(rate, fullBucket(rate, elapsed), 5, elapsed)
    expect(first).toMatchObject({ granted: 3, waitMs: 500 })
    advance(499)
    const early = take(rate, first.bucket, 2, elapsed)
    expect(early).toMatchObject({ granted: 0, waitMs: 1 })
    advance(1)
    expect(take(rate, early.bucket, 2, elapsed)).toMatchObject({ granted: 1, waitMs: 500 })
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
        const { now, advance, elapsed } = testClock(0)
        let bucket = fullBucket(rate, elapsed)
        let total = 0
        for (const { after, wanted } of calls) {
          advance(after)
          const taken = take(rate, bucket, wanted, elapsed)
          bucket = taken.bucket
          total += taken.granted
          expect(taken.granted).toBeLessThanOrEqual(wanted)
          expect(total).toBeLessThanOrEqual(rate.burst + (now() / 1000) * rate.perSecond + 1e-6)
          if (taken.waitMs === 0) continue
          advance(taken.waitMs + 1)
          const next = take(rate, bucket, 1, elapsed)
          bucket = next.bucket
          total += next.granted
          expect(next.granted).toBe(1)
        }
      }),
      { seed, numRuns: 200 },
    )
  })

  test.each([-86_400_000, 30 * 86_400_000])('goes on as it was when the clock is set by %d ms', (step) => {
    const rate = { perSecond: 1, burst: 1 }
    const { set, advance, elapsed } = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
    const empty = take(rate, fullBucket(rate, elapsed), 1, elapsed).bucket
    set(step)
    expect(take(rate, empty, 1, elapsed)).toMatchObject({ granted: 0, waitMs: 1000 })
    advance(1000)
    expect(take(rate, empty, 1, elapsed).granted).toBe(1)
  })

  test('of nothing at all is refused', () => {
    expect(() => fullBucket({ perSecond: 0, burst: 1 }, testClock(0).elapsed)).toThrow(RangeError)
    expect(() => fullBucket({ perSecond: 1, burst: 0 }, testClock(0).elapsed)).toThrow(RangeError)
  })
})
