import { parseInstant } from '../../calendar/index.ts'
import type { Locale } from '../../text.ts'
import type { WrittenAt } from './dates.ts'
import { dayInWords, localParts, two } from './strftime.ts'

const withYear: Readonly<Record<Locale, (day: string, year: number) => string>> = {
  'zh-CN': (day, year) => `${year} 年 ${day}`,
  en: (day, year) => `${day}, ${year}`,
}
const withTime: Readonly<Record<Locale, (day: string, time: string) => string>> = {
  'zh-CN': (day, time) => `${day} ${time}`,
  en: (day, time) => `${day}, ${time}`,
}

/**
 * A day or a moment in the words of a language: "8 月 19 日", "Aug 19, 2027", "Aug 19, 10:00". Its year is said
 * where it is not the current one.
 */
export function dateInWords(when: string | number, timed: boolean, { now, zone, locale }: WrittenAt): string {
  const yearless = typeof when === 'string' && when.startsWith('--')
  const at = typeof when === 'number' ? when : parseInstant(yearless ? `2000${when.slice(1)}` : when, zone)
  if (at === null) return String(when)
  const day = dayInWords(at, zone, locale)
  const { year, hour, minute } = localParts(at, zone)
  const dated = yearless || year === localParts(now, zone).year ? day : withYear[locale](day, year)
  return timed ? withTime[locale](dated, `${two(hour)}:${two(minute)}`) : dated
}
