import { civilOf, dateOf, dayOfCivil, daysInMonth } from './date.ts'

/**
 * The first anniversary of a date on or after another, both 'YYYY-MM-DD'. 29 February is kept on the
 * 28th in common years. The date itself counts, so a date still to come (a due date, an expiry) is its
 * own first anniversary. Problem `invalid-date`, `time-out-of-range`.
 */
export function nextAnniversary(date: string, onOrAfter: string): string {
  const born = civilOf(date)
  const from = civilOf(onOrAfter)
  if (date >= onOrAfter) return date
  const thisYear = anniversary(from.year, born.month, born.day)
  return thisYear >= onOrAfter ? thisYear : anniversary(from.year + 1, born.month, born.day)
}

function anniversary(year: number, month: number, day: number): string {
  return dateOf(dayOfCivil(year, month, Math.min(day, daysInMonth(year, month))))
}
