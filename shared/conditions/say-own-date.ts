import type { Locale } from '../text.ts'
import { isColumn } from './customer.ts'
import { sayName } from './say.ts'

/** A day around a date of the customer: '生日前 3 天', '3 days before the birthday'. */
export function sayOwnDate(attribute: string, days: number, locale: Locale): string {
  const name = isColumn(attribute) ? sayName(attribute, locale) : attribute
  const count = Math.abs(days)
  if (locale === 'zh-CN') {
    const what = attribute === 'birthday' ? name : `「${name}」`
    return days === 0 ? `${what}当天` : `${what}${days < 0 ? '前' : '后'} ${count} 天`
  }
  const what = attribute === 'birthday' ? `the ${name}` : `“${name}”`
  if (days === 0) return what
  return `${count} day${count === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'} ${what}`
}
