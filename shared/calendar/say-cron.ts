import type { Locale } from '../text.ts'
import { two } from './date.ts'

const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const nicknames: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
}

/** The numbers of a list such as '1,3' or '1-5', or null for anything more intricate. */
function listed(field: string, lowest: number, highest: number): number[] | null {
  const numbers: number[] = []
  for (const part of field.split(',')) {
    const range = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part)
    if (range === null) return null
    const from = Number(range[1])
    const to = Number(range[2] ?? range[1])
    if (from < lowest || to > highest || to < from) return null
    for (let number = from; number <= to; number++) numbers.push(number)
  }
  return numbers
}

function listedWeekdays(field: string): number[] | null {
  const numbered = field.toUpperCase().replace(/[A-Z]{3}/g, (name) => {
    const index = dayNames.indexOf(name)
    return index < 0 ? name : String(index)
  })
  return listed(numbered, 0, 7)
}

function join(words: readonly string[], locale: Locale): string {
  if (locale === 'zh-CN') return words.join('、')
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/**
 * A schedule in words where it is a simple one: '每天 10:00', '每周一、周三 10:00', '每月 1 日 10:00',
 * 'daily at 10:00'; any other expression comes back as it is.
 */
export function sayCron(expr: string, locale: Locale): string {
  const text = expr.trim()
  const fields = (nicknames[text.toLowerCase()] ?? text).split(/\s+/)
  // A sixth field in front gives the seconds; on the full minute they need no words.
  const parts = fields.length === 6 && fields[0] === '0' ? fields.slice(1) : fields
  const [minute, hour, day, month, weekday] = parts
  if (parts.length !== 5 || minute === undefined || hour === undefined || weekday === undefined) return expr
  if (!/^\d{1,2}$/.test(minute) || Number(minute) > 59 || month !== '*') return expr
  if (hour === '*' && day === '*' && weekday === '*') return sayHourly(Number(minute), locale)
  if (!/^\d{1,2}$/.test(hour) || Number(hour) > 23 || day === undefined) return expr
  const when = sayDays(day, weekday, locale)
  if (when === null) return expr
  return `${when}${locale === 'en' ? ' at' : ''} ${two(Number(hour))}:${two(Number(minute))}`
}

function sayHourly(minute: number, locale: Locale): string {
  if (locale === 'en') return minute === 0 ? 'hourly' : `hourly at :${two(minute)}`
  return minute === 0 ? '每小时整点' : `每小时第 ${minute} 分`
}

function sayDays(day: string, weekday: string, locale: Locale): string | null {
  const anyDay = day === '*' || day === '?'
  const anyWeekday = weekday === '*' || weekday === '?'
  if (anyDay && anyWeekday) return locale === 'en' ? 'daily' : '每天'
  if (anyDay) {
    const chosen = listedWeekdays(weekday)
    if (chosen === null) return null
    const names = chosen.map((index) => weekdays[locale][index] ?? '')
    const range = chosen.length > 2 && /^\S+-\S+$/.test(weekday) && !weekday.includes(',')
    if (locale === 'en') return `weekly on ${range ? `${names[0]} to ${names.at(-1)}` : join(names, locale)}`
    return `每${range ? `${names[0]}至${names.at(-1)}` : join(names, locale)}`
  }
  const dates = anyWeekday ? listed(day, 1, 31)?.map(String) : undefined
  if (dates === undefined) return null
  const word = dates.length === 1 ? 'day' : 'days'
  return locale === 'en' ? `monthly on ${word} ${join(dates, locale)}` : `每月 ${join(dates, locale)} 日`
}
