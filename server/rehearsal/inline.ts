import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts'
import type { Journey } from '../../shared/journey/graph.ts'

/** A saved audience's condition, or null for a list. */
export type SavedCondition = (key: string) => Condition | null | undefined

type JsonValue = Journey['nodes'][string]['config'][string]

const maxDepth = 8

function inlined(value: JsonValue, saved: SavedCondition, depth: number): JsonValue {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((part) => inlined(part, saved, depth))
  const condition = conditionSchema.safeParse(value)
  if (condition.success && condition.data.kind === 'audience') {
    const meant = depth < maxDepth ? saved(condition.data.audience) : null
    if (!meant) return value
    const inner = inlined(JSON.parse(JSON.stringify(meant)) as JsonValue, saved, depth + 1)
    return condition.data.member ? inner : { kind: 'not', of: inner }
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inlined(part, saved, depth)]))
}

/**
 * Puts saved conditions in the place of the audiences that name them, so that they are answered at each
 * virtual moment as they would hold then. Lists stay references.
 */
export function inlineAudiences(journey: Journey, saved: SavedCondition): Journey {
  return {
    ...journey,
    nodes: Object.fromEntries(
      Object.entries(journey.nodes).map(([id, node]) => [
        id,
        {
          ...node,
          config: Object.fromEntries(
            Object.entries(node.config).map(([key, value]) => [key, inlined(value, saved, 0)]),
          ),
        },
      ]),
    ),
  }
}
