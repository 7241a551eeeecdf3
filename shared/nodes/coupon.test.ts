import { describe, expect, test } from 'vitest'
import { historyOf } from '../conditions/history.ts'
import type { Coupon } from '../effects/index.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { coupon } from './coupon.ts'

const config = {
  name: { 'zh-CN': '回礼券', en: 'Thanks' },
  value: 3000,
  minSpend: 19_900,
  validDays: 7,
  prefix: 'QX',
}

function issued(more: Situation = {}): Coupon {
  const decision = decideWith(coupon, config, more)
  const effect = decision.kind === 'leave' ? decision.effects?.[0] : undefined
  if (effect?.kind !== 'coupon') throw new Error('a coupon was expected')
  return effect.coupon
}

describe('a coupon', () => {
  test('is a code of the customer’s own, with prefix, value and terms', () => {
    expect(issued()).toMatchObject({ value: 3000, minSpend: 19_900, name: config.name })
    expect(issued().code).toMatch(/^QX[2-9A-HJ-NP-Z]{10}$/)
  })

  test('is the same however often it is decided, and another for each customer, entry and visit', () => {
    const codes = [
      issued(),
      issued({ enrollment: { customerId: 'c2' } }),
      issued({ enrollment: { enteredAt: 1 } }),
      issued({ enrollment: { history: historyOf({ 'it.issued': 1 }) } }),
      issued({ node: 'other' }),
    ].map(({ code }) => code)
    expect(new Set(codes).size).toBe(5)
    expect(issued().code).toBe(codes[0])
  })

  test('is valid to the end of its last day', () => {
    expect(new Date(issued({ now: '2026-08-05T10:00:00+08:00' }).expiresAt).toISOString()).toBe(
      '2026-08-12T16:00:00.000Z',
    )
  })

  test('is not issued to the control group', () => {
    expect(decideWith(coupon, config, { enrollment: { control: true } })).toEqual({
      kind: 'leave',
      port: 'not_issued',
      reason: { code: 'suppressed', gate: 'control_group' },
    })
  })

  test('gives its variables to the messages that follow', () => {
    expect(coupon.gives?.(coupon.config.parse(config))).toContain('coupon.code')
  })

  test('says on its card what it is worth', () => {
    const say = (more: object, locale: 'zh-CN' | 'en') =>
      coupon.describe(coupon.config.parse({ ...config, ...more }), { locale, currency: 'CNY' })
    expect(say({}, 'zh-CN')).toBe('回礼券 · 满 ¥199 减 ¥30 · 7 天有效')
    expect(say({ minSpend: 0 }, 'en')).toBe('Thanks: ¥30 off, 7 days')
  })
})
