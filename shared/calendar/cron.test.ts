import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { isCron, nextCron } from './cron.ts'
import { parseInstant } from './parse.ts'
import { sayCron } from './say-cron.ts'
import { localTime } from './zone.ts'

const shanghai = 'Asia/Shanghai'
const newYork = 'America/New_York'
const at = (text: string) => Date.parse(text)

describe('schedules by cron', () => {
  test('fire strictly after the moment asked about', () => {
    const ten = at('2026-08-19T10:00:00+08:00')
    expect(nextCron('0 10 * * *', ten - 1, shanghai)).toBe(ten)
    expect(nextCron('0 10 * * *', ten, shanghai)).toBe(ten + 86_400_000)
    expect(nextCron('0 10 * * 1', ten, shanghai)).toBe(at('2026-08-24T10:00:00+08:00'))
    expect(nextCron('0 9 1 * *', ten, shanghai)).toBe(at('2026-09-01T09:00:00+08:00'))
    expect(nextCron('0 0 29 2 *', ten, shanghai)).toBe(at('2028-02-29T00:00:00+08:00'))
    expect(nextCron('@daily', ten, shanghai)).toBe(at('2026-08-20T00:00:00+08:00'))
  })

  test('are five fields, or six with seconds, or a nickname', () => {
    for (const expr of [
      '0 10 * * *',
      '*/15 9-18 * * MON-FRI',
      '0/15 * * * *',
      '30 0 10 * * *',
      '@weekly',
      '0 0 L * *',
    ]) {
      expect(isCron(expr), expr).toBe(true)
    }
    for (const expr of [
      '',
      'tomorrow',
      '0 10 * *',
      '60 10 * * *',
      '0 24 * * *',
      '0 10 32 * *',
      '0 10 * 13 *',
      '* * * * * * 2030',
      '2026-08-19T10:00:00',
      'every day at 10:00 sharp',
      '@reboot',
      '@never',
      `0 10 ${'1,'.repeat(200)}1 * *`,
    ]) {
      expect(isCron(expr), expr).toBe(false)
    }
    expect(() => nextCron('0 10 * *', 0, shanghai)).toThrow(expect.objectContaining({ code: 'invalid-cron' }))
    expect(() => nextCron('0 10 * * *', 0, 'Mars')).toThrow(expect.objectContaining({ code: 'unknown-zone' }))
    fc.assert(
      fc.property(fc.string(), (text) => typeof isCron(text) === 'boolean'),
      { seed: 20260819, numRuns: 500 },
    )
  })

  test('never look at the clock of the machine', () => {
    const ask = () => nextCron('7 10 * * *', at('2026-08-19T10:00:00+08:00'), shanghai)
    const expected = ask()
    vi.useFakeTimers({ now: at('1971-01-01T00:00:00Z') })
    expect(ask()).toBe(expected)
    expect(nextCron('8 10 * * *', at('2026-08-19T10:00:00+08:00'), shanghai)).toBe(
      at('2026-08-19T10:08:00+08:00'),
    )
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  test('a time that does not exist moves forward, also for who asks within the gap it leaves', () => {
    const moved = at('2025-03-09T03:30:00-04:00')
    expect(nextCron('30 2 * * *', at('2025-03-09T00:00:00-05:00'), newYork)).toBe(moved)
    expect(nextCron('30 2 * * *', at('2025-03-09T03:10:00-04:00'), newYork)).toBe(moved)
    expect(nextCron('30 2 * * *', moved, newYork)).toBe(at('2025-03-10T02:30:00-04:00'))
    expect(nextCron('30 2,3 * * *', at('2025-03-09T01:00:00-05:00'), newYork)).toBe(moved)
  })

  test('a time that exists twice fires the first time only', () => {
    const first = at('2025-11-02T01:30:00-04:00')
    expect(nextCron('30 1 * * *', at('2025-11-02T00:00:00-04:00'), newYork)).toBe(first)
    expect(nextCron('30 1 * * *', first, newYork)).toBe(at('2025-11-03T01:30:00-05:00'))
    expect(nextCron('30 1 * * *', at('2025-11-02T01:10:00-05:00'), newYork)).toBe(
      at('2025-11-03T01:30:00-05:00'),
    )
  })

  test('nothing fires between a moment and its next firing, and that lies on the clock', () => {
    const zone = fc.constantFrom(shanghai, newYork, 'Australia/Lord_Howe', 'Pacific/Apia')
    const instant = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2030, 0, 1) })
    const minute = fc.integer({ min: 0, max: 59 })
    const hour = fc.integer({ min: 0, max: 23 })
    fc.assert(
      fc.property(
        instant,
        minute,
        hour,
        zone,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (after, m, h, name, share) => {
          const expr = `${m} ${h} * * *`
          const next = nextCron(expr, after, name) ?? Number.NaN
          expect(next).toBeGreaterThan(after)
          expect(next - after).toBeLessThanOrEqual(49 * 3_600_000)
          expect(nextCron(expr, after + Math.floor((next - 1 - after) * share), name)).toBe(next)
          expect(Number(localTime(next, name).slice(3)) % 30).toBe(m % 30)
        },
      ),
      { seed: 20260819, numRuns: 300 },
    )
  })
})

const vectors = '../shared/data/conformance/cron_vectors_robfig.json'
const present = existsSync(vectors)
const shape = z.object({
  fires_at: z.array(z.object({ time: z.string(), spec: z.string(), fires: z.boolean() })),
  next: z.array(z.object({ from: z.string(), spec: z.string(), next: z.string().nullable() })),
})

/** A five-field text in that source has the seconds first and leaves the weekday free. */
const sixFields = (spec: string) => (spec.split(' ').length === 5 ? `${spec} *` : spec)
const moment = (text: string) => parseInstant(text, newYork) ?? Number.NaN

/**
 * Where we differ from robfig/cron: by rule 6 of the semantics a local time that does not exist moves
 * forward (there: skipped to the next year) and one that exists twice fires the first time only (there:
 * also the second). And a stepped day of the month, as any day given beside a weekday, means either may
 * match (there: a step counts as a star, so that both must).
 */
const differ: Record<string, string | null | boolean> = {
  '2012-03-11T00:00:00-0500 0 30 2 11 Mar ?': '2012-03-11T03:30:00-0400',
  '2012-11-04T01:45:00-0400 0 30 1 04 Nov ?': '2013-11-04T01:30:00-0500',
  '2012-07-09 23:35 0 0 0 */5 Apr,Aug,Oct Mon': '2012-08-01 00:00',
  '2012-07-15 00:00 0 * * */10 * Sun': true,
}

describe(`the vectors of robfig/cron${present ? '' : ` (skipped: no ${vectors})`}`, () => {
  const read = present ? shape.parse(JSON.parse(readFileSync(vectors, 'utf8'))) : { fires_at: [], next: [] }

  test.skipIf(!present)('firing at a moment', () => {
    expect(read.fires_at).toHaveLength(29)
    for (const { time, spec, fires } of read.fires_at) {
      const key = `${time} ${spec}`
      const now = moment(time)
      expect(nextCron(sixFields(spec), now - 1, newYork) === now, key).toBe(differ[key] ?? fires)
    }
  })

  test.skipIf(!present)('the next firing', () => {
    expect(read.next).toHaveLength(24)
    for (const { from, spec, next } of read.next) {
      const key = `${from} ${spec}`
      const expected = differ[key] ?? next
      expect(nextCron(sixFields(spec), moment(from), newYork), key).toBe(
        typeof expected === 'string' ? moment(expected) : null,
      )
    }
  })
})

describe('a schedule in words', () => {
  test('simple ones are said', () => {
    const said: [string, string, string][] = [
      ['0 10 * * *', '每天 10:00', 'daily at 10:00'],
      ['5 9 * * 1,3', '每周一、周三 09:05', 'weekly on Monday and Wednesday at 09:05'],
      ['30 9 * * 1-5', '每周一至周五 09:30', 'weekly on Monday to Friday at 09:30'],
      ['0 9 * * MON', '每周一 09:00', 'weekly on Monday at 09:00'],
      ['0 10 1 * *', '每月 1 日 10:00', 'monthly on day 1 at 10:00'],
      ['0 10 1,15,20 * ?', '每月 1、15、20 日 10:00', 'monthly on days 1, 15 and 20 at 10:00'],
      ['0 0 10 * * *', '每天 10:00', 'daily at 10:00'],
      ['@daily', '每天 00:00', 'daily at 00:00'],
      ['0 * * * *', '每小时整点', 'hourly'],
      ['30 * * * *', '每小时第 30 分', 'hourly at :30'],
    ]
    for (const [expr, chinese, english] of said) {
      expect(sayCron(expr, 'zh-CN')).toBe(chinese)
      expect(sayCron(expr, 'en')).toBe(english)
    }
  })

  test('the others stand for themselves', () => {
    for (const expr of [
      '*/15 * * * *',
      '0 10 1 1 *',
      '0 10 1 * 1',
      '30 0 10 * * *',
      '0 0 L * *',
      '0 10 * * 5L',
      'nonsense',
      '0 25 * * *',
    ]) {
      expect(sayCron(expr, 'en')).toBe(expr)
    }
  })
})
