import { isZone } from '../../shared/calendar/index.ts'
import { isInstant } from '../../shared/calendar/instant.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { readDay, readMoment } from '../../shared/conditions/types/moment.ts'
import type { Format, UnreadableReason } from '../../shared/conditions/types/type.ts'
import { limits } from '../../shared/limits.ts'
import { isShortened, kept, narrow } from './clean.ts'
import { Refusal } from './reasons.ts'

/** Reads the text of a cell, which is trimmed and not empty, or says why it cannot. */
export type Read<T> = (text: string, column: string) => T | Refusal

const longestEcho = 40
const echo = (text: string) => kept(text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text)

export function refused(
  code: Refusal['code'],
  text: string,
  column: string,
  more: Refusal['details'] = {},
): Refusal {
  return new Refusal(code, { column, value: echo(text), ...more })
}

const control = /\p{Cc}/u

/** Ids are texts, in half-width letters and digits; what a spreadsheet has shortened is none. */
export const readId: Read<string> = (text, column) => {
  if (isShortened(text)) return refused('digits-lost', text, column)
  return text.length > limits.idLength.value || control.test(text)
    ? new Refusal('invalid-id', { column })
    : narrow(text)
}

export const readText: Read<string> = (text) => text

/** Reasons of the attribute's types under which a date or a time is no date. */
const dateReasons = {
  'not-a-date': 'invalid-date',
  'ambiguous-date': 'ambiguous-date',
  'no-year': 'no-year',
  'not-a-number': 'invalid-date',
  'digits-lost': 'digits-lost',
  'too-many-digits': 'invalid-date',
  'other-currency': 'invalid-date',
  'not-yes-or-no': 'invalid-date',
} as const satisfies Record<UnreadableReason, Refusal['code']>

/** Remembers what texts were read as: dates repeat. The last ones are kept. */
function remembered<T>(read: Read<T>): Read<T> {
  const known = new Map<string, T | Refusal>()
  return (text, column) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = read(text, column)
    if (known.size >= 10_000) known.clear()
    known.set(kept(text), value)
    return value
  }
}

/** Epoch milliseconds; a time without a zone is in `zone`. */
export function instantReader(zone: string, format: Format | null = null): Read<number> {
  return remembered((text, column) => {
    const read = readMoment(text, format, zone)
    if (typeof read === 'string') return refused(dateReasons[read], text, column)
    if (isInstant(read.at)) return read.at
    const { firstYear, lastYear } = limits
    return refused('time-outside', text, column, { first: firstYear.value, last: lastYear.value })
  })
}

/** 'YYYY-MM-DD' from any way of writing a date; '--MM-DD' of one without its year. */
export function dateReader(format: Format | null = null): Read<string> {
  return remembered((text, column) => {
    const read = readDay(text, format, 'UTC')
    return typeof read === 'string' ? refused(dateReasons[read], text, column) : read.day
  })
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
    const value = known.get(text.normalize('NFKC').toLowerCase().replace(/\s+/g, '_').replace(/_$/, ''))
    return value === undefined ? refused(code, text, column) : value
  }
}

/** null: the file says that it is not known. */
export const readGender: Read<'female' | 'male' | null> = words<'female' | 'male' | null>('invalid-gender', [
  ['female', '女 女士 女性 female f woman'],
  ['male', '男 先生 男士 男性 male m man'],
  [null, '未知 保密 其他 不详 unknown other u none null'],
])

/** What a cell says of marketing: `out` is a refusal that a later file's yes does not undo. */
export type Consent = 'yes' | 'no' | 'out'

export const readConsent: Read<Consent> = words<Consent>('invalid-consent', [
  [
    'yes',
    '是 有 1 true yes y t on 同意 已同意 接受 接收 允许 已订阅 订阅 订阅中 已授权 授权 已开启 开启 subscribed opted_in opted-in optedin optin opt-in granted confirmed active',
  ],
  [
    'no',
    '否 0 false no n f off 不同意 未同意 拒绝 不接受 不接收 不允许 未订阅 未授权 已关闭 关闭 未开启 nonsubscribed non-subscribed not_subscribed notsubscribed never_subscribed pending unconfirmed denied inactive transactional',
  ],
  [
    'out',
    '退订 已退订 取消订阅 已取消订阅 拒收 已拒收 黑名单 unsubscribed opted_out opted-out optedout optout opt-out cleaned bounced complained complaint spam invalid redacted blocked suppressed',
  ],
])

const readOptOut: Read<boolean> = words('invalid-opt-out', [
  [
    true,
    '是 有 1 true yes y t on 退订 已退订 取消订阅 已取消订阅 拒收 已拒收 黑名单 已拉黑 unsubscribed opted_out opted-out optedout cleaned bounced complained',
  ],
  [
    false,
    '否 0 false no n f off 未退订 不退订 没有退订 未拒收 不拒收 未拉黑 正常 订阅 已订阅 subscribed active opted_in opted-in',
  ],
])

/** What a cell says of consent, and since when where it says so. */
export interface SaidConsent {
  readonly consent: Consent
  readonly at: number | null
}

/** A column that says whether, or when, somebody has opted out; null: they have not. */
export function optOutReader(instant: Read<number>): Read<SaidConsent | null> {
  return (text, column) => {
    const said = readOptOut(text, column)
    if (!(said instanceof Refusal)) return said ? { consent: 'out', at: null } : null
    const at = instant(text, column)
    return at instanceof Refusal ? said : { consent: 'out', at }
  }
}

/**
 * A column that says when somebody has agreed, or that they have: a text that is neither is no agreement, and no
 * more is a time that is still to come.
 */
export function optInReader(instant: Read<number>, now: number): Read<SaidConsent> {
  return (text, column) => {
    const said = readConsent(text, column)
    if (!(said instanceof Refusal)) return { consent: said, at: null }
    const at = instant(text, column)
    return at instanceof Refusal || at > now ? said : { consent: 'yes', at }
  }
}

export const longestTag = limits.nameLength.value

/** The tags of one cell: `"VIP","Blog"`, `VIP;Blog`, `VIP、Blog`, `["VIP"]`, in the order in which they stand. */
export const readTags: Read<readonly string[]> = (text, column) => {
  const bare = text.replace(/^\[(.*)\]$/s, '$1')
  const parts = /"/.test(bare)
    ? (bare.match(/"(?:[^"]|"")*"|[^",;，；、|]+/g) ?? [])
    : bare.split(/[,;，；、|\n]/)
  const tags = parts
    .map((part) =>
      part
        .trim()
        .replace(/^["'](.*)["']$/s, '$1')
        .replaceAll('""', '"')
        .trim(),
    )
    .filter((tag) => tag !== '')
  const long = tags.find((tag) => tag.length > longestTag)
  return long === undefined ? [...new Set(tags)] : refused('long-tag', long, column)
}

export const readZone: Read<string> = (text, column) =>
  isZone(text) ? text : refused('unknown-zone', text, column)

const languages: readonly (readonly [RegExp, string])[] = [
  [/^(zh([-_].*)?|cn|中文|汉语|简体中文|chinese)$/i, 'zh-CN'],
  [/^(en([-_].*)?|英文|英语|english)$/i, 'en'],
]

/** The product's languages under their own codes; others stay as they are written. */
export const readLanguage: Read<string> = (text) =>
  languages.find(([pattern]) => pattern.test(text))?.[1] ?? text
