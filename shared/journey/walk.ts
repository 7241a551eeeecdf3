import type { Journey } from './graph.ts'

/** A line from a node's port to another node. */
export interface Edge {
  readonly from: string
  readonly port: string
  readonly to: string
}

/** Node ids by node id. A Map, as a node may be called `constructor`. */
export type Adjacency = ReadonlyMap<string, readonly string[]>

/** All edges, in the order of the file. */
export function edgesOf(journey: Journey): Edge[] {
  return Object.entries(journey.edges).flatMap(([from, ports]) =>
    Object.entries(ports).map(([port, to]) => ({ from, port, to })),
  )
}

/** Where a port leads; null where it has no edge. */
export function targetOf(journey: Journey, node: string, port: string): string | null {
  const ports = Object.hasOwn(journey.edges, node) ? journey.edges[node] : undefined
  return ports !== undefined && Object.hasOwn(ports, port) ? (ports[port] ?? null) : null
}

/** Edges as a map; parallel ones between two nodes count once. */
export function adjacencyOf(
  edges: readonly Edge[],
  direction: 'forward' | 'backward' = 'forward',
): Adjacency {
  const sets = new Map<string, Set<string>>()
  for (const { from, to } of edges) {
    const [key, other] = direction === 'forward' ? [from, to] : [to, from]
    const known = sets.get(key)
    if (known === undefined) sets.set(key, new Set([other]))
    else known.add(other)
  }
  return new Map([...sets].map(([key, others]) => [key, [...others]]))
}

/** Edges by the node that they come from. */
export function edgesBySource(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const map = new Map<string, Edge[]>()
  for (const edge of edges) {
    const known = map.get(edge.from)
    if (known === undefined) map.set(edge.from, [edge])
    else known.push(edge)
  }
  return map
}

/** The nodes that a node's edges lead to. */
export function successors(journey: Journey, node: string): readonly string[] {
  return adjacencyOf(edgesOf(journey)).get(node) ?? []
}

/** The nodes whose edges lead to a node. */
export function predecessors(journey: Journey, node: string): readonly string[] {
  return adjacencyOf(edgesOf(journey), 'backward').get(node) ?? []
}

/** The nodes themselves and all that can be reached from them. */
export function reachable(adjacency: Adjacency, from: Iterable<string>): Set<string> {
  const found = new Set(from)
  // A Set is walked in the order of insertion, those added on the way included.
  for (const node of found) for (const next of adjacency.get(node) ?? []) found.add(next)
  return found
}

/**
 * The strongly connected components, each after those that it leads to (Tarjan 1972, with a stack of its
 * own, as a journey may be a long chain).
 */
export function components(adjacency: Adjacency, nodes: Iterable<string>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const onStack = new Set<string>()
  const found: string[][] = []
  const enter = (node: string) => {
    order.set(node, order.size)
    low.set(node, order.size - 1)
    open.push(node)
    onStack.add(node)
    return { node, next: adjacency.get(node) ?? [], at: 0 }
  }
  const lower = (node: string, value: number) => low.set(node, Math.min(low.get(node) ?? value, value))
  for (const root of nodes) {
    if (order.has(root)) continue
    const work = [enter(root)]
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const next = top.next[top.at]
      top.at += 1
      if (next !== undefined) {
        if (!order.has(next)) work.push(enter(next))
        else if (onStack.has(next)) lower(top.node, order.get(next) ?? 0)
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent !== undefined) lower(parent.node, low.get(top.node) ?? 0)
      if (low.get(top.node) !== order.get(top.node)) continue
      const part = open.splice(open.lastIndexOf(top.node))
      for (const node of part) onStack.delete(node)
      found.push(part)
    }
  }
  return found
}

/**
 * All that can be reached from some nodes, in the order of the way there: nodes that lie on common cycles stand
 * together, and each group before those that it leads to.
 */
export function wayFrom(adjacency: Adjacency, from: Iterable<string>): string[][] {
  return components(adjacency, from).reverse()
}

/** A shortest way from a node back to itself, the node first and not repeated; null where there is none. */
function cycleThrough(adjacency: Adjacency, start: string): string[] | null {
  const before = new Map<string, string>()
  const queue = [start]
  for (const node of queue)
    for (const next of adjacency.get(node) ?? []) {
      if (next === start) {
        const way = [node]
        for (let at = node; at !== start; ) {
          at = before.get(at) ?? start
          way.push(at)
        }
        return way.reverse()
      }
      if (before.has(next)) continue
      before.set(next, node)
      queue.push(next)
    }
  return null
}

/** One cycle out of each group of nodes that lie on common cycles, as node ids in walking order. */
export function cycles(adjacency: Adjacency, nodes: readonly string[]): string[][] {
  const places = new Map(nodes.map((node, place) => [node, place]))
  const placeOf = (node: string) => places.get(node) ?? nodes.length
  return components(adjacency, nodes).flatMap((part) => {
    const [only = ''] = part
    // Most nodes lie on no cycle; looking for one from each of them would go through the whole journey again.
    if (part.length === 1 && !adjacency.get(only)?.includes(only)) return []
    const first = part.reduce<string | undefined>(
      (known, node) => (known === undefined || placeOf(node) < placeOf(known) ? node : known),
      undefined,
    )
    const cycle = first === undefined ? null : cycleThrough(adjacency, first)
    return cycle === null ? [] : [cycle]
  })
}
