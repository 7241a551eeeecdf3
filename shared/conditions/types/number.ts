import { currencies } from '../../money.ts'
import type { UnreadableReason } from './type.ts'

/** A number as it is written: its sign, digits before and after the point, and what stands beside it. */
export interface WrittenNumber {
  readonly negative: boolean
  readonly whole: string
  readonly decimals: string
  /** The currencies that the sign or word beside it may mean; null where none stands there. */
  readonly currencies: readonly string[] | null
  readonly percent: boolean
}

const dollars = ['USD', 'HKD', 'TWD', 'SGD', 'AUD', 'NZD', 'CAD', 'MXN', 'MOP']
/** What people write of each currency besides its code and its own sign. */
const worded: readonly (readonly [words: string, of: readonly string[]])[] = [
  ['¥', ['CNY', 'JPY']],
  ['$', dollars],
  ['CN¥ RMB 人民币 圆 块 块钱 元人民币', ['CNY']],
  ['元', ['CNY', 'HKD', 'TWD', 'MOP']],
  ['US$ 美元 美金', ['USD']],
  ['港币 港元', ['HKD']],
  ['澳门币', ['MOP']],
  ['台币 新台币', ['TWD']],
  ['円 日元', ['JPY']],
  ['欧元', ['EUR']],
  ['英镑', ['GBP']],
]

const marks: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(currencies).flatMap(([code, { sign }]) => [
    [code, [code]] as const,
    [sign.trim().toUpperCase(), [code]] as const,
  ]),
  ...worded.flatMap(([words, of]) => words.split(' ').map((word) => [word.toUpperCase(), of] as const)),
])
const mark = `(?:${[...marks.keys()]
  .sort((a, b) => b.length - a.length)
  .map((one) => one.replace('$', '\\$'))
  .join('|')})`
const shape = new RegExp(
  String.raw`^(?<sign>[+-]?)\s*(?<before>${mark})?\s*(?<inner>[+-]?)(?<whole>\d+|\d{1,3}(?:,\d{3})+)?(?:\.(?<decimals>\d*))?\s*(?:(?<after>${mark})[整正]?|(?<percent>%))?$`,
  'i',
)
const scientific = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i

/** More significant digits than this, and a number does not hold what is written. */
const mostDigits = 15

const meaningOf = (written: string): readonly string[] => marks.get(written.toUpperCase()) ?? []
const common = (some: readonly string[], others: readonly string[]) =>
  some.filter((one) => others.includes(one))

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
  const beside = [groups.before, groups.after].filter((one) => one !== undefined)
  return {
    negative: sign === '-' || inner === '-',
    whole: digits,
    decimals,
    currencies: beside.length === 0 ? null : beside.map(meaningOf).reduce(common),
    percent: groups.percent !== undefined,
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
