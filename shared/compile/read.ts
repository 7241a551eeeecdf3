import type { Journey, JourneyNode } from '../journey/graph.ts'
import { placedIssues, sayIssue, sayPath } from '../journey/issue.ts'
import { filledIn, placedReferences } from '../journey/values.ts'
import { type Edge, edgesBySource, edgesOf } from '../journey/walk.ts'
import type { NodeType, Registry } from '../nodes/type.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'

/** A node whose type is known and whose configuration has passed it. */
export interface ReadNode {
  readonly id: string
  readonly node: JourneyNode
  readonly type: NodeType
  readonly config: unknown
  readonly ports: readonly string[]
}

/** A journey read with a registry: the nodes that can be understood, and what is wrong with the others. */
export interface ReadJourney {
  readonly journey: Journey
  readonly nodes: ReadonlyMap<string, ReadNode>
  /** Nodes of unknown type or with a faulty configuration; their ports are not known. */
  readonly unclear: ReadonlySet<string>
  /** Edges between nodes that exist and may be joined. */
  readonly edges: readonly Edge[]
  /** The same by the node that they come from. */
  readonly out: ReadonlyMap<string, readonly Edge[]>
  readonly triggers: readonly string[]
  /** What a node is by its type, also where its configuration is faulty. */
  readonly roleOf: (id: string) => NodeType['role'] | undefined
  readonly diagnostics: readonly Diagnostic[]
}

function invalidConfig(id: string, type: NodeType, config: unknown): Diagnostic[] {
  const parsed = type.config.safeParse(config)
  if (parsed.success) return []
  return placedIssues(parsed.error).map(({ path, issue }) => {
    const field = sayPath(path)
    const detail = sayIssue(issue)
    const shown = field === '' ? 'config' : field
    const details = { field: shown, detail: detail.en }
    const place = { node: id, field: field === '' ? null : field }
    return diagnose('invalid-config', { ...place, zh: { detail: detail['zh-CN'] } }, details)
  })
}

/** A value is asked for that the journey does not give itself; what else is wrong shows when it does. */
const unfilled = (id: string, config: unknown): Diagnostic[] =>
  placedReferences(config).map(({ name: variable, path }) =>
    diagnose('value-missing', { node: id, field: sayPath(path) }, { variable }),
  )

/** Reads every node with its type, so that all checks work on configurations that passed. */
export function readJourney(drawn: Journey, registry: Registry): ReadJourney {
  const journey = filledIn(drawn)
  const nodes = new Map<string, ReadNode>()
  const unclear = new Set<string>()
  const diagnostics: Diagnostic[] = []
  for (const [id, node] of Object.entries(journey.nodes)) {
    const type = registry.get(node.type)
    const parsed = type?.config.safeParse(node.config)
    if (type !== undefined && parsed?.success) {
      const ports = type.ports(parsed.data).map((port) => port.id)
      nodes.set(id, { id, node, type, config: parsed.data, ports })
      continue
    }
    unclear.add(id)
    if (type === undefined)
      diagnostics.push(diagnose('unknown-node-type', { node: id, field: 'type' }, { type: node.type }))
    else {
      const missing = unfilled(id, node.config)
      diagnostics.push(...(missing.length > 0 ? missing : invalidConfig(id, type, node.config)))
    }
  }
  const roleOf = (id: string) =>
    Object.hasOwn(journey.nodes, id) ? registry.get(journey.nodes[id]?.type ?? '')?.role : undefined
  const joins = ({ from, port, to }: Edge) =>
    (unclear.has(from) || nodes.get(from)?.ports.includes(port) === true) &&
    Object.hasOwn(journey.nodes, to) &&
    roleOf(to) !== 'trigger' &&
    roleOf(to) !== 'goal'
  const edges = edgesOf(journey).filter(joins)
  return {
    journey,
    nodes,
    unclear,
    edges,
    out: edgesBySource(edges),
    triggers: Object.keys(journey.nodes).filter((id) => roleOf(id) === 'trigger'),
    roleOf,
    diagnostics,
  }
}

/** Whether a node counts its visits and is left by `limit` when they are used up. */
export function isCounted({ type, config }: ReadNode): boolean {
  return (type.maxVisits?.(config) ?? null) !== null
}

/** The port by which a node with a maximum of visits is left when they are used up. */
export const limitPort = 'limit'

/** Whether time surely passes, whoever comes when, before a node is left by a port. */
export function takesTime({ type, config }: ReadNode, port: string): boolean {
  return (type.leastStay?.(config, { port, latest: null }) ?? 0) > 0
}

/**
 * Rule 11: the edges that can be walked without using up both time and a visit. Where these form no cycle,
 * every walk ends and none goes round in one moment.
 */
export function freeEdges({ nodes, edges }: ReadJourney): Edge[] {
  return edges.filter(({ from, port }) => {
    const node = nodes.get(from)
    return node !== undefined && !(isCounted(node) && port !== limitPort && takesTime(node, port))
  })
}
