import { dayOfCivil, writeDate } from './date.ts'
import { dayLength, instantOf } from './offset.ts'
import { type DayOrder, readWritten, type Written } from './written.ts'
import { startOfDay } from './zone.ts'

/** The instant of a written day with a year; a day alone is its first instant in `zone`. */
export function instantOfWritten(
  { year, month, day, time, offset }: Written & { readonly year: number },
  zone: string,
): number {
  if (time === null) return startOfDay(writeDate(year, month, day), zone)
  const wall = dayOfCivil(year, month, day) * dayLength + time
  return offset === null ? instantOf(wall, zone) : wall - offset
}

/**
 * The instant (epoch ms) that a text writes, or null where it writes none: ISO 8601 with an offset, or
 * without one in `zone`; 'YYYY-MM-DD HH:MM[:SS]', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYYMMDD', '2026年8月19日',
 * 'August 19, 2026', each with or without a time. '19/08/2026' is read where it can be one day only, or
 * in the order that is given. A date alone is its first instant in `zone`. Problem `unknown-zone`.
 */
export function parseInstant(text: string, zone: string, order: DayOrder | null = null): number | null {
  const written = readWritten(text, order)
  if (written === null || written === 'ambiguous' || written.year === null) return null
  return instantOfWritten({ ...written, year: written.year }, zone)
}
