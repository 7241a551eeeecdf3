import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { registry as allNodes } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'

type Config = Record<string, unknown>

/** A node as a test writes it: its type, and what differs from the type's defaults. */
export type NodeSketch = readonly [type: string, config?: Config]

export interface Sketch {
  readonly id?: string
  readonly nodes: Readonly<Record<string, NodeSketch>>
  /** `a -> b` for all ports of `a` that no other line names, `a.port -> b` for one. */
  readonly flow: readonly string[]
  readonly settings?: Config
  /** Variables that texts may use besides those built in. */
  readonly variables?: readonly string[]
  /** Values of the journey's own, by the names of their variables. */
  readonly values?: Readonly<Record<string, string | number | boolean>>
  readonly registry?: Registry
}

/** A duration as nodes take it: `3 day`. */
const spanOf = (words: string) => {
  const [amount = '', unit = ''] = words.split(' ')
  return { amount: Number(amount), unit: unit.replace(/s$/, '') }
}

/** The nodes that most tests are made of. */
export const by = {
  hand: (): NodeSketch => ['manual'],
  event: (event: string, config: Config = {}): NodeSketch => [
    'event',
    { filter: { event, where: [] }, ...config },
  ],
  rest: (words: string, config: Config = {}): NodeSketch => [
    'wait',
    { until: { kind: 'duration', span: spanOf(words) }, ...config },
  ],
  until: (event: string, limit: string, config: Config = {}): NodeSketch => [
    'wait_event',
    { filter: { event, where: [] }, limit: spanOf(limit), ...config },
  ],
  sms: (text: string, config: Config = {}): NodeSketch => [
    'send',
    { channel: 'sms', text: { 'zh-CN': text }, ...config },
  ],
  email: (text: string, config: Config = {}): NodeSketch => [
    'send',
    { channel: 'email', subject: { 'zh-CN': '您好' }, text: { 'zh-CN': text }, ...config },
  ],
  exit: (): NodeSketch => ['exit'],
  goal: (event: string, config: Config = {}): NodeSketch => [
    'goal',
    { filter: { event, where: [] }, window: { kind: 'journey' }, ...config },
  ],
}

function edgesOf({ nodes, flow, registry = allNodes }: Sketch) {
  const edges: Record<string, Record<string, string>> = {}
  const lines = flow.map((line) => {
    const [from = '', to = ''] = line.split('->').map((part) => part.trim())
    const [node = '', port] = from.split('.')
    return { node, port, to }
  })
  const set = (node: string, port: string, to: string) => {
    edges[node] = { [port]: to, ...edges[node] }
  }
  for (const { node, port, to } of lines) if (port !== undefined) set(node, port, to)
  for (const { node, port, to } of lines) {
    if (port !== undefined) continue
    const [type = '', config = {}] = nodes[node] ?? []
    const known = registry.get(type)
    if (known === undefined) throw new TypeError(`no node ${node} of a known type`)
    for (const { id } of known.ports(known.config.parse({ ...plain(known.defaults()), ...config })))
      set(node, id, to)
  }
  return edges
}

const plain = (value: unknown): Config => JSON.parse(JSON.stringify(value))

/** A whole journey out of a few lines. */
export function sketch(drawn: Sketch): Journey {
  const { id = 'journey', nodes, settings = {}, variables = [], values = {}, registry = allNodes } = drawn
  return journeySchema.parse({
    format: 1,
    id,
    name: { en: id },
    settings,
    variables: Object.fromEntries([
      ...variables.map((name) => [name, {}] as const),
      ...Object.entries(values).map(([name, value]) => [name, { value }] as const),
    ]),
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([node, [type, config = {}]]) => [
        node,
        { type, name: { en: node }, config: { ...plain(registry.get(type)?.defaults() ?? {}), ...config } },
      ]),
    ),
    edges: edgesOf(drawn),
  })
}
