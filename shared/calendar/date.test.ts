import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  dateOf,
  dateSchema,
  dayOf,
  firstDay,
  isDate,
  isTime,
  lastDay,
  weekday,
} from './date.ts'

const run = { seed: 20260819, numRuns: 500 }
const days = fc.integer({ min: firstDay, max: lastDay })

describe('dates without a clock', () => {
  test('every day is written and read back as the same day, as Date writes it', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = dateOf(day)
        expect(dayOf(date)).toBe(day)
        expect(date).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
        expect(weekday(date) % 7).toBe(new Date(day * 86_400_000).getUTCDay())
      }),
      run,
    )
  })

  test('only dates that exist are dates', () => {
    for (const date of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '1900-02-29', '0000-01-01']) {
      expect(isDate(date), date).toBe(false)
    }
    for (const date of ['2026-8-19', '20260819', '2026/08/19', '', ' 2026-08-19', '２０２６-08-19']) {
      expect(isDate(date), date).toBe(false)
    }
    for (const date of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) {
      expect(isDate(date), date).toBe(true)
      expect(dateSchema.safeParse(date).success, date).toBe(true)
    }
    expect(dateSchema.safeParse('2026-02-30').success).toBe(false)
  })

  test('times of day run from 00:00 to 23:59', () => {
    expect(['00:00', '09:30', '23:59'].every(isTime)).toBe(true)
    expect(['24:00', '9:30', '09:60', '09:30:00', '', '-1:00'].some(isTime)).toBe(false)
  })

  test("a month's end clamps, and February keeps its own length", () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addYears('2024-02-29', -24)).toBe('2000-02-29')
    expect(addDays('2026-08-19', -14)).toBe('2026-08-05')
  })

  test('adding months keeps the order of dates and never leaves the wanted month', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 80_000 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: -240, max: 240 }),
        (day, later, months) => {
          const date = addMonths(dateOf(day), months)
          expect(addMonths(dateOf(day + later), months) >= date).toBe(true)
          const [year = 0, month = 0] = dateOf(day).split('-').map(Number)
          const [toYear = 0, toMonth = 0] = date.split('-').map(Number)
          expect(toYear * 12 + toMonth - (year * 12 + month)).toBe(months)
        },
      ),
      run,
    )
  })

  test('a broken date, a broken count and a day beyond the calendar are problems', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(expect.objectContaining({ code: 'invalid-date' }))
    expect(() => addDays('2026-02-01', 1.5)).toThrow(expect.objectContaining({ code: 'invalid-span' }))
    expect(() => addDays('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'time-out-of-range' }))
    expect(() => addYears('0001-01-01', -1)).toThrow(expect.objectContaining({ code: 'time-out-of-range' }))
  })
})
