import type { Locale } from '../text.ts'
import { addDays, civilOf } from './date.ts'
import { localDate, localTime } from './zone.ts'

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A date in words: '2026 年 8 月 19 日', '19 Aug 2026'. With `today` the same year is left out, and
 * yesterday, today and tomorrow are called so. Both dates are 'YYYY-MM-DD'.
 */
export function sayDay(date: string, locale: Locale, today?: string): string {
  const { year, month, day } = civilOf(date)
  if (today !== undefined) {
    if (date === today) return locale === 'en' ? 'today' : '今天'
    if (date === addDays(today, 1)) return locale === 'en' ? 'tomorrow' : '明天'
    if (date === addDays(today, -1)) return locale === 'en' ? 'yesterday' : '昨天'
  }
  const sameYear = today !== undefined && civilOf(today).year === year
  if (locale === 'en') return `${day} ${monthNames[month - 1]}${sameYear ? '' : ` ${year}`}`
  return `${sameYear ? '' : `${year} 年 `}${month} 月 ${day} 日`
}

/** An instant in words: '2026 年 8 月 19 日 10:00', '19 Aug 2026, 10:00'; nearer to `now`, shorter. */
export function sayDate(at: number, zone: string, locale: Locale, now?: number): string {
  const today = now === undefined ? undefined : localDate(now, zone)
  const day = sayDay(localDate(at, zone), locale, today)
  return `${day}${locale === 'en' ? ',' : ''} ${localTime(at, zone)}`
}
