import { useContext, useMemo } from 'react'
import { sayMilli, sayMoney } from '../../shared/money.ts'
import { say, type WrittenText } from '../../shared/text.ts'
import { useLocale } from '../locales/useLocale.ts'
import { sayCount, sayShare } from './number.ts'
import { sayTime, type TimeStyle } from './time.ts'
import { BrandFormat } from './zone.ts'

/** The sayings of numbers, money, times and written texts, bound to the reader's language and the brand. */
export function useFormat() {
  const { locale } = useLocale()
  const { zone, currency } = useContext(BrandFormat)
  return useMemo(
    () => ({
      currency,
      count: (value: number, short?: boolean) => sayCount(value, locale, short),
      money: (minor: number, other: string = currency) => sayMoney(minor, other),
      /** A cost in thousandths of the main unit. */
      cost: (milli: number, other: string = currency) => sayMilli(milli, other),
      share: sayShare,
      time: (at: number, style: TimeStyle = 'dateTime') => sayTime(at, zone, locale, style),
      text: (text: WrittenText) => say(text, locale),
    }),
    [locale, zone, currency],
  )
}
