import { limits } from '../../shared/limits.ts'
import type { DecimalMark } from './decimals.ts'
import { type Read, refused } from './values.ts'

/** How a currency is written besides its code; `$` and `¥` are the brand's where its currency bears them. */
const signs: Readonly<Record<string, readonly string[]>> = {
  CNY: ['¥', 'cn¥', 'rmb', '元', '人民币', '圆'],
  USD: ['$', 'us$', '美元'],
  EUR: ['€', '欧元'],
  GBP: ['£', '英镑'],
  HKD: ['$', 'hk$', '港币', '港元'],
  MOP: ['$', 'mop$', '澳门元'],
  TWD: ['$', 'nt$', '新台币', '台币', '元'],
  JPY: ['¥', 'jp¥', '円', '日元'],
  KRW: ['₩', '韩元', '원'],
  SGD: ['$', 's$', '新加坡元'],
  AUD: ['$', 'a$', 'au$', '澳元'],
  NZD: ['$', 'nz$'],
  CAD: ['$', 'c$', 'ca$', '加元'],
  MXN: ['$', 'mx$'],
  MYR: ['rm', '马币'],
  THB: ['฿', '泰铢'],
  VND: ['₫', 'đ', '越南盾'],
  IDR: ['rp'],
  PHP: ['₱'],
  INR: ['₹', 'rs', 'rs.'],
  BRL: ['r$'],
  CHF: ['fr', 'sfr'],
  RUB: ['₽'],
  TRY: ['₺'],
}

/** The currencies that a sign or a code may mean; none where it is neither. */
function meaning(mark: string): readonly string[] {
  const bare = mark.toLowerCase().trim()
  const bySign = Object.keys(signs).filter((code) => signs[code]?.includes(bare))
  if (bySign.length > 0) return bySign
  return /^[a-z]{3}$/.test(bare) ? [bare.toUpperCase()] : []
}

/** Whether a cell of a column of currencies names the brand's. */
export function isCurrency(text: string, currency: string): boolean {
  return meaning(text.normalize('NFKC')).includes(currency)
}

const mark = String.raw`[^\d\s.,+()-][^\d\s,+()-]*`
const written = new RegExp(
  String.raw`^(?<open>\()?(?<sign>[+-])?\s*(?<before>${mark})?\s*(?<inner>[+-])?\s*(?<whole>\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(?<decimals>\d*))?\s*(?<after>${mark})?(?<behind>-)?\)?$`,
)

/** As most cells are written: nothing of it has to be made out. */
const plainly = /^(\d{1,12})(?:\.(\d+))?$/

/** "1.280,50" as the rest of the world writes it. */
const exchanged = (text: string) => text.replace(/[.,]/g, (one) => (one === ',' ? '.' : ','))

export interface AmountRules {
  /** The brand's. */
  readonly currency: string
  /** Places of the currency's minor unit. */
  readonly digits: number
  /** What the file writes before the decimals; a point where it is not said. */
  readonly mark?: DecimalMark
}

/**
 * Minor units of the brand's currency from an amount with decimals: 129.7 is 12970 fen. What is below a
 * minor unit, as floating-point exports leave it, is rounded half up. An amount in another currency is
 * refused; whether one may be below zero, who asks for it knows.
 */
export function amountReader({ currency, digits, mark = '.' }: AmountRules): Read<number> {
  const foreign = new Map<string, boolean>()
  const isForeign = (text: string | undefined): boolean | null => {
    if (text === undefined) return false
    const before = foreign.get(text)
    if (before !== undefined) return before
    const meant = meaning(text)
    if (meant.length === 0) return null
    const answer = !meant.includes(currency)
    foreign.set(text, answer)
    return answer
  }
  const minorUnits = (whole: string, decimals: string) =>
    Number(`${whole}${decimals.padEnd(digits, '0').slice(0, digits)}`) +
    ((decimals[digits] ?? '0') >= '5' ? 1 : 0)
  return (text, column) => {
    const simple = mark === '.' ? plainly.exec(text) : null
    if (simple !== null) {
      const amount = minorUnits(simple[1] ?? '', simple[2] ?? '')
      return amount > limits.money.value ? refused('amount-too-large', text, column) : amount
    }
    const plain = text.normalize('NFKC').replaceAll('\u2212', '-')
    const found = written.exec(mark === ',' ? exchanged(plain) : plain)?.groups
    if (found === undefined) return refused('invalid-amount', text, column)
    const marks = [isForeign(found.before), isForeign(found.after)]
    if (marks.includes(null)) return refused('invalid-amount', text, column)
    if (marks.includes(true)) return refused('other-currency', text, column, { currency })
    const { whole = '', decimals = '' } = found
    const amount = minorUnits(whole.replaceAll(',', ''), decimals)
    if (amount > limits.money.value) return refused('amount-too-large', text, column)
    const negative = [found.sign, found.inner, found.behind].includes('-') || found.open !== undefined
    return negative && amount > 0 ? -amount : amount
  }
}

/** Amounts that some programs write below zero, as they are taken off: how much it is, is meant. */
export const takenOff =
  (readAmount: Read<number>): Read<number> =>
  (text, column) => {
    const amount = readAmount(text, column)
    return typeof amount === 'number' ? Math.abs(amount) : amount
  }

export const atLeastNothing =
  (readAmount: Read<number>): Read<number> =>
  (text, column) => {
    const amount = readAmount(text, column)
    return typeof amount === 'number' && amount < 0 ? refused('negative-amount', text, column) : amount
  }
