import { cleanCell, isNothing } from '../clean.ts'

/** A scalar of JSON as a cell of a file would have it, so that both are read by the same rules; '' where there is nothing. */
export function cellOf(value: string | number | boolean): string {
  const clean = cleanCell(String(value))
  return isNothing(clean) ? '' : clean
}

export const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const longestEcho = 200

/** A value of JSON as a fault shows it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text
}
