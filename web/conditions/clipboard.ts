import { createStore } from 'zustand/vanilla'
import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts'
import type { Carried } from './editing.ts'

/**
 * What is carried and what was copied: of the whole window, so that a part can be taken from one editor to another, as
 * between the ways of a branch.
 */
export const hand = createStore<{ readonly carried: Carried | null; readonly copied: Condition | null }>(
  () => ({
    carried: null,
    copied: null,
  }),
)

/** Far more than the largest condition is; a longer text is none. */
const longestText = 200_000
const deepest = 64

function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth < deepest && Object.values(value).every((part) => isShallow(part, depth + 1))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Any other text.
    return null
  }
}

/** The condition that a text writes, as a journey file does; null where it is another text. */
export function conditionIn(text: string): Condition | null {
  if (text.length > longestText || !text.trimStart().startsWith('{')) return null
  const value = parsed(text)
  if (!isShallow(value)) return null
  const condition = conditionSchema.safeParse(value)
  return condition.success ? condition.data : null
}
