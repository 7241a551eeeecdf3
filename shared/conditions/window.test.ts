import { describe, expect, test } from 'vitest'
import { windowSchema } from './schema.ts'
import { intervalsOf, type TimeContext } from './window.ts'

const now = Date.parse('2026-08-05T10:00:00+08:00')
const context: TimeContext = { now, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }

/** The stretches that a window means, as local times of Shanghai. */
function stretches(window: unknown, more: Partial<TimeContext> = {}): string[][] {
  return intervalsOf(windowSchema.parse(window), { ...context, ...more }).map((interval) =>
    interval.map((at) =>
      at === Number.NEGATIVE_INFINITY
        ? 'ever'
        : at === (more.now ?? now) + 1
          ? 'now'
          : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
    ),
  )
}

describe('a window', () => {
  test('without bounds reaches from ever to now', () => {
    expect(stretches({ kind: 'ever' })).toEqual([['ever', 'now']])
  })

  test('between dates includes the first midnight and excludes the last, and never reaches past now', () => {
    expect(stretches({ kind: 'between', from: '2026-01-01', to: '2026-02-01' })).toEqual([
      ['2026-01-01 00:00', '2026-02-01 00:00'],
    ])
    expect(stretches({ kind: 'between', from: '2026-08-01' })).toEqual([['2026-08-01 00:00', 'now']])
    expect(stretches({ kind: 'between', to: '2027-01-01' })).toEqual([['ever', 'now']])
    expect(stretches({ kind: 'between', from: '2026-12-01' })).toEqual([])
    expect(stretches({ kind: 'between', from: 'whenever' })).toEqual([])
  })

  test('of the last days ends now, or with whole days at the midnight that began today', () => {
    const last = { kind: 'last', span: { amount: 7, unit: 'day' } }
    expect(stretches(last)).toEqual([['2026-07-29 10:00', 'now']])
    expect(stretches({ ...last, wholeDays: true })).toEqual([['2026-07-29 00:00', '2026-08-05 00:00']])
    expect(
      stretches(
        { kind: 'last', span: { amount: 1, unit: 'month' } },
        { now: Date.parse('2026-03-31T10:00:00+08:00') },
      ),
    ).toEqual([['2026-02-28 10:00', 'now']])
  })

  test('since entry begins just after it, and is nothing outside an enrollment', () => {
    const enteredAt = Date.parse('2026-08-01T09:00:00+08:00')
    const [interval] = intervalsOf({ kind: 'since_entry' }, { ...context, enteredAt })
    expect(interval).toEqual([enteredAt + 1, now + 1])
    expect(stretches({ kind: 'since_entry' })).toEqual([])
  })

  const festival = (more: object) => ({ kind: 'festival', festival: 'qixi', ...more })

  test('in the 14 days before Qixi of either of the past two years leaves the day itself out', () => {
    expect(stretches(festival({ from: { days: -14 }, to: { days: 0 }, past: 2 }))).toEqual([
      ['2025-08-15 00:00', '2025-08-29 00:00'],
      ['2024-07-27 00:00', '2024-08-10 00:00'],
    ])
  })

  test('of the two years before T-14 counts whole years back from that day', () => {
    expect(stretches(festival({ from: { years: -2, days: -14 }, to: { days: -14 } }))).toEqual([
      ['2024-08-05 00:00', '2026-08-05 00:00'],
    ])
  })

  test('around a festival keeps to the anchored occurrence when that is past', () => {
    const day = festival({ from: { days: 0 }, to: { days: 1 } })
    const later = Date.parse('2026-09-02T10:00:00+08:00')
    expect(stretches(day, { now: later, anchors: { qixi: '2026-08-19' } })).toEqual([
      ['2026-08-19 00:00', '2026-08-20 00:00'],
    ])
    expect(stretches(day, { now: later })).toEqual([])
  })

  test('begins at the first instant of a day whose midnight the clocks leave out', () => {
    // Beirut's clocks went from 00:00 to 01:00 on 2026-03-29.
    const [interval] = intervalsOf(
      { kind: 'between', from: '2026-03-29', to: '2026-03-30' },
      { ...context, zone: 'Asia/Beirut' },
    )
    expect(interval?.map((at) => new Date(at).toISOString())).toEqual([
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
    ])
  })
})
