import { instantOf, offsetAt } from '../../calendar/offset.ts'
import type { Locale } from '../../text.ts'

/** The time that a message is written at, and for whose clock and language. */
export interface WrittenAt {
  /** Epoch milliseconds. */
  now: number
  /** IANA name, such as Asia/Shanghai. */
  zone: string
  locale: Locale
}

/** A wall clock's reading; month 1-12, weekday 0 (Sunday) to 6, offset in minutes east of UTC. */
interface LocalParts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  weekday: number
  offset: number
}

function localParts(at: number, zone: string): LocalParts {
  const offset = offsetAt(at, zone)
  const wall = new Date(at + offset)
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    millisecond: wall.getUTCMilliseconds(),
    weekday: wall.getUTCDay(),
    offset: offset / 60_000,
  }
}

// Liquid's numbers are epoch seconds, ours are milliseconds. Seconds reach 1e11 in the year 5138 and
// milliseconds passed it in 1973, so the size tells which is meant.
const SMALLEST_MILLISECONDS = 1e11

const LOCAL = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i

/** The instant that a template's value stands for, or undefined if it is not a date. */
export function toInstant(value: unknown, at: WrittenAt): number | undefined {
  if (value === 'now' || value === 'today') return at.now
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined
    return Math.abs(value) < SMALLEST_MILLISECONDS ? value * 1000 : value
  }
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d{5,16}$/.test(text)) return toInstant(Number(text), at)
  if (WITH_OFFSET.test(text)) {
    const parsed = Date.parse(text)
    return Number.isNaN(parsed) ? undefined : parsed
  }
  return localInstant(text, at.zone) ?? englishInstant(text, at.zone)
}

/** "March 14, 2016", the form of Liquid's own documentation. */
function englishInstant(text: string, zone: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8} \d{1,2}, \d{4}$/.test(text)) return undefined
  const wall = Date.parse(`${text} UTC`)
  return Number.isNaN(wall) ? undefined : instantOf(wall, zone)
}

function localInstant(text: string, zone: string): number | undefined {
  const match = LOCAL.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? '0').padEnd(3, '0')))
  const back = new Date(wall)
  // Date.UTC carries over, so 31 April would turn into 1 May.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || back.getUTCHours() !== hour)
    return undefined
  return instantOf(wall, zone)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** 'YYYY-MM-DD' on the zone's calendar. */
export function dateText(at: WrittenAt): string {
  const p = localParts(at.now, at.zone)
  return `${p.year}-${two(p.month)}-${two(p.day)}`
}

/** 'YYYY-MM-DD HH:MM:SS' on the zone's clock; reads back as the same second. */
export function timeText(at: WrittenAt): string {
  const p = localParts(at.now, at.zone)
  return `${dateText(at)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`
}

/** A day as it is said in a message: "8 月 19 日" or "Aug 19". */
export function dayInWords(instant: number, zone: string, locale: Locale): string {
  const p = localParts(instant, zone)
  return locale === 'en' ? `${short(enMonths, p.month - 1)} ${p.day}` : `${p.month} 月 ${p.day} 日`
}

const enMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const enDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const zhDays = ['日', '一', '二', '三', '四', '五', '六']

const short = (names: readonly string[], index: number): string => (names[index] ?? '').slice(0, 3)

type Code = (p: LocalParts, locale: Locale, instant: number) => string | number

function dayOfYear(p: LocalParts): number {
  return Math.round((Date.UTC(p.year, p.month - 1, p.day) - Date.UTC(p.year, 0, 1)) / 86_400_000) + 1
}

function offsetText(p: LocalParts, colon: string): string {
  const minutes = Math.abs(p.offset)
  return `${p.offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${colon}${two(Math.floor(minutes % 60))}`
}

const codes: Record<string, Code> = {
  Y: (p) => p.year,
  y: (p) => two(p.year % 100),
  m: (p) => two(p.month),
  d: (p) => two(p.day),
  e: (p) => String(p.day).padStart(2),
  j: (p) => String(dayOfYear(p)).padStart(3, '0'),
  H: (p) => two(p.hour),
  k: (p) => String(p.hour).padStart(2),
  I: (p) => two(p.hour % 12 || 12),
  l: (p) => String(p.hour % 12 || 12).padStart(2),
  M: (p) => two(p.minute),
  S: (p) => two(p.second),
  L: (p) => String(p.millisecond).padStart(3, '0'),
  p: (p, locale) => (locale === 'en' ? (p.hour < 12 ? 'AM' : 'PM') : p.hour < 12 ? '上午' : '下午'),
  P: (p, locale) => (locale === 'en' ? (p.hour < 12 ? 'am' : 'pm') : p.hour < 12 ? '上午' : '下午'),
  B: (p, locale) => (locale === 'en' ? (enMonths[p.month - 1] ?? '') : `${p.month}月`),
  b: (p, locale) => (locale === 'en' ? short(enMonths, p.month - 1) : `${p.month}月`),
  A: (p, locale) => (locale === 'en' ? (enDays[p.weekday] ?? '') : `星期${zhDays[p.weekday] ?? ''}`),
  a: (p, locale) => (locale === 'en' ? short(enDays, p.weekday) : `周${zhDays[p.weekday] ?? ''}`),
  u: (p) => p.weekday || 7,
  w: (p) => p.weekday,
  s: (_p, _locale, instant) => Math.floor(instant / 1000),
  z: (p) => offsetText(p, ''),
  F: (p) => `${p.year}-${two(p.month)}-${two(p.day)}`,
  R: (p) => `${two(p.hour)}:${two(p.minute)}`,
  T: (p) => `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`,
  '%': () => '%',
}

/**
 * The date filter's formats (Ruby's strftime, as Liquid documents it), with the names of days and months in
 * the message's language. Flags: `-` without padding, `^` capitals, `:` a colon in the offset.
 */
export function strftime(instant: number, format: string, at: WrittenAt): string {
  const parts = localParts(instant, at.zone)
  return format.replace(/%([-^:])?([A-Za-z%])/g, (whole, flag: string | undefined, letter: string) => {
    const code = codes[letter]
    if (code === undefined) return whole
    if (flag === ':' && letter === 'z') return offsetText(parts, ':')
    const text = String(code(parts, at.locale, instant))
    if (flag === '-') return text.replace(/^[ 0]+(?=.)/, '')
    return flag === '^' ? text.toUpperCase() : text
  })
}
