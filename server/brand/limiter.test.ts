import { expect, test } from 'vitest'
import { createLimiter } from './limiter.ts'

test('a channel without a rate takes whatever there is', () => {
  expect(createLimiter(() => ({})).allowance('sms', 500, 0)).toBe(500)
})

test('looking takes nothing; what is spent comes back with time, and not all at once', () => {
  const limiter = createLimiter(() => ({ sms: 10 }))
  expect(limiter.allowance('sms', 50, 0)).toBe(10)
  expect(limiter.allowance('sms', 50, 0)).toBe(10)
  limiter.spend('sms', 10, 0)
  expect(limiter.allowance('sms', 50, 0)).toBe(0)
  expect(limiter.allowance('sms', 50, 300)).toBe(3)
  expect(limiter.allowance('sms', 50, 60_000)).toBe(10)
  expect(limiter.allowance('email', 50, 0)).toBe(50)
})

test('a slow rate still lets one go at a time', () => {
  const limiter = createLimiter(() => ({ sms: 0.5 }))
  limiter.spend('sms', limiter.allowance('sms', 5, 0), 0)
  expect(limiter.allowance('sms', 5, 1000)).toBe(0)
  expect(limiter.allowance('sms', 5, 2000)).toBe(1)
})

test('a rate that is changed in the settings holds from the next look', () => {
  let rates: Record<string, number> = { sms: 1 }
  const limiter = createLimiter(() => rates)
  limiter.spend('sms', limiter.allowance('sms', 5, 0), 0)
  rates = {}
  expect(limiter.allowance('sms', 5, 0)).toBe(5)
})
