import { isZone, localDate, parseInstant } from '../../shared/calendar/index.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { Refusal } from './reasons.ts'

/** Reads the text of a cell, which is trimmed and not empty, or says why it cannot. */
export type Read<T> = (text: string, column: string) => T | Refusal

const longestEcho = 40
const echo = (text: string) => (text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text)

function refused(code: Refusal['code'], text: string, column: string): Refusal {
  return new Refusal(code, { column, value: echo(text) })
}

const control = /\p{Cc}/u

export const readId: Read<string> = (text, column) =>
  text.length > 200 || control.test(text) ? new Refusal('invalid-id', { column }) : text

export const readText: Read<string> = (text) => text

/** Epoch milliseconds; a time without a zone is in `zone`. Dates repeat, so the last ones are kept. */
export function instantReader(zone: string): Read<number> {
  const known = new Map<string, number | null>()
  return (text, column) => {
    let at = known.get(text)
    if (at === undefined) {
      at = parseInstant(text, zone)
      if (known.size >= 10_000) known.clear()
      known.set(text, at)
    }
    return at ?? refused('invalid-date', text, column)
  }
}

/** 'YYYY-MM-DD' from any way of writing a date. */
export const readDate: Read<string> = (text, column) => {
  const at = parseInstant(text, 'UTC')
  return at === null ? refused('invalid-date', text, column) : localDate(at, 'UTC')
}

const money = /^(-?)(?:¥|CNY|RMB)?\s*(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?\s*元?$/i

/**
 * Minor units from an amount with decimals: 129.7 is 12970. What is below a hundredth, as floating-point
 * exports leave it, is rounded half up. A negative amount is refused: an order and its refund differ, and
 * adding both up as purchases would misstate each.
 */
export const readAmount: Read<number> = (text, column) => {
  const found = money.exec(text.normalize('NFKC'))
  if (found === null) return refused('invalid-amount', text, column)
  const [, before, after, whole = '', decimals = ''] = found
  const cents = `${decimals}00`.slice(0, 2)
  const rounded = (decimals[2] ?? '0') >= '5' ? 1 : 0
  const amount = Number(whole.replaceAll(',', '')) * 100 + Number(cents) + rounded
  if (!Number.isSafeInteger(amount)) return refused('invalid-amount', text, column)
  return (before !== '' || after !== '') && amount > 0 ? refused('negative-amount', text, column) : amount
}

/** An address in its one form; of what cannot be one the report says why. */
function addressReader(kind: 'phone' | 'email'): Read<string> {
  return (text, column) => {
    const read = canonicalAddress(kind, text)
    return read.ok ? read.address : refused(`invalid-${kind}`, text, column)
  }
}

export const readPhone: Read<string> = addressReader('phone')
export const readEmail: Read<string> = addressReader('email')

function words<T>(code: Refusal['code'], lists: readonly (readonly [T, string])[]): Read<T> {
  const known = new Map(lists.flatMap(([value, list]) => list.split(' ').map((word) => [word, value])))
  return (text, column) => {
    const value = known.get(text.normalize('NFKC').toLowerCase())
    return value === undefined ? refused(code, text, column) : value
  }
}

/** null: the file says that it is not known. */
export const readGender: Read<'female' | 'male' | null> = words<'female' | 'male' | null>('invalid-gender', [
  ['female', '女 女士 女性 female f woman'],
  ['male', '男 先生 男士 男性 male m man'],
  [null, '未知 保密 其他 不详 unknown other u none null'],
])

export const readConsent: Read<boolean> = words('invalid-consent', [
  [true, '是 1 true yes y t 同意 已同意 接受 允许'],
  [false, '否 0 false no n f 不同意 未同意 拒绝 不接受 不允许'],
])

export const readZone: Read<string> = (text, column) =>
  isZone(text) ? text : refused('unknown-zone', text, column)

const languages: readonly (readonly [RegExp, string])[] = [
  [/^(zh([-_].*)?|cn|中文|汉语|简体中文|chinese)$/i, 'zh-CN'],
  [/^(en([-_].*)?|英文|英语|english)$/i, 'en'],
]

/** The product's languages under their own codes; others stay as they are written. */
export const readLanguage: Read<string> = (text) =>
  languages.find(([pattern]) => pattern.test(text))?.[1] ?? text
