import { offsetAt } from '../../calendar/index.ts'
import type { Locale } from '../../text.ts'
import type { WrittenAt } from './dates.ts'
import { FilterFault } from './faults.ts'

/** A wall clock's reading; month 1-12, weekday 0 (Sunday) to 6, offset in minutes east of UTC. */
export interface LocalParts {
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

export function localParts(at: number, zone: string): LocalParts {
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

export const two = (n: number): string => String(n).padStart(2, '0')

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

/** The week by ISO 8601: Monday begins it, and the year's first is the one with its first Thursday. */
function isoWeek(p: LocalParts): { year: number; week: number } {
  const thursday = new Date(Date.UTC(p.year, p.month - 1, p.day + 4 - (p.weekday || 7)))
  const year = thursday.getUTCFullYear()
  const days = (thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000
  return { year, week: Math.floor(days / 7) + 1 }
}

function halfOfDay(p: LocalParts, locale: Locale): string {
  if (locale === 'en') return p.hour < 12 ? 'AM' : 'PM'
  return p.hour < 12 ? '上午' : '下午'
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
  p: halfOfDay,
  P: (p, locale) => halfOfDay(p, locale).toLowerCase(),
  B: (p, locale) => (locale === 'en' ? (enMonths[p.month - 1] ?? '') : `${p.month}月`),
  b: (p, locale) => (locale === 'en' ? short(enMonths, p.month - 1) : `${p.month}月`),
  h: (p, locale) => (locale === 'en' ? short(enMonths, p.month - 1) : `${p.month}月`),
  c: (p, locale) =>
    locale === 'en'
      ? `${short(enDays, p.weekday)} ${short(enMonths, p.month - 1)} ${String(p.day).padStart(2)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)} ${p.year}`
      : `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`,
  A: (p, locale) => (locale === 'en' ? (enDays[p.weekday] ?? '') : `星期${zhDays[p.weekday] ?? ''}`),
  a: (p, locale) => (locale === 'en' ? short(enDays, p.weekday) : `周${zhDays[p.weekday] ?? ''}`),
  u: (p) => p.weekday || 7,
  w: (p) => p.weekday,
  s: (_p, _locale, instant) => Math.floor(instant / 1000),
  z: (p) => offsetText(p, ''),
  C: (p) => two(Math.floor(p.year / 100)),
  D: (p) => `${two(p.month)}/${two(p.day)}/${two(p.year % 100)}`,
  x: (p) => `${two(p.month)}/${two(p.day)}/${two(p.year % 100)}`,
  F: (p) => `${p.year}-${two(p.month)}-${two(p.day)}`,
  R: (p) => `${two(p.hour)}:${two(p.minute)}`,
  r: (p, locale) => `${two(p.hour % 12 || 12)}:${two(p.minute)}:${two(p.second)} ${halfOfDay(p, locale)}`,
  T: (p) => `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`,
  X: (p) => `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`,
  U: (p) => two(Math.floor((dayOfYear(p) + 6 - p.weekday) / 7)),
  W: (p) => two(Math.floor((dayOfYear(p) + 6 - ((p.weekday + 6) % 7)) / 7)),
  G: (p) => isoWeek(p).year,
  V: (p) => two(isoWeek(p).week),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
}

const FLAGGED = /%([-_0^#:]?)(.|$)/gsu

/**
 * Problem `unknown-date-format` for a code that there is not (%Q, %月) and for a format without any ("YYYY-MM-DD"),
 * which would stand in the message as it is.
 */
export function checkFormat(format: string): void {
  let known = 0
  for (const [whole, flag, letter = ''] of format.matchAll(FLAGGED)) {
    if (!Object.hasOwn(codes, letter) || (flag === ':' && letter !== 'z'))
      throw new FilterFault({ code: 'unknown-date-format', format: whole })
    if (letter !== '%') known += 1
  }
  if (known === 0) throw new FilterFault({ code: 'unknown-date-format', format })
}

/** Codes that a day without its year can answer. */
const DAY_CODES = new Set('m d e B b h % n t'.split(' '))

/** Whether a format asks for month and day alone. */
export const isMonthAndDay = (format: string): boolean =>
  [...format.matchAll(FLAGGED)].every(([, , letter = '']) => DAY_CODES.has(letter))

/**
 * The date filter's formats (Ruby's strftime, as Liquid documents it), with the names of days and months in
 * the message's language. Flags: `-` without padding, `_` with blanks, `0` with noughts, `^` capitals, `#`
 * capitals or small letters, `:` a colon in the offset. Problem `unknown-date-format`.
 */
export function strftime(instant: number, format: string, at: WrittenAt): string {
  checkFormat(format)
  const parts = localParts(instant, at.zone)
  return format.replace(FLAGGED, (whole, flag: string, letter: string) => {
    if (flag === ':') return offsetText(parts, ':')
    const code = codes[letter]
    return code === undefined ? whole : flagged(String(code(parts, at.locale, instant)), flag)
  })
}

function flagged(text: string, flag: string): string {
  if (flag === '-') return text.replace(/^[ 0]+(?=.)/, '')
  if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
  if (flag === '0') return text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length))
  if (flag === '^') return text.toUpperCase()
  if (flag !== '#') return text
  return /[a-z]/.test(text) ? text.toUpperCase() : text.toLowerCase()
}
