import { describe, expect, test } from 'vitest'
import { nextAnniversary } from './birthday.ts'

describe('anniversaries', () => {
  test('come once a year, the day itself included', () => {
    expect(nextAnniversary('1990-08-19', '2026-08-19')).toBe('2026-08-19')
    expect(nextAnniversary('1990-08-19', '2026-08-20')).toBe('2027-08-19')
    expect(nextAnniversary('1990-01-01', '2026-12-31')).toBe('2027-01-01')
  })

  test('of 29 February are kept on the 28th in common years', () => {
    expect(nextAnniversary('2000-02-29', '2026-01-01')).toBe('2026-02-28')
    expect(nextAnniversary('2000-02-29', '2026-03-01')).toBe('2027-02-28')
    expect(nextAnniversary('2000-02-29', '2028-02-28')).toBe('2028-02-29')
  })

  test('of a day still to come begin with that day', () => {
    expect(nextAnniversary('2027-05-06', '2026-08-19')).toBe('2027-05-06')
  })

  test('of no date are a problem', () => {
    const invalid = expect.objectContaining({ code: 'invalid-date' })
    expect(() => nextAnniversary('2001-02-29', '2026-01-01')).toThrow(invalid)
    expect(() => nextAnniversary('2000-02-29', 'soon')).toThrow(invalid)
  })
})
