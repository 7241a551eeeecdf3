import type { Locale } from '../text.ts'
import { type FestivalId, festivalName } from './festival.ts'

/** A day counted from a festival, in words: '七夕前 3 天', '3 days before Qixi', '七夕当天', 'on Qixi'. */
export function sayFestivalDay(festival: FestivalId, days: number, locale: Locale): string {
  const title = festivalName(festival)[locale]
  const count = Math.abs(days)
  if (locale === 'zh-CN') return days === 0 ? `${title}当天` : `${title}${days < 0 ? '前' : '后'} ${count} 天`
  if (days === 0) return `on ${title}`
  return `${count} day${count === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'} ${title}`
}

/** Whole days counted from a festival, the last excluded: '七夕前 3 天至七夕当天（不含）', 'from 3 days before Qixi until Qixi'. */
export function sayFestivalDays(festival: FestivalId, from: number, to: number, locale: Locale): string {
  const first = sayFestivalDay(festival, from, locale)
  return to === from + 1 ? first : sayUntil(first, sayFestivalDay(festival, to, locale), locale)
}

/** From one day until another, which is not one of them any more. */
export function sayUntil(first: string, end: string, locale: Locale): string {
  const bare = (day: string) => day.replace(/^on /, '')
  return locale === 'en' ? `from ${bare(first)} until ${bare(end)}` : `${first}至${end}（不含）`
}
