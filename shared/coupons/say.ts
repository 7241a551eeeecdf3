import { sayMoney } from '../money.ts'
import type { Locale, LocalText } from '../text.ts'
import type { CouponKind } from './definition.ts'

export const kindWords = {
  amount: { 'zh-CN': '满减', en: 'Amount off' },
  percent: { 'zh-CN': '折扣', en: 'Percentage off' },
  gift: { 'zh-CN': '赠品', en: 'Gift' },
  shipping: { 'zh-CN': '免运费', en: 'Free shipping' },
} as const satisfies Record<CouponKind, LocalText>

/** What is known of what a coupon is worth. */
export interface Worth {
  readonly kind: CouponKind
  /** Minor units. */
  readonly value: number
  readonly percent: number | null
}

/** 20% off are eight of ten parts to be paid: 8 折. */
const parts = (percent: number): string => String((100 - percent) / 10)

const says = {
  amount: ({ value }, _locale, currency) => sayMoney(value, currency),
  percent: ({ percent }, locale) => {
    const off = percent ?? 0
    if (locale === 'en') return `${off}% off`
    return off >= 100 ? '免单' : `${parts(off)} 折`
  },
  gift: (_worth, locale) => (locale === 'en' ? 'a gift' : '赠品'),
  shipping: (_worth, locale) => (locale === 'en' ? 'free shipping' : '免运费'),
} as const satisfies Record<CouponKind, (worth: Worth, locale: Locale, currency: string) => string>

/** What it is worth, as a customer reads it: ¥30, 8 折, 免运费. */
export const sayWorth = (worth: Worth, locale: Locale, currency: string): string =>
  says[worth.kind](worth, locale, currency)

/** The same with the least order that it can be used for. */
export function sayTerms(
  worth: Worth & { readonly minSpend: number },
  locale: Locale,
  currency: string,
): string {
  const what = sayWorth(worth, locale, currency)
  const amount = worth.kind === 'amount'
  const least = worth.minSpend > 0 ? sayMoney(worth.minSpend, currency) : null
  if (locale === 'en') return `${what}${amount ? ' off' : ''}${least === null ? '' : ` over ${least}`}`
  return `${least === null ? '' : `满 ${least} `}${amount ? '减 ' : ''}${what}`
}

/** How long somebody has, told on a day. */
export function sayDaysLeft(days: number, locale: Locale): string {
  if (days === 0) return locale === 'en' ? 'last day' : '今天最后一天'
  if (locale === 'en') return days === 1 ? '1 day left' : `${days} days left`
  return `还剩 ${days} 天`
}
