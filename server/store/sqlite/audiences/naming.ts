import {
  type AudienceFault,
  audiencesIn,
  circleOf,
  placeOf,
  reachedFrom,
  type Saved,
  sayCircle,
  testsWith,
} from '../../../../shared/conditions/audiences.ts'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'

/**
 * Refuses a condition by which an audience would name itself, directly or through others, or too much: itself, or
 * so that another one that names it would. Problems `audience-missing`, `audience-circle`, `audience-deep`, `audience-wide`.
 */
export function checkNaming(
  all: ReadonlyMap<string, Saved>,
  { key, condition }: { readonly key: string; readonly condition: Condition },
): void {
  const saved = (name: string) => (name === key ? condition : all.get(name))
  const missing = audiencesIn(condition).find((name) => name !== key && !all.has(name))
  if (missing !== undefined)
    throw new Problem(
      'audience-missing',
      { audience: missing },
      placeOf(condition, new Set([missing]), 'condition') ?? 'condition',
    )
  const circle = circleOf(key, condition, saved)
  if (circle !== null) {
    const next = new Set(circle.slice(1, 2).length === 0 ? [key] : circle.slice(1, 2))
    throw new Problem(
      'audience-circle',
      { circle: sayCircle(circle) },
      placeOf(condition, next, 'condition') ?? 'condition',
    )
  }
  const before = deepOnes(reachedFrom(all.keys(), (name) => all.get(name)).unknown)
  for (const audience of deepOnes(reachedFrom([...all.keys(), key], saved).unknown))
    if (!before.has(audience))
      throw new Problem('audience-deep', { audience, limit: limits.audienceLevels.value }, 'condition')
  const tests = testsWith(condition, saved)
  const limit = limits.audienceTests.value
  if (tests > limit) throw new Problem('audience-wide', { tests, limit }, 'condition')
}

function deepOnes(unknown: ReadonlyMap<string, AudienceFault>): ReadonlySet<string> {
  return new Set([...unknown].flatMap(([key, { kind }]) => (kind === 'deep' ? [key] : [])))
}
