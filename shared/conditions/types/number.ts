import type { UnreadableReason } from './type.ts'

/** A number as it is written: its sign, digits before and after the point, and what stands beside it. */
export interface WrittenNumber {
  readonly negative: boolean
  readonly whole: string
  readonly decimals: string
  /** A currency's sign or word stands beside it. */
  readonly money: boolean
  readonly percent: boolean
}

const before = String.raw`(?:CN¥|US\$|HK\$|¥|\$|€|£|CNY|RMB|USD|EUR|GBP|HKD|JPY)`
const after = '(?:元|圆|块|CNY|RMB|USD|EUR|GBP|HKD|JPY)'
const shape = new RegExp(
  String.raw`^(?<sign>[+-]?)\s*(?<before>${before})?\s*(?<inner>[+-]?)(?<whole>\d+|\d{1,3}(?:,\d{3})+)?(?:\.(?<decimals>\d*))?\s*(?<after>${after}|%)?$`,
  'i',
)
const scientific = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i

/** More significant digits than this, and a number does not hold what is written. */
const mostDigits = 15

/**
 * Reads what people write for a number: '1,280.00', '¥2000', '2,000元', '-3', '15%' (which is 15), full-width
 * digits. Commas divide thousands or nothing: '1,2' is no number.
 */
export function readWrittenNumber(text: string): WrittenNumber | UnreadableReason {
  const bare = text.normalize('NFKC').replaceAll('\u2212', '-').trim()
  const groups = shape.exec(bare)?.groups
  if (groups === undefined) return scientific.test(bare) ? 'digits-lost' : 'not-a-number'
  const { sign = '', inner = '', whole = '', decimals = '' } = groups
  if ((whole === '' && decimals === '') || (sign !== '' && inner !== '')) return 'not-a-number'
  const digits = whole.replaceAll(',', '')
  if (`${digits}${decimals}`.replace(/^0+/, '').length > mostDigits) return 'too-many-digits'
  const marked = groups.after !== undefined && groups.after !== '%'
  return {
    negative: sign === '-' || inner === '-',
    whole: digits,
    decimals,
    money: groups.before !== undefined || marked,
    percent: groups.after === '%',
  }
}

/** The number that is written. */
export function numberOf({ negative, whole, decimals }: WrittenNumber): number {
  const value = Number(`${whole || '0'}.${decimals || '0'}`)
  return negative && value !== 0 ? -value : value
}

/** Minor units of an amount with decimals, exactly; what is below one unit is rounded half up. */
export function minorOf({ negative, whole, decimals }: WrittenNumber, places: number): number {
  const minor = Number(`${whole}${decimals.padEnd(places, '0').slice(0, places)}`)
  const rounded = minor + ((decimals[places] ?? '0') >= '5' ? 1 : 0)
  return negative && rounded !== 0 ? -rounded : rounded
}
