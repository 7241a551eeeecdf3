import { describe, expect, test } from 'vitest'
import { evaluate } from '../conditions/evaluate.ts'
import { known } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { audienceAt } from './audience-at.ts'
import { customerDate } from './customer-date.ts'
import { event } from './event.ts'
import { manual } from './manual.ts'
import type { NodeSpec } from './type.ts'

const everyone = { kind: 'tag', tag: 'a' }

/** The first firing strictly after a moment, as an instant and the day that it belongs to. */
function next<C>(spec: NodeSpec<C>, config: unknown, after: string, zone = 'Asia/Shanghai') {
  const entrance = spec.entrance?.(spec.config.parse(config))
  if (entrance?.kind !== 'schedule') throw new Error('a schedule was expected')
  const firing = entrance.next(Date.parse(after), zone)
  return firing === null ? null : [new Date(firing.at).toISOString(), firing.anchor?.date ?? null]
}

describe('an audience enters', () => {
  const qixi = (days: number, time = '10:00') => ({
    audience: everyone,
    at: { kind: 'festival', festival: 'qixi', days, time },
  })
  const cron = (expression: string) => ({ audience: everyone, at: { kind: 'cron', cron: expression } })

  test('rule 1: an audience enters two weeks before Qixi, by the occurrence of that year', () => {
    expect(next(audienceAt, qixi(-14), '2026-01-01T00:00:00+08:00')).toEqual([
      '2026-08-05T02:00:00.000Z',
      '2026-08-19',
    ])
  })

  test('exactly when the clock is started at the firing and asked from just before', () => {
    expect(next(audienceAt, qixi(-14), '2026-08-05T09:59:59.999+08:00')?.[0]).toBe('2026-08-05T02:00:00.000Z')
    expect(next(audienceAt, qixi(-14), '2026-08-05T10:00:00+08:00')).toEqual([
      '2027-07-25T02:00:00.000Z',
      '2027-08-08',
    ])
  })

  test('after Qixi, still by the occurrence that has just been', () => {
    expect(next(audienceAt, qixi(30), '2026-08-25T00:00:00+08:00')).toEqual([
      '2026-09-18T02:00:00.000Z',
      '2026-08-19',
    ])
  })

  test('in the journey’s own zone', () => {
    expect(next(audienceAt, qixi(0, '00:00'), '2026-08-01T00:00:00Z', 'America/New_York')?.[0]).toBe(
      '2026-08-19T04:00:00.000Z',
    )
  })

  test('rule 1: an audience enters once, at a date', () => {
    const once = { audience: everyone, at: { kind: 'date', date: '2026-08-05', time: '10:00' } }
    expect(next(audienceAt, once, '2026-08-05T09:59:59.999+08:00')).toEqual([
      '2026-08-05T02:00:00.000Z',
      null,
    ])
    expect(next(audienceAt, once, '2026-08-05T10:00:00+08:00')).toBeNull()
  })

  test('rule 1: an audience enters each Monday at ten, by cron', () => {
    expect(next(audienceAt, cron('0 10 * * 1'), '2026-08-05T00:00:00+08:00')).toEqual([
      '2026-08-10T02:00:00.000Z',
      null,
    ])
    expect(next(audienceAt, cron('0 10 * * 1'), '2026-08-10T09:59:59.999+08:00')?.[0]).toBe(
      '2026-08-10T02:00:00.000Z',
    )
    expect(next(audienceAt, cron('0 0 31 4 *'), '2026-08-05T00:00:00+08:00')).toBeNull()
    expect(audienceAt.config.safeParse(cron('every monday')).success).toBe(false)
  })

  test('and its card says when', () => {
    const say = (config: unknown, locale: 'zh-CN' | 'en') =>
      audienceAt.describe(audienceAt.config.parse(config), { locale, currency: 'CNY' })
    expect(say(qixi(-14), 'zh-CN')).toBe('七夕前 14 天 10:00 进入')
    expect(say(qixi(-14), 'en')).toBe('Enter 14 days before Qixi at 10:00')
    const day = { audience: { kind: 'all', of: [] }, at: { kind: 'date', date: '2027-07-26', time: '10:00' } }
    expect(say(day, 'zh-CN')).toBe('2027 年 7 月 26 日 10:00 进入')
    expect(say(day, 'en')).toBe('Enter on 26 Jul 2027 at 10:00')
  })
})

describe('a customer enters around a date of their own', () => {
  const birthday = (days: number) => ({ attribute: 'birthday', days, time: '10:00' })

  /** Whether somebody with a birthday enters at a firing. */
  function enters(days: number, born: string | null, at: string, audience: unknown = null): boolean {
    const entrance = customerDate.entrance?.(customerDate.config.parse({ ...birthday(days), audience }))
    if (entrance?.kind !== 'schedule') throw new Error('a schedule was expected')
    const facts = known({ customer: someone({ birthday: born, city: '杭州' }) })
    return evaluate(entrance.audience, facts, {
      now: Date.parse(at),
      zone: 'Asia/Shanghai',
      enteredAt: null,
      anchors: {},
    })
  }

  test('as the trigger fires each day at its time', () => {
    expect(next(customerDate, birthday(0), '2026-08-05T10:00:00+08:00')?.[0]).toBe('2026-08-06T02:00:00.000Z')
    expect(next(customerDate, birthday(0), '2026-08-05T09:59:59.999+08:00')?.[0]).toBe(
      '2026-08-05T02:00:00.000Z',
    )
  })

  test('on the day, before it, and after it', () => {
    expect(enters(0, '1990-08-05', '2026-08-05T10:00:00+08:00')).toBe(true)
    expect(enters(-3, '1990-08-08', '2026-08-05T10:00:00+08:00')).toBe(true)
    expect(enters(3, '1990-08-02', '2026-08-05T10:00:00+08:00')).toBe(true)
    expect(enters(-3, '1990-08-05', '2026-08-05T10:00:00+08:00')).toBe(false)
    expect(enters(-3, '1990-01-02', '2026-12-30T10:00:00+08:00')).toBe(true)
  })

  test('rule 1: whoever was born on 29 February has the birthday on the 28th of a common year, on the 29th of a leap year', () => {
    expect(enters(0, '1992-02-29', '2027-02-28T10:00:00+08:00')).toBe(true)
    expect(enters(0, '1992-02-29', '2027-03-01T10:00:00+08:00')).toBe(false)
    expect(enters(0, '1992-02-29', '2028-02-28T10:00:00+08:00')).toBe(false)
    expect(enters(0, '1992-02-29', '2028-02-29T10:00:00+08:00')).toBe(true)
    expect(enters(-3, '1992-02-29', '2027-02-25T10:00:00+08:00')).toBe(true)
    expect(enters(-3, '1992-02-29', '2028-02-26T10:00:00+08:00')).toBe(true)
  })

  test('not without a date, nor outside the audience', () => {
    expect(enters(0, null, '2026-08-05T10:00:00+08:00')).toBe(false)
    const city = (value: string) => ({ kind: 'attribute', name: 'city', op: 'eq', value })
    expect(enters(0, '1990-08-05', '2026-08-05T10:00:00+08:00', city('杭州'))).toBe(true)
    expect(enters(0, '1990-08-05', '2026-08-05T10:00:00+08:00', city('上海'))).toBe(false)
  })
})

test('rule 1: an event lets in by its filter, a list by hand', () => {
  const filter = { event: 'page_view', where: [{ property: 'seconds', op: 'gt', value: 30 }] }
  expect(event.entrance?.(event.config.parse({ filter }))).toEqual({ kind: 'event', filter, audience: null })
  expect(manual.entrance?.({})).toEqual({ kind: 'manual' })
})

describe('a customer’s own date', () => {
  const config = { attribute: 'birthday', days: 0, time: '10:00' }

  test('is looked for at the time of each zone that customers have', () => {
    const entrance = customerDate.entrance?.(customerDate.config.parse(config))
    if (entrance?.kind !== 'schedule') throw new Error('a schedule was expected')
    const zones = ['America/Los_Angeles', 'Pacific/Auckland']
    let after = Date.parse('2026-08-19T00:00:00+08:00')
    const firings = [1, 2, 3, 4].map(() => {
      after = entrance.next(after, 'Asia/Shanghai', zones)?.at ?? Number.NaN
      return new Date(after).toISOString()
    })
    expect(firings).toEqual([
      '2026-08-18T17:00:00.000Z',
      '2026-08-18T22:00:00.000Z',
      '2026-08-19T02:00:00.000Z',
      '2026-08-19T17:00:00.000Z',
    ])
  })

  test('rule 1: a date of their own lets customers in on the day of their own zone, at its time', () => {
    const entrance = customerDate.entrance?.(customerDate.config.parse(config))
    if (entrance?.kind !== 'schedule') throw new Error('a schedule was expected')
    const holds = (timezone: string | null, at: string) => {
      const customer = someone({ timezone, birthday: '1990-08-19' })
      const time = { now: Date.parse(at), zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
      return evaluate(entrance.audience, known({ customer }), time)
    }
    expect(holds(null, '2026-08-19T10:00:00+08:00')).toBe(true)
    expect(holds('America/Los_Angeles', '2026-08-19T10:00:00+08:00')).toBe(false)
    expect(holds('America/Los_Angeles', '2026-08-19T10:00:00-07:00')).toBe(true)
    expect(holds('Pacific/Auckland', '2026-08-18T22:00:00Z')).toBe(true)
    expect(holds('nowhere', '2026-08-19T10:00:00+08:00')).toBe(true)
  })
})
