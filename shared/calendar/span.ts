import { z } from 'zod'
import type { Locale, LocalText } from '../text.ts'

export const spanUnits = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type SpanUnit = (typeof spanUnits)[number]

/** A length of time: minutes and hours are exact, the other units keep the wall clock. */
export const spanSchema = z.strictObject({
  amount: z.int().min(-1_000_000).max(1_000_000),
  unit: z.enum(spanUnits),
})
export type Span = z.infer<typeof spanSchema>

const hourMs = 3_600_000
const leastMs: Record<SpanUnit, number> = {
  minute: 60_000,
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 28 * 24 * hourMs,
  year: 365 * 24 * hourMs,
}

/** How long a span lasts at least (ms), a day taken as 24 hours. */
export function leastLength({ amount, unit }: Span): number {
  return amount * leastMs[unit]
}

/** The unit in Chinese and in English, the latter in the singular. */
export const spanUnitNames: Record<SpanUnit, LocalText> = {
  minute: { 'zh-CN': '分钟', en: 'minute' },
  hour: { 'zh-CN': '小时', en: 'hour' },
  day: { 'zh-CN': '天', en: 'day' },
  week: { 'zh-CN': '周', en: 'week' },
  month: { 'zh-CN': '个月', en: 'month' },
  year: { 'zh-CN': '年', en: 'year' },
}

/** A span in words: '3 天', '3 days', '1 day'. */
export function saySpan(span: Span, locale: Locale): string {
  const name = spanUnitNames[span.unit][locale]
  const plural = locale === 'en' && Math.abs(span.amount) !== 1 ? 's' : ''
  return `${span.amount} ${name}${plural}`
}

const lengths = ['day', 'hour', 'minute'] as const

/** A length of time in its two largest units, rounded down to minutes: '14 天 14 小时', '14 days 14 hours'. */
export function sayLength(ms: number, locale: Locale): string {
  let rest = ms
  const parts = lengths.map((unit) => {
    const amount = Math.floor(rest / leastMs[unit])
    rest -= amount * leastMs[unit]
    return { amount, unit }
  })
  const first = parts.findIndex(({ amount }) => amount > 0)
  if (first < 0) return saySpan({ amount: 0, unit: 'minute' }, locale)
  const shown = parts.slice(first, first + 2).filter(({ amount }) => amount > 0)
  return shown.map((part) => saySpan(part, locale)).join(' ')
}
