import { wellFormed } from '../../../shared/conditions/same.ts'

/** A column of text as it was written; bytes, which only another program can have put there, are what they spell. */
export function textIn(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value)
}

export const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** An object of JSON as a column holds it; null where the text is none. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> | null {
  const text = textIn(value)
  if (text === null) return null
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    return { ...read }
  } catch (error) {
    // Nobody can say what stands there, and the page of what cannot be read shows it.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** JSON that DuckDB can read, which knows no half of an emoji. */
export function jsonOf(value: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\ud')) return text
  const whole = (part: unknown): unknown => {
    if (typeof part === 'string') return wellFormed(part)
    if (Array.isArray(part)) return part.map(whole)
    return part
  }
  return JSON.stringify(
    Object.fromEntries(Object.entries(value).map(([name, part]) => [wellFormed(name), whole(part)])),
  )
}
