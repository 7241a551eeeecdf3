import { expect, test } from 'vitest'
import { addWork, type WorkHours } from './work-hours.ts'

const hours: WorkHours = { from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5] }
const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const after = (from: string, amount: number, unit: 'minute' | 'hour' | 'day') =>
  new Date(addWork(at(from), { amount, unit }, hours, zone) + 8 * 3_600_000).toISOString().slice(0, 16)

test('hours of work pass while people are at work, over nights and weekends', () => {
  // A Wednesday.
  expect(after('2026-08-05T10:00', 4, 'hour')).toBe('2026-08-05T14:00')
  expect(after('2026-08-05T17:30', 60, 'minute')).toBe('2026-08-06T09:30')
  expect(after('2026-08-07T17:00', 2, 'hour')).toBe('2026-08-10T10:00')
  expect(after('2026-08-08T12:00', 1, 'hour')).toBe('2026-08-10T10:00')
  expect(after('2026-08-05T06:00', 9, 'hour')).toBe('2026-08-05T18:00')
})

test('days go by the calendar, and end within hours of work', () => {
  expect(after('2026-08-05T10:00', 1, 'day')).toBe('2026-08-06T10:00')
  expect(after('2026-08-05T20:00', 1, 'day')).toBe('2026-08-07T09:00')
  expect(after('2026-08-07T10:00', 1, 'day')).toBe('2026-08-10T09:00')
})
