import { describe, expect, test } from 'vitest'
import { testClock } from '../testing/clock.ts'
import { callCounts } from './call-counts.ts'

const minute = 60_000

function brake() {
  const clock = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
  const Counts = callCounts(clock.elapsed)
  const counts = new Counts({})
  const call = (caller: string, of = counts) => {
    let answer = { current: 0, ttl: 0 }
    of.incr(
      caller,
      (_error, result) => {
        answer = result ?? answer
      },
      minute,
      10,
    )
    return answer
  }
  return { clock, counts, call }
}

describe('how often somebody has called', () => {
  test('is counted by the minute, each caller and each route by itself', () => {
    const { clock, counts, call } = brake()
    expect(call('a')).toEqual({ current: 1, ttl: minute })
    clock.advance(20_000)
    expect(call('a')).toEqual({ current: 2, ttl: 40_000 })
    expect(call('b')).toEqual({ current: 1, ttl: minute })
    expect(call('a', counts.child({ path: '/', prefix: '' } as never))).toEqual({ current: 1, ttl: minute })
    clock.advance(40_000)
    expect(call('a')).toEqual({ current: 1, ttl: minute })
  })

  test.each([-86_400_000, 86_400_000])('is no matter of the time of day, set by %d ms', (by) => {
    const { clock, call } = brake()
    call('a')
    clock.set(by)
    expect(call('a')).toEqual({ current: 2, ttl: minute })
    clock.advance(minute)
    expect(call('a').current).toBe(1)
  })

  test('is remembered of the last few thousand callers', () => {
    const { call } = brake()
    for (let index = 0; index <= 5000; index += 1) call(`c${index}`)
    expect(call('c0').current).toBe(1)
    expect(call('c4000').current).toBe(2)
  })
})
