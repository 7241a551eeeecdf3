import type { Locale } from '../text.ts'
import type { Window, WindowDays } from './window.ts'

const dayNames: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

const whole: Readonly<Record<Extract<WindowDays, string>, Readonly<Record<Locale, string>>>> = {
  any: { 'zh-CN': '', en: '' },
  weekday: { 'zh-CN': '周一至周五', en: 'Mon–Fri' },
  weekend: { 'zh-CN': '周末', en: 'Sat–Sun' },
}

const wholeDays = [
  ['any', '1234567'],
  ['weekday', '12345'],
  ['weekend', '67'],
] as const

/** The day of the week in words; ISO, Monday 1. */
export function sayWeekday(day: number, locale: Locale): string {
  return dayNames[locale][day - 1] ?? String(day)
}

/** The days of a window in words; empty where it is open on any. */
export function sayDays(days: WindowDays, locale: Locale): string {
  if (typeof days === 'string') return whole[days][locale]
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const known = wholeDays.find(([, all]) => all === sorted.join(''))
  if (known !== undefined) return whole[known[0]][locale]
  return sorted.map((day) => sayWeekday(day, locale)).join(locale === 'en' ? ', ' : '、')
}

/** A window in words: '周一至周五 09:00–18:00', 'Mon–Fri, 09:00–18:00'. */
export function sayWindow({ days, from, to }: Window, locale: Locale): string {
  const on = sayDays(days, locale)
  const hours = from === to && from === '00:00' ? '' : `${from}–${to}`
  if (on === '' && hours === '') return locale === 'en' ? 'any time' : '任何时候'
  return [on, hours].filter((part) => part !== '').join(locale === 'en' ? ', ' : ' ')
}
