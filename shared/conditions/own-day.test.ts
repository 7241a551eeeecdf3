import { describe, expect, test } from 'vitest'
import { ownDayHolds } from './own-day.ts'
import type { AnniversaryTest } from './schema.ts'
import type { Value } from './value.ts'

const types = {
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  of: {
    expiry: { type: 'date', format: null },
    seen: { type: 'time', format: null },
    days: { type: 'date', format: 'serial' },
    points: { type: 'number', format: null },
  },
} as const

function holds(raw: Value | null, asked: Partial<AnniversaryTest>, now = '2027-08-19T10:00:00+08:00') {
  const own: AnniversaryTest = { kind: 'anniversary', name: 'expiry', days: 0, ...asked }
  return ownDayHolds(raw, own, types, Date.parse(now), 'Asia/Shanghai')
}

describe('a customer’s own day', () => {
  test('comes each year, whatever its own year and way of writing', () => {
    for (const text of [
      '2020-08-19',
      '2020/8/19',
      '2020年8月19日',
      '20200819',
      '2020-08-19 00:00:00',
      '08/19',
    ])
      expect(holds(text, {}), text).toBe(true)
    expect(holds('2028-08-19', { repeat: 'yearly' })).toBe(true)
    expect(holds('2020-08-20', {})).toBe(false)
  })

  test('comes once, in its year', () => {
    expect(holds('2027/8/19', { repeat: 'once' })).toBe(true)
    for (const text of ['2028-08-19', '2025-08-19', '08/19'])
      expect(holds(text, { repeat: 'once' })).toBe(false)
  })

  test('of 29 February is the 28th in a common year', () => {
    expect(holds('1992-02-29', {}, '2027-02-28T10:00:00+08:00')).toBe(true)
    expect(holds('1992-02-29', {}, '2028-02-28T10:00:00+08:00')).toBe(false)
    expect(holds('1992-02-29', {}, '2028-02-29T10:00:00+08:00')).toBe(true)
    expect(holds('1992-02-28', {}, '2028-02-28T10:00:00+08:00')).toBe(true)
  })

  test('lies some days ahead or behind, or within so many', () => {
    expect(holds('2027-08-22', { days: 3, repeat: 'once' })).toBe(true)
    expect(holds('2027-08-21', { days: 3, repeat: 'once' })).toBe(false)
    expect(holds('2027-08-21', { days: 3, repeat: 'once', within: true })).toBe(true)
    expect(holds('2027-08-18', { days: -3, repeat: 'once', within: true })).toBe(true)
    expect(holds('2027-08-18', { days: 3, repeat: 'once', within: true })).toBe(false)
    expect(holds('1990-01-02', { days: 14, within: true }, '2027-12-25T10:00:00+08:00')).toBe(true)
  })

  test('is that of a time in the zone, and of a spreadsheet’s days where they are known', () => {
    expect(holds('2027-08-18T20:00:00Z', { name: 'seen', repeat: 'once' })).toBe(true)
    expect(holds('46618', { name: 'days', repeat: 'once' })).toBe(true)
    expect(holds('46618', { repeat: 'once' })).toBe(false)
  })

  test('is none of what is no date', () => {
    for (const nothing of [null, '', 'soon', 5]) expect(holds(nothing, {})).toBe(false)
    expect(holds(20270819, { name: 'points' })).toBe(false)
  })

  test('is asked at one time of the day’s clock where a trigger does', () => {
    expect(holds('2027-08-19', { at: '10:00' })).toBe(true)
    expect(holds('2027-08-19', { at: '10:00' }, '2027-08-19T10:00:01+08:00')).toBe(false)
  })
})
