import { type FilterImplOptions, type Liquid, filters as library } from 'liquidjs'
import { sayMoney } from '../../money.ts'
import { dayInWords, strftime, toInstant } from './dates.ts'
import { LARGEST_BOUND } from './parser.ts'
import { asRendering, isBlank } from './rendering.ts'

/**
 * Standard Liquid's filters. Left out of LiquidJS's own list: `sample` (random), `where_exp` and its kin (they
 * read a string as code), Jekyll's dates (the machine's clock and zone), hashes and base64 (other code in the
 * browser than on the server), and what no message needs.
 */
const standard = [
  ...[
    'abs',
    'at_least',
    'at_most',
    'ceil',
    'divided_by',
    'floor',
    'minus',
    'modulo',
    'plus',
    'round',
    'times',
  ],
  ...['append', 'capitalize', 'downcase', 'lstrip', 'prepend', 'remove', 'remove_first', 'remove_last'],
  ...['replace', 'replace_first', 'replace_last', 'rstrip', 'slice', 'split', 'strip', 'strip_html'],
  ...['strip_newlines', 'squish', 'truncate', 'truncatewords', 'upcase', 'newline_to_br'],
  ...[
    'compact',
    'concat',
    'first',
    'join',
    'last',
    'map',
    'reverse',
    'size',
    'sort',
    'sort_natural',
    'sum',
    'uniq',
  ],
  ...['escape', 'escape_once', 'raw', 'url_decode', 'url_encode', 'json'],
] as const

/** Filters whose first argument is read as a path; only a plain one is let through. */
const byPath = ['where', 'reject', 'find', 'find_index', 'has'] as const

const PLAIN_PATH = /^[\w\u0080-\uFFFF-]+(\.[\w\u0080-\uFFFF-]+)*$/

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

const libraryFilters: Readonly<Record<string, FilterImplOptions>> = library

function plainPathOnly(handler: Handler): Handler {
  return function (value: unknown, property: unknown, ...rest: unknown[]) {
    if (typeof property !== 'string' || !PLAIN_PATH.test(property))
      throw new Error('expected the name of a property')
    this.context.memoryLimit.use(Array.isArray(value) ? value.length : 1)
    return handler.call(this, value, property, ...rest)
  }
}

/** Liquid's `default`, which takes a blank text for none at all. */
const orDefault: Handler = (value: unknown, ...args: unknown[]) => {
  const fallback = args.find((arg) => !Array.isArray(arg))
  if (value !== false) return isBlank(value) ? fallback : value
  const allowed = args.some((arg) => Array.isArray(arg) && arg[0] === 'allow_false' && arg[1] === true)
  return allowed ? false : fallback
}

/** Minor units as an amount: 1250 → ¥12.50, 1200 → ¥12. */
function money(minor: unknown, currency: unknown): string {
  const amount = typeof minor === 'string' && /^-?\d+$/.test(minor.trim()) ? Number(minor) : minor
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    throw new Error(`money expects a whole number of fen, got ${JSON.stringify(minor)}`)
  }
  return sayMoney(amount, typeof currency === 'string' ? currency : 'CNY')
}

const own: Record<string, Handler> = {
  default: orDefault,
  money,
  /** A day in the message's language: "8 月 19 日", "Aug 19". */
  date_local(value: unknown) {
    const { at } = asRendering(this.context)
    const instant = toInstant(value, at)
    return instant === undefined ? value : dayInWords(instant, at.zone, at.locale)
  },
  /** The same, always in Chinese. */
  date_cn(value: unknown) {
    const { at } = asRendering(this.context)
    const instant = toInstant(value, at)
    return instant === undefined ? value : dayInWords(instant, at.zone, 'zh-CN')
  },
  date(value: unknown, format: unknown, zone: unknown) {
    const { at } = asRendering(this.context)
    const there = typeof zone === 'string' ? { ...at, zone } : at
    const instant = toInstant(value, there)
    if (instant === undefined) return value
    const pattern = typeof format === 'string' && format !== '' ? format : '%Y-%m-%d'
    this.context.memoryLimit.use(pattern.length)
    return strftime(instant, pattern, there)
  },
  range_bound(value: unknown) {
    const bound = Number(value)
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
  for (const name of byPath) {
    const filter = libraryFilters[name]
    if (typeof filter === 'function') engine.registerFilter(name, plainPathOnly(filter))
  }
  for (const [name, filter] of Object.entries(own)) engine.registerFilter(name, filter)
}
