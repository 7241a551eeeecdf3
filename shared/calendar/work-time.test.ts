import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './date.ts'
import {
  addWorkTime,
  endOfWorkday,
  isWorkday,
  nextWork,
  usualWork,
  type WorkTime,
  workTimeSchema,
} from './work-time.ts'
import { localDate, localTime, zonedAt } from './zone.ts'

const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const say = (moment: number) => `${localDate(moment, zone)}T${localTime(moment, zone)}`
const workFrom = (from: string, amount: number, unit: 'minute' | 'hour' | 'day' | 'week', work = usualWork) =>
  say(addWorkTime(at(from), { amount, unit }, work, zone))

// The National Day of 2026: off from Thursday to the next Wednesday, with a Saturday worked in its place.
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_day, index) => addDays(from, index))
const golden: WorkTime = {
  ...usualWork,
  exceptions: [
    ...days('2026-10-01', 7).map((day) => ({ day, works: false })),
    { day: '2026-10-10', works: true },
  ],
}

describe('time of work', () => {
  test('passes while the brand’s people are at work, over nights, weekends and holidays', () => {
    // A Wednesday.
    expect(workFrom('2026-08-05T10:00', 2, 'hour')).toBe('2026-08-05T12:00')
    expect(workFrom('2026-08-05T17:30', 60, 'minute')).toBe('2026-08-06T09:30')
    expect(workFrom('2026-08-07T17:00', 2, 'hour')).toBe('2026-08-10T10:00')
    expect(workFrom('2026-09-30T17:00', 2, 'hour', golden)).toBe('2026-10-08T10:00')
    expect(workFrom('2026-10-09T17:00', 2, 'hour', golden)).toBe('2026-10-10T10:00')
  })

  test('has days of work, at the same time of day', () => {
    expect(workFrom('2026-08-07T10:00', 1, 'day')).toBe('2026-08-10T10:00')
    expect(workFrom('2026-08-07T20:00', 1, 'day')).toBe('2026-08-11T09:00')
    expect(workFrom('2026-09-30T10:00', 2, 'day', golden)).toBe('2026-10-09T10:00')
    expect(workFrom('2026-09-30T10:00', 3, 'day', golden)).toBe('2026-10-10T10:00')
    expect(workFrom('2026-09-26T12:00', 1, 'week', golden)).toBe('2026-10-08T09:00')
  })

  test('ends with the day of work that comes next, or later ones', () => {
    const end = (from: string, amount: number, work = usualWork) =>
      say(endOfWorkday(at(from), amount, work, zone))
    expect(end('2026-08-05T10:00', 1)).toBe('2026-08-06T18:00')
    expect(end('2026-08-07T20:00', 1)).toBe('2026-08-10T18:00')
    expect(end('2026-08-08T10:00', 1)).toBe('2026-08-10T18:00')
    expect(end('2026-09-30T10:00', 1, golden)).toBe('2026-10-08T18:00')
  })

  test('is found behind a holiday of a year', () => {
    const year = { ...usualWork, exceptions: days('2026-01-01', 366).map((day) => ({ day, works: false })) }
    expect(say(nextWork(at('2026-01-01T08:00'), year, zone))).toBe('2027-01-04T09:00')
    expect(workFrom('2026-01-01T08:00', 1, 'day', year)).toBe('2027-01-05T09:00')
  })
})

test('a brand’s working time is refused over midnight, without days, and with a day twice', () => {
  const refused = (more: object) => workTimeSchema.safeParse({ ...usualWork, ...more }).success
  expect(refused({})).toBe(true)
  expect(refused({ from: '22:00', to: '06:00' })).toBe(false)
  expect(refused({ from: '09:00', to: '09:00' })).toBe(false)
  expect(refused({ days: [] })).toBe(false)
  expect(refused({ days: [1, 1] })).toBe(false)
  const twice = [
    { day: '2026-10-01', works: false },
    { day: '2026-10-01', works: true },
  ]
  expect(refused({ exceptions: twice })).toBe(false)
  expect(refused({ exceptions: [{ day: '2026-02-30', works: false }] })).toBe(false)
})

describe('in any zone and for any week', () => {
  const zones = [
    'Asia/Shanghai',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
  ]
  const minute = fc.integer({ min: 0, max: 1439 })
  const time = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`
  const weeks = fc
    .record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      // Long enough that no gap of a zone takes all of it.
      from: fc.integer({ min: 0, max: 1200 }),
      length: fc.integer({ min: 150, max: 1439 }),
      off: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }),
      works: fc.boolean(),
    })
    .map(
      ({ days: week, from, length, off, works }): WorkTime => ({
        ...{ days: week, from: time(from), to: time(Math.min(1439, from + length)) },
        exceptions: off.map((day) => ({ day: addDays('2026-03-01', day), works })),
      }),
    )
  const moments = fc
    .tuple(fc.integer({ min: 0, max: 400 }), minute)
    .map(([day, minutes]) => Date.UTC(2026, 1, 20) + day * 86_400_000 + minutes * 60_000)
  const where = fc.constantFrom(...zones)

  test('what is due is due within hours of work, not before it began, and no earlier for who comes later', () => {
    fc.assert(
      fc.property(
        weeks,
        moments,
        minute,
        where,
        fc.integer({ min: 1, max: 30 }),
        (work, from, later, there, amount) => {
          for (const unit of ['hour', 'day'] as const) {
            const due = addWorkTime(from, { amount, unit }, work, there)
            const day = localDate(due, there)
            expect(due).toBeGreaterThanOrEqual(from)
            expect(isWorkday(day, work)).toBe(true)
            expect(due).toBeGreaterThanOrEqual(zonedAt(day, work.from, there))
            expect(due).toBeLessThanOrEqual(zonedAt(day, work.to, there))
            expect(addWorkTime(from + later * 60_000, { amount, unit }, work, there)).toBeGreaterThanOrEqual(
              due,
            )
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('hours add up: five are two and then three', () => {
    fc.assert(
      fc.property(weeks, moments, where, (work, from, there) => {
        const add = (moment: number, amount: number) =>
          addWorkTime(moment, { amount, unit: 'hour' }, work, there)
        expect(add(add(from, 2), 3)).toBe(add(from, 5))
      }),
      { numRuns: 150 },
    )
  })
})
