import { z } from 'zod'
import type { LocalText } from '../text.ts'
import { idSchema, journeyShape, nodeSchema } from './graph.ts'

/** What the schema has to know of a node type; a registry of node types is a map of such. */
interface ConfiguredType {
  readonly type: string
  readonly help: LocalText
  readonly config: z.ZodType
}

/**
 * The JSON Schema (draft 7, which editors read best) of a journey file with the node types of a registry:
 * the configuration of each node is that of its `type`.
 */
export function journeyJsonSchema(registry: ReadonlyMap<string, ConfiguredType>): Record<string, unknown> {
  const [first, ...rest] = [...registry.values()].map(({ type, help, config }) =>
    nodeSchema.extend({ type: z.literal(type), config }).describe(help.en),
  )
  const node = first === undefined ? z.never() : z.discriminatedUnion('type', [first, ...rest])
  const file = journeyShape.extend({ nodes: z.record(idSchema, node) })
  return {
    ...z.toJSONSchema(file, { target: 'draft-7', io: 'input', reused: 'ref' }),
    title: 'Magpie journey',
  }
}
