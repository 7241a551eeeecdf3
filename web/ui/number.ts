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

/** Money in minor units with its currency: 194800 fen is ¥1,948; a fraction is shown where there is one. */
export function sayMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const whole = minor % 10 ** digits === 0
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : digits,
  }).format(minor / 10 ** digits)
}

/** A share as a percentage: 0.128 is 12.8%. */
export function sayShare(share: number, digits = 1): string {
  return share.toLocaleString('en-US', { style: 'percent', maximumFractionDigits: digits })
}
