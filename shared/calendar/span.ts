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
