import { localDate, localTime, sayDay, weekday } from '../../shared/calendar/index.ts'
import type { Locale } from '../../shared/text.ts'

const weekdays = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

/**
 * How an instant is said. `full` 2027 年 7 月 24 日 周六 18:00, `dateTime` without the weekday, `date` the
 * day alone, `short` 7 月 24 日 18:00, `shortDate` 7 月 24 日, `time` 18:00.
 */
export type TimeStyle = 'full' | 'dateTime' | 'date' | 'short' | 'shortDate' | 'time'

/** An instant (epoch ms) in words, in an IANA zone. */
export function sayTime(at: number, zone: string, locale: Locale, style: TimeStyle): string {
  const date = localDate(at, zone)
  const time = localTime(at, zone)
  const long = sayDay(date, locale)
  // A day of the same year is said without it; as the date itself it would be called today.
  const short = sayDay(date, locale, `${date.slice(0, 4)}-${date.slice(5, 7) === '06' ? '12' : '06'}-15`)
  const comma = locale === 'en' ? ',' : ''
  const name = weekdays[locale][weekday(date) - 1] ?? ''
  const said: Record<TimeStyle, string> = {
    full: locale === 'en' ? `${name} ${long}, ${time}` : `${long} ${name} ${time}`,
    dateTime: `${long}${comma} ${time}`,
    date: long,
    short: `${short}${comma} ${time}`,
    shortDate: short,
    time,
  }
  return said[style]
}
