import type { Condition, Leaf } from './schema.ts'

/**
 * The tests that were tried, in their order, when conditions were evaluated one after the other until one
 * held, read from what each of them answered (`Seen.holds`). Null where the answers are not of these
 * conditions.
 */
export function triedTests(conditions: readonly Condition[], answers: readonly boolean[]): Leaf[] | null {
  const tried: Leaf[] = []
  const walk = (condition: Condition): boolean => {
    if (condition.kind === 'all') return condition.of.length > 0 && condition.of.every(walk)
    if (condition.kind === 'any') return condition.of.some(walk)
    if (condition.kind === 'not') return !walk(condition.of)
    tried.push(condition)
    return answers[tried.length - 1] === true
  }
  conditions.some(walk)
  return tried.length === answers.length ? tried : null
}
