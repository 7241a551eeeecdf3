import type { FilterImplOptions } from 'liquidjs'
import { FilterFault } from './faults.ts'
import { readKeys } from './path.ts'

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as a list: lists within it are laid flat, one thing is a list of itself. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value)
    ? value.flatMap((item) => (Array.isArray(item) ? listOf(item) : [item]))
    : [value]
}

/** A property by its plain name or path; nothing in a string is ever run. */
function propertyOf(item: unknown, property: unknown): unknown {
  return isGroup(item) ? readKeys(item, String(property).split('.')) : undefined
}

const isTrue = (value: unknown): boolean => value !== undefined && value !== null && value !== false

/**
 * Whether an item is meant: a group by the value of a property, or by its being there; a text by what it
 * holds; a number by itself.
 */
function isMeant(item: unknown, property: unknown, value: unknown): boolean {
  const given = value !== undefined && value !== null
  if (isGroup(item)) {
    const found = propertyOf(item, property)
    return given ? found === value : isTrue(found)
  }
  if (typeof item === 'string')
    return typeof property === 'string' && item.includes(property) && (!given || property === value)
  if (typeof item === 'number' && typeof property === 'string' && !given)
    throw new FilterFault({
      code: 'filter-arguments',
      filter: 'list',
      expected: 'a list of groups or of texts',
    })
  return !given && typeof item === 'number' && item === property
}

/** A filter that looks for items of a list. */
function search(find: (items: unknown[], isWanted: (item: unknown) => boolean) => unknown): Handler {
  return function (value: unknown, property: unknown, wanted: unknown) {
    const items = listOf(value)
    this.context.memoryLimit.use(items.length)
    return find(items, (item) => property !== undefined && isMeant(item, property, wanted))
  }
}

/** By a property where one is named, else by the item itself. */
const byProperty = (item: unknown, property: unknown): unknown =>
  property === undefined ? item : propertyOf(item, property)

/** Liquid's filters over lists. */
export const listFilters: Readonly<Record<string, Handler>> = {
  where: search((items, isWanted) => items.filter(isWanted)),
  reject: search((items, isWanted) => items.filter((item) => !isWanted(item))),
  find: search((items, isWanted) => items.find(isWanted)),
  find_index: search((items, isWanted) => {
    const at = items.findIndex(isWanted)
    return at < 0 ? undefined : at
  }),
  has: search((items, isWanted) => items.some(isWanted)),
  map(value: unknown, property: unknown) {
    return listOf(value).map((item) => {
      if (isGroup(item)) return propertyOf(item, property)
      throw new FilterFault({ code: 'filter-arguments', filter: 'map', expected: 'a list of groups' })
    })
  },
  concat(value: unknown, other: unknown) {
    if (other !== undefined && other !== null && typeof other !== 'object')
      throw new FilterFault({ code: 'filter-arguments', filter: 'concat', expected: 'a list' })
    const joined = [...listOf(value), ...listOf(other)]
    this.context.memoryLimit.use(joined.length)
    return joined
  },
  compact: (value: unknown, property: unknown) =>
    listOf(value).filter(
      (item) => byProperty(item, property) !== undefined && byProperty(item, property) !== null,
    ),
  uniq(value: unknown, property: unknown) {
    const seen = new Set<unknown>()
    return listOf(value).filter((item) => {
      const key = keyOf(byProperty(item, property))
      const isNew = !seen.has(key)
      seen.add(key)
      return isNew
    })
  },
}

/** Groups are the same if they hold the same. */
const keyOf = (value: unknown): unknown => (isGroup(value) ? `\u0000${JSON.stringify(value)}` : value)
