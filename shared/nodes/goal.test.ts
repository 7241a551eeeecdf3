import { describe, expect, test } from 'vitest'
import { enrolled } from '../testing/deciding.ts'
import { goal } from './goal.ts'

const enteredAt = Date.parse('2026-08-05T10:00:00+08:00')
const entry = { trigger: 'in', timezone: null, event: null, anchors: { qixi: '2026-08-19' } }

function windowOf(window: unknown, more: Parameters<typeof enrolled>[0] = {}): string[] {
  const watch = goal.goal?.(goal.config.parse({ filter: { event: 'order' }, window }))
  const [from, to] = watch?.window(enrolled({ enteredAt, entry, ...more }), 'Asia/Shanghai') ?? []
  return [from, to].map((at) => (Number.isFinite(at) ? new Date(at ?? 0).toISOString() : 'ever'))
}

test('a goal says on which days of a festival it counts', () => {
  const said = (from: number, to: number) => {
    const window = { kind: 'festival', festival: 'qixi', from, to }
    const config = goal.config.parse({ filter: { event: 'order' }, window, ends: false })
    return (['zh-CN', 'en'] as const).map((locale) => goal.describe(config, { locale, currency: 'CNY' }))
  }
  expect(said(0, 1)).toEqual(['七夕当天下单', 'order on Qixi'])
  expect(said(-3, 1)).toEqual([
    '七夕前 3 天至七夕后 1 天（不含）下单',
    'order from 3 days before Qixi until 1 day after Qixi',
  ])
})

describe('a goal counts what happens', () => {
  test('at any time from the moment of entry on', () => {
    expect(windowOf({ kind: 'journey' })).toEqual(['2026-08-05T02:00:00.000Z', 'ever'])
  })

  test('from the own time of the event by which the customer came in, however late it arrived', () => {
    const event = { id: 'cart', at: Date.parse('2026-08-05T08:00:00+08:00'), properties: {} }
    expect(windowOf({ kind: 'journey' }, { entry: { ...entry, event } })[0]).toBe('2026-08-05T00:00:00.000Z')
    const days = { kind: 'span', span: { amount: 1, unit: 'day' } }
    expect(windowOf(days, { entry: { ...entry, event } })[1]).toBe('2026-08-06T00:00:00.000Z')
  })

  test('within days of entry', () => {
    expect(windowOf({ kind: 'span', span: { amount: 14, unit: 'day' } })).toEqual([
      '2026-08-05T02:00:00.000Z',
      '2026-08-19T02:00:00.000Z',
    ])
  })

  test('on the festival’s own day, to which the enrollment is anchored', () => {
    expect(windowOf({ kind: 'festival', festival: 'qixi', from: 0, to: 1 })).toEqual([
      '2026-08-18T16:00:00.000Z',
      '2026-08-19T16:00:00.000Z',
    ])
  })

  test('never before entry, even if the festival’s days began earlier', () => {
    expect(windowOf({ kind: 'festival', festival: 'qixi', from: -30, to: 1 })[0]).toBe(
      '2026-08-05T02:00:00.000Z',
    )
  })

  test('around the next festival where there is no anchor', () => {
    const loose = { entry: { ...entry, anchors: {} } }
    expect(windowOf({ kind: 'festival', festival: 'mid_autumn', from: 0, to: 1 }, loose)[0]).toBe(
      '2026-09-24T16:00:00.000Z',
    )
  })
})

test('a goal’s card says what, when, and whether it ends the journey', () => {
  const say = (more: object, locale: 'zh-CN' | 'en') =>
    goal.describe(goal.config.parse({ filter: { event: 'order' }, window: { kind: 'journey' }, ...more }), {
      locale,
      currency: 'CNY',
    })
  expect(say({ ends: true }, 'zh-CN')).toBe('下单，达成即离开')
  expect(say({ window: { kind: 'span', span: { amount: 3, unit: 'day' } } }, 'en')).toBe(
    'order within 3 days',
  )
})
