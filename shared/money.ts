const symbols: Readonly<Record<string, string>> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  HKD: 'HK$',
  JPY: '¥',
}

/** An amount of minor units with its currency's sign: ¥12, ¥12.50, ¥1,234. */
export function sayMoney(minor: number, currency: string): string {
  const sign = minor < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(minor) / 100)
  const cents = Math.abs(Math.round(minor)) % 100
  const grouped = String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  const text = cents === 0 ? grouped : `${grouped}.${String(cents).padStart(2, '0')}`
  return `${sign}${symbols[currency] ?? `${currency} `}${text}`
}
