import { daysInMonth } from './date.ts'

/** Which of two numbers before a year is the month, where the text itself does not say. */
export const dayOrders = ['month-first', 'day-first'] as const
export type DayOrder = (typeof dayOrders)[number]

/** A day as it is written, with the time and the offset that stand beside it. */
export interface Written {
  /** null where month and day stand alone, as in a birthday. */
  readonly year: number | null
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31; a day that its month has. */
  readonly day: number
  /** Milliseconds since midnight; null without a time. */
  readonly time: number | null
  /** Milliseconds east of UTC; null without an offset. */
  readonly offset: number | null
}

const clock = String.raw`(?:(?<part>上午|下午)\s*)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?`
const offset = String.raw`(?<offset>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)`
const timed = String.raw`(?:(?:[Tt]|,?\s+)${clock}\s*${offset}?)?`
const weekday = String.raw`(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?`
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const monthName = String.raw`(?<name>(?:${months.join('|')})[a-z]*)\.?`

/** The ways of writing a day that files and people use, the year first; all groups are checked afterwards. */
const shapes: readonly RegExp[] = [
  new RegExp(String.raw`^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})${timed}$`),
  new RegExp(
    String.raw`^(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*[日号]${weekday}(?:\s*${clock})?$`,
  ),
  /^(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*[日号]\s*(?<hour>\d{1,2})\s*[时点](?:\s*(?<minute>\d{1,2})\s*分(?:\s*(?<second>\d{1,2})\s*秒)?)?$/,
  // Eight digits are a day, and twelve or fourteen a time, only in the years that people write so.
  /^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?:[Tt ]?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?<offset>Z)?)?$/,
  new RegExp(String.raw`^${monthName}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})${timed}$`, 'i'),
  new RegExp(
    String.raw`^(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+${monthName}[\s-]+(?<year>\d{4})${timed}$`,
    'i',
  ),
  /^(?<month>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*[日号]$/,
  /^--(?<month>\d{2})-(?<day>\d{2})$/,
]

/** Two numbers of which either may be the month, before a year or alone. */
const eitherWay = new RegExp(
  String.raw`^(?<first>\d{1,2})(?<mark>[-/.])(?<other>\d{1,2})\k<mark>(?<year>\d{4})${timed}$`,
)
/** Without a year; a point would make it a decimal. */
const alone = /^(?<first>\d{1,2})[-/](?<other>\d{1,2})$/

type Groups = Readonly<Record<string, string | undefined>>

function groupsOf(text: string): Groups | null {
  for (const shape of shapes) {
    const groups = shape.exec(text)?.groups
    if (groups !== undefined) return groups
  }
  return null
}

/** The half of the day that a Chinese word names, as spreadsheets in Chinese write it; hours beyond twelve need none. */
function halfOf(part: string | undefined, hour: number): 'a' | 'p' | undefined {
  if (part === undefined || hour > 12 || hour === 0) return undefined
  return part === '上午' ? 'a' : 'p'
}

/** Milliseconds since midnight, or null where the clock has no such time. */
function timeOf(groups: Groups): number | null {
  const written = Number(groups.hour)
  const half = groups.half?.toLowerCase() ?? halfOf(groups.part, written)
  if (half !== undefined && (written < 1 || written > 12)) return null
  const hour = half === undefined ? written : (written % 12) + (half === 'p' ? 12 : 0)
  const minute = Number(groups.minute ?? 0)
  const second = Number(groups.second ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const fraction = Number((groups.fraction ?? '').padEnd(3, '0').slice(0, 3))
  return ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
}

/** A written offset in milliseconds, or null where it is more than a day. */
function offsetOf(text: string): number | null {
  if (/^(?:z|utc|gmt)$/i.test(text)) return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return null
  return (hours * 60 + minutes) * 60_000 * (text.startsWith('-') ? -1 : 1)
}

function monthOf(groups: Groups): number {
  return groups.name === undefined
    ? Number(groups.month)
    : months.indexOf(groups.name.slice(0, 3).toLowerCase()) + 1
}

function writtenOf(groups: Groups, month: number, day: number): Written | null {
  const year = groups.year === undefined ? null : Number(groups.year)
  if (year === 0 || month < 1 || month > 12) return null
  // A birthday without its year may be the 29th of February.
  if (day < 1 || day > daysInMonth(year ?? 2000, month)) return null
  const time = groups.hour === undefined ? null : timeOf(groups)
  const beside = groups.offset === undefined ? null : offsetOf(groups.offset)
  const broken =
    (groups.hour !== undefined && time === null) || (groups.offset !== undefined && beside === null)
  return broken ? null : { year, month, day, time, offset: beside }
}

/** A time of day as Chinese writes it: 下午3:00, 上午10点, 10时30分05秒. */
const chineseTime =
  /(?<half>上午|早上|凌晨|中午|下午|晚上)?\s*(?<hour>\d{1,2})\s*(?:[:时点]\s*(?:(?<minute>\d{1,2})\s*(?:[:分]\s*(?:(?<second>\d{1,2})秒?)?)?)?)$/
const laterHalf: ReadonlySet<string> = new Set(['中午', '下午', '晚上'])
const two = (digits: string | undefined) => (digits ?? '0').padStart(2, '0')

/** The same on a clock of twelve hours, where the half of the day is said, else on one of twenty-four. */
function clockOf(...match: readonly unknown[]): string {
  const { half, hour = '', minute, second } = match.at(-1) as Groups
  const said = half === undefined || Number(hour) > 12 ? '' : laterHalf.has(half) ? ' PM' : ' AM'
  return ` ${hour}:${two(minute)}:${two(second)}${said}`
}

const named = /\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/gi

/** What people and spreadsheets write: full-width digits and marks, dashes of every length, the name of the day. */
function plain(text: string): string {
  const bare = text.normalize('NFKC').trim()
  if (/^[\d/:.T Z+-]*$/.test(bare)) return bare
  return bare
    .replace(/^="(.*)"$|^'/, '$1')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(named, ' ')
    .replace(chineseTime, clockOf)
    .trim()
}

/** The two numbers of a day whose order the text alone may not tell; null for every other way of writing. */
function pairOf(text: string): { groups: Groups; first: number; second: number } | null {
  const groups = (eitherWay.exec(text) ?? alone.exec(text))?.groups
  return groups === undefined ? null : { groups, first: Number(groups.first), second: Number(groups.other) }
}

/** The order that a text bears out by a number above 12; null where it does not. */
export function orderIn(text: string): DayOrder | null {
  const pair = pairOf(plain(text))
  if (pair === null || pair.first > 12 === pair.second > 12) return null
  return pair.first > 12 ? 'day-first' : 'month-first'
}

/**
 * The day that a text writes, or null where it writes none. `ambiguous`: it may be one of two days, and
 * no order is given. Month and day alone are in that order unless another is given or borne out.
 */
export function readWritten(text: string, order: DayOrder | null): Written | 'ambiguous' | null {
  if (text.length > 64) return null
  const known = order === null ? read.unordered : read[order]
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= mostRead) known.clear()
  const made = readAnew(text, order)
  known.set(text, made)
  return made
}

/** The days of a base come again and again: those last read are kept. */
const mostRead = 30_000
const read: Readonly<Record<DayOrder | 'unordered', Map<string, ReturnType<typeof readAnew>>>> = {
  'month-first': new Map(),
  'day-first': new Map(),
  unordered: new Map(),
}

function readAnew(text: string, order: DayOrder | null): Written | 'ambiguous' | null {
  const bare = plain(text)
  const groups = groupsOf(bare)
  if (groups !== null) return writtenOf(groups, monthOf(groups), Number(groups.day))
  const pair = pairOf(bare)
  if (pair === null) return null
  const { first, second } = pair
  const chosen =
    order ??
    orderIn(bare) ??
    (first === second || pair.groups.year === undefined ? 'month-first' : 'ambiguous')
  if (chosen === 'ambiguous') return chosen
  return chosen === 'month-first'
    ? writtenOf(pair.groups, first, second)
    : writtenOf(pair.groups, second, first)
}
