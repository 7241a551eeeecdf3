import type { Locale } from '../../shared/text.ts'

/** A count with separators: 8,412. With `short`, in the language's own units from 10,000 on: 1.2 万, 12K. */
export function sayCount(value: number, locale: Locale, short = false): string {
  if (!short || Math.abs(value) < 10_000) return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
  const parts = new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).formatToParts(value)
  const glue = locale === 'zh-CN' ? ' ' : ''
  return parts.map((part) => (part.type === 'compact' ? `${glue}${part.value}` : part.value)).join('')
}

/** A share as a percentage: 0.128 is 12.8%. */
export function sayShare(share: number, digits = 1): string {
  return share.toLocaleString('en-US', { style: 'percent', maximumFractionDigits: digits })
}
