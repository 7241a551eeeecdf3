import { type FilterImplOptions, type Liquid, filters as library } from 'liquidjs'
import { decimalOf, floor, plainValue } from '../../decimal.ts'
import { sayMoney, wholeMinor } from '../../money.ts'
import type { Locale } from '../../text.ts'
import { MoneyValue, plainOf } from '../typed.ts'
import { toInstant, toMonthDay } from './dates.ts'
import { encodingFilters } from './encodings.ts'
import { ValueFault } from './faults.ts'
import { listFilters } from './lists.ts'
import { numberFilters } from './numbers.ts'
import { LARGEST_BOUND } from './parser.ts'
import { asRendering, isBlank } from './rendering.ts'
import { dayInWords, isMonthAndDay, strftime } from './strftime.ts'
import { textFilters } from './texts.ts'

/**
 * Standard Liquid's filters. Left out of LiquidJS's own list: `sample` (random), `where_exp` and its kin (they
 * read a string as code), Jekyll's dates (the machine's clock and zone), hashes, and what no message needs.
 */
const standard = [
  ...['append', 'downcase', 'lstrip', 'prepend', 'remove', 'remove_first', 'remove_last'],
  ...['replace_first', 'replace_last', 'rstrip', 'strip', 'strip_html'],
  ...['strip_newlines', 'squish', 'truncatewords', 'upcase', 'newline_to_br'],
  ...['join', 'reverse', 'sort', 'sort_natural'],
  ...['escape', 'escape_once', 'raw', 'url_decode', 'json'],
] as const

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

const libraryFilters: Readonly<Record<string, FilterImplOptions>> = library

const isEmptyGroup = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** Liquid's `default`, which takes a blank text for none at all. */
const orDefault: Handler = (value: unknown, ...args: unknown[]) => {
  const fallback = args.find((arg) => !Array.isArray(arg))
  if (value !== false) return isBlank(value) || isEmptyGroup(value) ? fallback : value
  const allowed = args.some((arg) => Array.isArray(arg) && arg[0] === 'allow_false' && arg[1] === true)
  return allowed ? false : fallback
}

/** Minor units as an amount in the brand's currency: 1250 → ¥12.50, 1200 → ¥12. */
const money: Handler = function (value: unknown, currency: unknown) {
  if (isBlank(value)) return undefined
  const read = decimalOf(plainOf(value))
  const minor = value instanceof MoneyValue ? value.minor : read && wholeMinor(read)
  if (minor === undefined) throw new ValueFault('amount', plainOf(value))
  return sayMoney(minor, typeof currency === 'string' ? currency : asRendering(this.context).at.currency)
}

/** A day in the words of a language: "8 月 19 日", "Aug 19". Its year need not be known. */
function dayInLanguage(language: Locale | null): Handler {
  return function (value: unknown) {
    if (isBlank(value)) return undefined
    const { at } = asRendering(this.context)
    const instant = toInstant(value, at) ?? toMonthDay(value, at)
    if (instant === undefined) throw new ValueFault('date', value)
    return dayInWords(instant, at.zone, language ?? at.locale)
  }
}

const USUAL_DATE = '%Y-%m-%d'

const date: Handler = function (value: unknown, format: unknown, zone: unknown) {
  if (isBlank(value)) return undefined
  const { at } = asRendering(this.context)
  const there = typeof zone === 'string' ? { ...at, zone } : at
  const pattern = typeof format === 'string' && format !== '' ? format : USUAL_DATE
  const instant = toInstant(value, there) ?? (isMonthAndDay(pattern) ? toMonthDay(value, there) : undefined)
  if (instant === undefined) throw new ValueFault('date', value)
  this.context.memoryLimit.use(pattern.length)
  return strftime(instant, pattern, there)
}

const own: Record<string, Handler> = {
  ...numberFilters,
  ...textFilters,
  ...listFilters,
  ...encodingFilters,
  default: orDefault,
  money,
  date_local: dayInLanguage(null),
  date_cn: dayInLanguage('zh-CN'),
  date,
  range_bound(value: unknown) {
    const read = decimalOf(value)
    if (read === undefined) throw new ValueFault('number', value)
    const bound = Number(plainValue(floor(read)))
    if (Math.abs(bound) > LARGEST_BOUND) throw new Error('range limit exceeded')
    return bound
  },
}

/** Leaves an engine with the filters above and no others. */
export function setFilters(engine: Liquid): void {
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name)
  for (const name of standard) {
    const filter = libraryFilters[name]
    if (filter !== undefined) engine.registerFilter(name, filter)
  }
  for (const [name, filter] of Object.entries(own)) engine.registerFilter(name, filter)
}
