import { expect, test } from 'vitest'
import { sayCount, sayShare } from './number.ts'
import { sayTime } from './time.ts'

const at = Date.UTC(2027, 6, 24, 10, 0)

test('an instant is said in the zone of the brand and the language of the reader', () => {
  expect(sayTime(at, 'Asia/Shanghai', 'zh-CN', 'full')).toBe('2027 年 7 月 24 日 周六 18:00')
  expect(sayTime(at, 'Asia/Shanghai', 'en', 'full')).toBe('Sat 24 Jul 2027, 18:00')
  expect(sayTime(at, 'Asia/Shanghai', 'zh-CN', 'short')).toBe('7 月 24 日 18:00')
  expect(sayTime(at, 'America/New_York', 'en', 'short')).toBe('24 Jul, 06:00')
})

test('midnight is 00:00 and belongs to the day that begins', () => {
  expect(sayTime(Date.UTC(2027, 6, 31, 16), 'Asia/Shanghai', 'zh-CN', 'dateTime')).toBe(
    '2027 年 8 月 1 日 00:00',
  )
})

test('counts carry separators, and the units of the language where there is little room', () => {
  expect(sayCount(8412, 'zh-CN')).toBe('8,412')
  expect(sayCount(123_456, 'zh-CN', true)).toBe('12.3 万')
  expect(sayCount(123_456, 'en', true)).toBe('123.5K')
  expect(sayCount(9_999, 'zh-CN', true)).toBe('9,999')
})

test('a share is a percentage', () => {
  expect(sayShare(0.1284)).toBe('12.8%')
})
