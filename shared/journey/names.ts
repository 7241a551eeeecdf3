import { limits } from '../limits.ts'
import { sayPath } from './issue.ts'

/** Names longer than a name may be, by their place. */
export type LongNames = ReadonlyMap<string, string>

function* namesIn(value: unknown, path: readonly string[]): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) {
    const at = [...path, key]
    if (path.at(-1) === 'name' && typeof part === 'string') yield [sayPath(at), part]
    else yield* namesIn(part, at)
  }
}

/** Of the journey, its nodes, their branches, variants, coupons and audiences: whatever stands under `name`. */
export function longNames(journey: object): LongNames {
  const longest = limits.titleLength.value
  return new Map([...namesIn(journey, [])].filter(([, name]) => name.length > longest))
}
