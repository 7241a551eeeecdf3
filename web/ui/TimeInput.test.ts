import { expect, test } from 'vitest'
import { readTime } from './TimeInput.tsx'

test('a time is read however it is typed', () => {
  expect(readTime('10:00')).toBe('10:00')
  expect(readTime(' 9:30 ')).toBe('09:30')
  expect(readTime('0930')).toBe('09:30')
  expect(readTime('9：30')).toBe('09:30')
  expect(readTime('25:00')).toBeNull()
  expect(readTime('10:6')).toBeNull()
  expect(readTime('noon')).toBeNull()
})
