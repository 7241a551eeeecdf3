import type { Condition } from '../conditions/schema.ts'
import { triedTests } from '../conditions/tried.ts'
import type { Json } from '../effects/index.ts'
import type { Journey } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'

/** Whether a test that a trace tells of held. */
const held = (seen: Json): boolean =>
  typeof seen === 'object' && seen !== null && 'holds' in seen && seen.holds === true

/** What a branch asked for each value that it saw, by the version that ran it; null for any other step. */
export function testsTried(
  graph: Pick<Journey, 'nodes'> | null,
  nodeId: string,
  reason: Readonly<Record<string, Json>>,
  registry: Registry,
): Condition[] | null {
  const node = graph?.nodes[nodeId]
  const type = node && registry.get(node.type)
  const config = type?.config.safeParse(node?.config)
  if (!Array.isArray(reason.seen) || !config?.success) return null
  const conditions = (type?.conditions?.(config.data) ?? []).map(({ condition }) => condition)
  return triedTests(conditions, reason.seen.map(held))
}
