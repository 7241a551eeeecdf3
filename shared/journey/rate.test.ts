import { describe, expect, test } from 'vitest'
import { leavingTimes, pace, spacingOf } from './rate.ts'

const minute = 60_000

/** How many of a backlog leave by each second when it is looked at once a second. */
function drained(spacing: number, backlog: number, seconds: number): number[] {
  let [left, nextAt] = [backlog, null as number | null]
  const out: number[] = []
  for (let second = 0; second < seconds; second += 1) {
    const paced = pace(spacing, nextAt, second * 1000, left)
    left -= paced.count
    nextAt = paced.nextAt
    out.push(paced.count)
  }
  return out
}

describe('rule 22: a journey’s rate limit', () => {
  test('says how far apart its messages leave', () => {
    expect(spacingOf({ rate: { messages: 600, per: 'minute' } })).toBe(100)
    expect(spacingOf({ rate: { messages: 60, per: 'hour' } })).toBe(minute)
    expect(spacingOf({})).toBeNull()
  })

  test('lets a backlog out evenly, as many in each minute as it says', () => {
    const sent = drained(100, 10_000, 120)
    expect(new Set(sent)).toEqual(new Set([10]))
    const slow = drained(10_000, 100, 60)
    expect(slow.reduce((sum, count) => sum + count, 0)).toBe(6)
    expect(Math.max(...slow)).toBe(1)
  })

  test('makes up for a late second, and not for a long rest', () => {
    const first = pace(100, null, 0, 1000)
    expect(first).toEqual({ count: 10, nextAt: 1000 })
    expect(pace(100, first.nextAt, 1300, 1000)).toEqual({ count: 13, nextAt: 2300 })
    expect(pace(100, first.nextAt, 3_600_000, 1000).count).toBe(20)
  })

  test('holds nobody up because time was set back', () => {
    expect(pace(100, 10 * minute, minute, 50)).toEqual({ count: 0, nextAt: minute + 1000 })
  })

  test('of a rehearsal tells when each message would leave', () => {
    expect(leavingTimes(1000, [0, 0, 0, 10_000])).toEqual([0, 1000, 2000, 10_000])
  })
})
