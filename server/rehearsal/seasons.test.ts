import { describe, expect, test } from 'vitest'
import { nearest, sameInPastYears } from './seasons.ts'

const zone = 'Asia/Shanghai'
const at = Date.parse('2027-07-25T10:00:00+08:00')
const longAgo = Date.parse('2020-01-01T00:00:00+08:00')
const said = (moments: readonly { at: number }[]) =>
  moments.map((moment) => new Date(moment.at + 8 * 3_600_000).toISOString().slice(0, 16))

describe('the same moment of past years', () => {
  test('lies as many days from the festival, whose day of the calendar moves', () => {
    const qixi = { festival: 'qixi', date: '2027-08-08' } as const
    expect(said(sameInPastYears(at, qixi, { zone, first: longAgo }))).toEqual([
      '2026-08-05T10:00',
      '2025-08-15T10:00',
      '2024-07-27T10:00',
    ])
    expect(sameInPastYears(at, qixi, { zone, first: longAgo })[0]?.occurrence?.date).toBe('2026-08-19')
  })

  test('without a festival lies in the same week, on the same weekday', () => {
    const moments = sameInPastYears(at, null, { zone, first: longAgo })
    expect(said(moments)).toEqual(['2026-07-26T10:00', '2025-07-27T10:00', '2024-07-28T10:00'])
    for (const moment of moments) expect((at - moment.at) % (7 * 86_400_000)).toBe(0)
  })

  test('keeps the clock of the wall where the clocks have been changed meanwhile', () => {
    const berlin = Date.parse('2027-03-30T10:00:00+02:00')
    const [then] = sameInPastYears(berlin, null, { zone: 'Europe/Berlin', first: longAgo })
    expect(new Date(then?.at ?? 0).toISOString()).toBe('2026-03-31T08:00:00.000Z')
    const [easter] = sameInPastYears(Date.parse('2027-03-29T10:00:00+02:00'), null, {
      zone: 'Europe/Berlin',
      first: longAgo,
    })
    expect(new Date(easter?.at ?? 0).toISOString()).toBe('2026-03-30T08:00:00.000Z')
  })

  test('is not sought before there is any record', () => {
    expect(sameInPastYears(at, null, { zone, first: Date.parse('2026-07-27T00:00:00+08:00') })).toEqual([])
    expect(sameInPastYears(at, null, { zone, first: Date.parse('2025-12-27T00:00:00+08:00') })).toHaveLength(
      1,
    )
  })

  test('of several festivals the nearest is meant', () => {
    const anchors = { qixi: '2027-08-08', mid_autumn: '2027-09-15' }
    expect(nearest(['qixi', 'mid_autumn'], anchors, at)?.festival).toBe('qixi')
    expect(nearest(['qixi', 'mid_autumn'], anchors, Date.parse('2027-09-01'))?.festival).toBe('mid_autumn')
    expect(nearest([], {}, at)).toBeNull()
  })
})
