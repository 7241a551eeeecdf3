import type { Customer, Properties } from '../../../../shared/conditions/customer.ts'
import { readJson, type Stored } from '../stored-json.ts'

type Attributes = Customer['attributes']

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isScalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const nothing: Readonly<Record<string, never>> = {}

const noObject = (text: string) => ({
  readable: false as const,
  reason: { 'zh-CN': '应为一组键值', en: 'an object is needed' },
  text,
})

/** The attributes of a customer as the column holds them; read by hand, as every batch reads a thousand. */
export function readAttributes(text: string): Stored<Attributes> {
  if (text === '{}') return { readable: true, value: nothing }
  const read = readJson(text)
  if (!read.readable) return read
  const { value } = read
  if (!isObject(value)) return noObject(text)
  for (const name in value)
    if (!isScalar(value[name])) {
      // Earlier releases kept what a customer has no value of as null.
      if (value[name] === null) return readAttributes(withoutNulls(value))
      const reason = {
        'zh-CN': `${name}：应为文字、数字、是或否`,
        en: `${name}: a text, a number, true or false is needed`,
      }
      return { readable: false, reason, text }
    }
  // Each of its members has been looked at.
  return { readable: true, value: value as Attributes }
}

const withoutNulls = (value: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)))

/** The properties of an event as the column holds them. */
export function readProperties(text: string): Stored<Properties> {
  if (text === '{}') return { readable: true, value: nothing }
  const read = readJson(text)
  if (!read.readable) return read
  // What came in passed the schema of properties: of what is an object, the members are whatever JSON can be.
  return isObject(read.value) ? { readable: true, value: read.value as Properties } : noObject(text)
}
