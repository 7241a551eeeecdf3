import type { Brand } from '../journey/brand.ts'
import { brandSchema } from '../journey/brand.ts'
import { type Journey, journeySchema } from '../journey/graph.ts'

/** A journey in a few lines, for tests: nodes as `[type, config]`, edges as `node.port` to node. */
export interface Sketch {
  readonly id?: string
  readonly nodes: Readonly<Record<string, readonly [type: string, config?: Record<string, unknown>]>>
  readonly edges?: Readonly<Record<string, string>>
  readonly settings?: Record<string, unknown>
  readonly variables?: Record<string, unknown>
}

export function sketch({ id = 'sketch', nodes, edges = {}, settings = {}, variables = {} }: Sketch): Journey {
  const lines = new Map<string, Record<string, string>>()
  for (const [from, to] of Object.entries(edges)) {
    const [node = '', port = ''] = from.split('.')
    lines.set(node, { ...lines.get(node), [port]: to })
  }
  return journeySchema.parse({
    format: 1,
    id,
    name: { 'zh-CN': '草图', en: 'Sketch' },
    settings,
    variables,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([node, [type, config = {}]]) => [
        node,
        { type, name: { en: node }, config },
      ]),
    ),
    edges: Object.fromEntries(lines),
  })
}

/** A brand with nothing unusual, for tests. */
export function sketchBrand(more: Record<string, unknown> = {}): Brand {
  return brandSchema.parse({
    name: { 'zh-CN': '鹊桥礼物', en: 'Magpie Gifts' },
    signature: '鹊桥礼物',
    ...more,
  })
}
