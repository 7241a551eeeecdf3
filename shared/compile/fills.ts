import type { Journey } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'
import type { WrittenText } from '../text.ts'

/** Lists that a journey fills: they are there, if empty, once it is published. */
export function filledBy(
  journey: Journey,
  registry: Registry,
): { readonly audience: string; readonly name: WrittenText }[] {
  return Object.values(journey.nodes).flatMap((node) => {
    const type = registry.get(node.type)
    const config = type?.config.safeParse(node.config)
    return type?.fills !== undefined && config?.success ? [...type.fills(config.data)] : []
  })
}
