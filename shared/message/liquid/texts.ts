import type { FilterImplOptions } from 'liquidjs'
import { decimalOf } from '../../decimal.ts'
import { FilterFault } from './faults.ts'
import { countGraphemes, graphemes } from './graphemes.ts'
import { asRendering, isBlank, textOf } from './rendering.ts'

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>
type Self = ThisParameterType<Handler>

function readable(self: Self, value: unknown): string {
  const text = textOf(value, self.context)
  if (text === undefined) {
    asRendering(self.context).notText('')
    return ''
  }
  self.context.memoryLimit.use(text.length)
  return text
}

/** A whole number among the arguments. */
function wholeOf(filter: string, value: unknown): number {
  const read = decimalOf(value)
  if (read === undefined || read.scale > 0)
    throw new FilterFault({ code: 'filter-arguments', filter, expected: 'whole numbers' })
  return Number(read.units)
}

function cut(items: readonly unknown[], from: number, length: number): unknown[] {
  const start = from < 0 ? items.length + from : from
  return start < 0 || length < 0 ? [] : items.slice(start, start + length)
}

const TRUNCATED = 50

/** Filters that take a text apart, by the characters that its reader sees. */
export const textFilters: Readonly<Record<string, Handler>> = {
  split(value: unknown, separator: unknown) {
    const text = readable(this, value)
    const mark = readable(this, separator)
    // A single blank divides at any white space, as in Ruby.
    const parts = mark === '' ? graphemes(text) : mark === ' ' ? text.trim().split(/\s+/) : text.split(mark)
    while (parts.at(-1) === '') parts.pop()
    return parts
  },
  slice(value: unknown, begin: unknown, length: unknown) {
    const from = wholeOf('slice', begin ?? 0)
    const count = length === undefined || length === null ? 1 : wholeOf('slice', length)
    if (Array.isArray(value)) return cut(value, from, count)
    return cut(graphemes(readable(this, value)), from, count).join('')
  },
  truncate(value: unknown, length: unknown, ellipsis: unknown) {
    const text = readable(this, value)
    const most = isBlank(length) ? TRUNCATED : wholeOf('truncate', length)
    const end = ellipsis === undefined ? '...' : readable(this, ellipsis)
    if (countGraphemes(text) <= most) return text
    return graphemes(text)
      .slice(0, Math.max(0, most - countGraphemes(end)))
      .join('')
      .concat(end)
  },
  capitalize(value: unknown) {
    const [first = '', ...rest] = graphemes(readable(this, value))
    return first.toUpperCase() + rest.join('').toLowerCase()
  },
  first: (value: unknown) => endOf(value, 0),
  last: (value: unknown) => endOf(value, -1),
  size: (value: unknown) => sizeOf(value),
  replace(value: unknown, pattern: unknown, replacement: unknown) {
    const parts = splitAt(readable(this, value), readable(this, pattern))
    const joined = parts.join(readable(this, replacement))
    this.context.memoryLimit.use(joined.length)
    return joined
  },
}

/** An empty pattern stands between any two characters, never within one. */
function splitAt(text: string, pattern: string): string[] {
  return pattern === '' ? ['', ...graphemes(text), ''] : text.split(pattern)
}

/** The first or last of a list, of a text's characters, or a group's first pair. */
function endOf(value: unknown, at: 0 | -1): unknown {
  if (Array.isArray(value)) return value.at(at)
  if (typeof value === 'string') return graphemes(value).at(at)
  return typeof value === 'object' && value !== null && at === 0 ? Object.entries(value)[0] : undefined
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return countGraphemes(value)
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}
