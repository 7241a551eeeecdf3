import { sayMoney } from '../../../shared/money.ts'

/** Thousandths of the main unit with the currency's sign; thousandths are shown only where there are any. */
export function sayMilli(milli: number, currency: string): string {
  if (milli % 10 === 0) return sayMoney(milli / 10, currency)
  const sign = sayMoney(0, currency).replace('0', '')
  return `${sign}${(milli / 1000).toFixed(3).replace(/0$/, '')}`
}
