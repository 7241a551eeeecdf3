import { expect, test } from 'vitest'
import { testClock } from '../testing/clock.ts'
import { createLimiter } from './limiter.ts'

test('a channel without a rate takes whatever there is', () => {
  expect(createLimiter(() => ({}), testClock(0).elapsed).allowance('sms', 500)).toBe(500)
})

test('looking takes nothing; what is spent comes back with time, and not all at once', () => {
  const { advance, elapsed } = testClock(0)
  const limiter = createLimiter(() => ({ sms: 10 }), elapsed)
  expect(limiter.allowance('sms', 50)).toBe(10)
  expect(limiter.allowance('sms', 50)).toBe(10)
  limiter.spend('sms', 10)
  expect(limiter.allowance('sms', 50)).toBe(0)
  advance(300)
  expect(limiter.allowance('sms', 50)).toBe(3)
  advance(60_000)
  expect(limiter.allowance('sms', 50)).toBe(10)
  expect(limiter.allowance('email', 50)).toBe(50)
})

test('a slow rate still lets one go at a time', () => {
  const { advance, elapsed } = testClock(0)
  const limiter = createLimiter(() => ({ sms: 0.5 }), elapsed)
  limiter.spend('sms', limiter.allowance('sms', 5))
  advance(1000)
  expect(limiter.allowance('sms', 5)).toBe(0)
  advance(1000)
  expect(limiter.allowance('sms', 5)).toBe(1)
})

test('a rate that is changed in the settings holds from the next look', () => {
  let rates: Record<string, number> = { sms: 1 }
  const limiter = createLimiter(() => rates, testClock(0).elapsed)
  limiter.spend('sms', limiter.allowance('sms', 5))
  rates = {}
  expect(limiter.allowance('sms', 5)).toBe(5)
})
