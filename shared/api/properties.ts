import type { Properties, PropertyValue } from '../conditions/customer.ts'
import { limits, sayLimit } from '../limits.ts'
import type { LocalText } from '../text.ts'

export type { Properties } from '../conditions/customer.ts'

/** How deep values may stand in each other, how long a list may be, and how large all is as JSON. */
const mostDepth = limits.propertyDepth.value
const mostEntries = limits.propertyEntries.value
const mostSize = limits.propertySize.value

type Raw = null | string | number | boolean | Raw[] | { [name: string]: Raw }

const over = (name: 'propertySize' | 'propertyDepth' | 'propertyEntries', found = ''): LocalText => {
  const most = sayLimit(name)
  return { 'zh-CN': `${found} > ${most['zh-CN']}`.trim(), en: `${found} > ${most.en}`.trim() }
}

/** Adds up about how large a value is as JSON; stops at the first fault. */
function measure(value: Raw, depth: number, size: { of: number }): LocalText | null {
  if (typeof value === 'string') size.of += value.length + 2
  else size.of += 8
  if (size.of > mostSize) return over('propertySize')
  if (value === null || typeof value !== 'object') return null
  if (depth > mostDepth) return over('propertyDepth')
  const members = Array.isArray(value) ? value : Object.values(value)
  if (members.length > mostEntries) return over('propertyEntries', String(members.length))
  for (const member of members) {
    const fault = measure(member, depth + 1, size)
    if (fault !== null) return fault
  }
  return null
}

/** Why properties cannot be kept; null where they can. */
export function propertiesFault(properties: { [name: string]: Raw }): LocalText | null {
  return measure(properties, 0, { of: 0 })
}

function kept(value: Raw): PropertyValue | null {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value))
    return value.flatMap((member) => {
      const one = kept(member)
      return one === null ? [] : [one]
    })
  return withoutNulls(value)
}

/** Properties without those that are null, at any depth: a null is a value that is absent. */
export function withoutNulls(properties: { [name: string]: Raw }): Properties {
  const found: [string, PropertyValue][] = []
  for (const name in properties) {
    const value = kept(properties[name] ?? null)
    if (value !== null) found.push([name, value])
  }
  return Object.fromEntries(found)
}
