import { describe, expect, test } from 'vitest'
import { sayDate, sayDay } from './say.ts'
import { sayFestivalDay } from './say-festival.ts'
import { saySpan, spanSchema } from './span.ts'

const zone = 'Asia/Shanghai'
const at = Date.parse('2026-08-19T10:00:00+08:00')
const hours = 3_600_000

describe('times in words', () => {
  test('a date without a now is said in full', () => {
    expect(sayDate(at, zone, 'zh-CN')).toBe('2026 年 8 月 19 日 10:00')
    expect(sayDate(at, zone, 'en')).toBe('19 Aug 2026, 10:00')
  })

  test('the nearer to now, the shorter', () => {
    expect(sayDate(at, zone, 'zh-CN', at + 24 * hours * 30)).toBe('8 月 19 日 10:00')
    expect(sayDate(at, zone, 'en', at + 24 * hours * 30)).toBe('19 Aug, 10:00')
    expect(sayDate(at, zone, 'en', at + 24 * hours * 200)).toBe('19 Aug 2026, 10:00')
    expect(sayDate(at, zone, 'zh-CN', at - 10 * hours)).toBe('今天 10:00')
    expect(sayDate(at, zone, 'zh-CN', at - 11 * hours)).toBe('明天 10:00')
    expect(sayDate(at, zone, 'en', at + 14 * hours)).toBe('yesterday, 10:00')
    expect(sayDay('2026-12-31', 'en', '2027-01-01')).toBe('yesterday')
  })

  test('spans take the singular where there is one', () => {
    expect(saySpan({ amount: 3, unit: 'day' }, 'zh-CN')).toBe('3 天')
    expect(saySpan({ amount: 3, unit: 'day' }, 'en')).toBe('3 days')
    expect(saySpan({ amount: 1, unit: 'week' }, 'en')).toBe('1 week')
    expect(saySpan({ amount: 0, unit: 'hour' }, 'en')).toBe('0 hours')
    expect(saySpan({ amount: 2, unit: 'month' }, 'zh-CN')).toBe('2 个月')
    expect(spanSchema.safeParse({ amount: 1.5, unit: 'day' }).success).toBe(false)
    expect(spanSchema.safeParse({ amount: 1, unit: 'fortnight' }).success).toBe(false)
  })

  test('a day near a festival is said by the festival', () => {
    expect(sayFestivalDay('qixi', -3, 'zh-CN')).toBe('七夕前 3 天')
    expect(sayFestivalDay('qixi', 0, 'zh-CN')).toBe('七夕当天')
    expect(sayFestivalDay('qixi', 14, 'en')).toBe('14 days after Qixi')
    expect(sayFestivalDay('qixi', -1, 'en')).toBe('1 day before Qixi')
  })
})
