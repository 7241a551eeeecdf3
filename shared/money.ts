import { type Decimal, multiply, round } from './decimal.ts'

interface CurrencyForm {
  /** Stands before the amount. */
  readonly sign: string
  /** Places of its minor unit (ISO 4217): 2 for fen and cents, none for yen. */
  readonly digits: number
}

/** The currencies that can be chosen for a brand. */
export const currencies = {
  CNY: { sign: '¥', digits: 2 },
  HKD: { sign: 'HK$', digits: 2 },
  MOP: { sign: 'MOP$', digits: 2 },
  TWD: { sign: 'NT$', digits: 2 },
  USD: { sign: '$', digits: 2 },
  EUR: { sign: '€', digits: 2 },
  GBP: { sign: '£', digits: 2 },
  JPY: { sign: '¥', digits: 0 },
  KRW: { sign: '₩', digits: 0 },
  SGD: { sign: 'S$', digits: 2 },
  MYR: { sign: 'RM', digits: 2 },
  THB: { sign: '฿', digits: 2 },
  VND: { sign: '₫', digits: 0 },
  IDR: { sign: 'Rp', digits: 2 },
  PHP: { sign: '₱', digits: 2 },
  INR: { sign: '₹', digits: 2 },
  AUD: { sign: 'A$', digits: 2 },
  NZD: { sign: 'NZ$', digits: 2 },
  CAD: { sign: 'C$', digits: 2 },
  BRL: { sign: 'R$', digits: 2 },
  MXN: { sign: 'MX$', digits: 2 },
  CHF: { sign: 'CHF ', digits: 2 },
  AED: { sign: 'AED ', digits: 2 },
  SAR: { sign: 'SAR ', digits: 2 },
  KWD: { sign: 'KWD ', digits: 3 },
  BHD: { sign: 'BHD ', digits: 3 },
  OMR: { sign: 'OMR ', digits: 3 },
} as const satisfies Record<string, CurrencyForm>

/** Currencies that ISO 4217 gives another number of places than two, besides those above. */
const places: Readonly<Record<string, number>> = {
  ...{
    BIF: 0,
    CLP: 0,
    DJF: 0,
    GNF: 0,
    ISK: 0,
    KMF: 0,
    PYG: 0,
    RWF: 0,
    UGX: 0,
    VUV: 0,
    XAF: 0,
    XOF: 0,
    XPF: 0,
  },
  ...{ IQD: 3, JOD: 3, LYD: 3, TND: 3 },
}

const forms: Readonly<Record<string, CurrencyForm>> = currencies

function formOf(currency: string): CurrencyForm {
  if (Object.hasOwn(forms, currency)) return forms[currency] ?? { sign: `${currency} `, digits: 2 }
  return { sign: `${currency} `, digits: places[currency] ?? 2 }
}

/** Places after the point in which amounts of a currency are counted. */
export const minorDigits = (currency: string): number => formOf(currency).digits

/** Minor units of one main unit: 100 fen of a yuan, 1 of a yen. */
export const minorUnits = (currency: string): number => 10 ** minorDigits(currency)

/** What stands before an amount of the currency. */
export const currencySign = (currency: string): string => formOf(currency).sign

const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

function signed(minor: number, currency: string, sign: string): string {
  const { digits } = formOf(currency)
  const amount = Math.round(Math.abs(minor))
  const unit = 10 ** digits
  const rest = amount % unit
  const whole = grouped(Math.trunc(amount / unit))
  const text = rest === 0 ? whole : `${whole}.${String(rest).padStart(digits, '0')}`
  return `${minor < 0 && amount > 0 ? '-' : ''}${sign}${text}`
}

/** An amount of minor units with its currency's sign: ¥12, ¥12.50, ¥1,234; whole amounts without decimals. */
export const sayMoney = (minor: number, currency: string): string =>
  signed(minor, currency, currencySign(currency))

/** The same without the sign, for where it stands beside it already. */
export const sayAmount = (minor: number, currency: string): string => signed(minor, currency, '')

/** Thousandths of the main unit, as messages cost, in the currency's minor units; may be a fraction. */
export const minorOfMilli = (milli: number, currency: string): number => (milli * minorUnits(currency)) / 1000

/** A cost in thousandths of the main unit; its thousandths are shown where there are any. */
export function sayMilli(milli: number, currency: string): string {
  const minor = minorOfMilli(milli, currency)
  if (Number.isInteger(minor)) return sayMoney(minor, currency)
  const whole = Math.trunc(Math.abs(milli) / 1000)
  const rest = String(Math.abs(milli) % 1000).padStart(3, '0')
  return `${milli < 0 ? '-' : ''}${currencySign(currency)}${grouped(whole)}.${rest.replace(/0+$/, '')}`
}

/** Places beyond the minor unit that are taken for the noise of a computation: a millionth of it. */
const NOISE_PLACES = 6

/** A count of minor units as a whole number; undefined where it is none, as half a fen. */
export function wholeMinor(minor: Decimal): number | undefined {
  const { units, scale } = round(minor, NOISE_PLACES)
  const count = scale === 0 ? Number(units) : Number.NaN
  return Number.isSafeInteger(count) ? count : undefined
}

/** An amount in main units (129.70) as minor units (12970); undefined where the currency has no such amount. */
export function minorOf(amount: Decimal, currency: string): number | undefined {
  return wholeMinor(multiply(amount, { units: BigInt(minorUnits(currency)), scale: 0 }))
}
