import type { Locale } from '../../shared/text.ts'

/** What a clock and a calendar on the wall of a zone show. Weekday 0 is Sunday, month 1 is January. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly time: string
}

const readers = new Map<string, Intl.DateTimeFormat>()

function reader(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  readers.set(zone, made)
  return made
}

/** The wall time of an instant (epoch ms) in an IANA zone. */
export function wallTime(at: number, zone: string): WallTime {
  const parts = new Map(
    reader(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  const [year, month, day] = [Number(parts.get('year')), Number(parts.get('month')), Number(parts.get('day'))]
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, weekday, time: `${parts.get('hour')}:${parts.get('minute')}` }
}

const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * How an instant is said. `full` 2027 年 7 月 24 日 周六 18:00, `dateTime` without the weekday, `date` the
 * day alone, `short` 7 月 24 日 18:00, `shortDate` 7 月 24 日, `time` 18:00.
 */
export type TimeStyle = 'full' | 'dateTime' | 'date' | 'short' | 'shortDate' | 'time'

export function sayTime(at: number, zone: string, locale: Locale, style: TimeStyle): string {
  const wall = wallTime(at, zone)
  const weekday = weekdays[locale][wall.weekday] ?? ''
  const day = locale === 'en' ? `${months[wall.month - 1]} ${wall.day}` : `${wall.month} 月 ${wall.day} 日`
  const date = locale === 'en' ? `${day}, ${wall.year}` : `${wall.year} 年 ${day}`
  switch (style) {
    case 'full':
      return locale === 'en' ? `${weekday}, ${date} ${wall.time}` : `${date} ${weekday} ${wall.time}`
    case 'dateTime':
      return `${date} ${wall.time}`
    case 'date':
      return date
    case 'short':
      return `${day} ${wall.time}`
    case 'shortDate':
      return day
    case 'time':
      return wall.time
  }
}
