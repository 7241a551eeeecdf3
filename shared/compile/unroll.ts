import { adjacencyOf, components, type Edge } from '../journey/walk.ts'
import { freeEdges, isCounted, limitPort, type ReadJourney, type ReadNode } from './read.ts'

/** A walk's place: a node, and how many visits of its loop's counted nodes are used up. */
export interface Place {
  readonly node: string
  readonly used: number
}

export interface Loops {
  /** The loop that a node belongs to, by number. */
  readonly of: ReadonlyMap<string, number>
  /** How many visits the counted nodes of each loop allow in all. */
  readonly visits: readonly number[]
  /** The nodes in an order in which free edges lead forward only. */
  readonly order: ReadonlyMap<string, number>
  readonly out: ReadonlyMap<string, readonly Edge[]>
}

const mostPlaces = 50_000

function visitsOf(node: ReadNode | undefined): number {
  return node !== undefined && isCounted(node) ? (node.type.maxVisits?.(node.config) ?? 0) : 0
}

/** Null where a walk may go on for ever, or the loops are too large to be unrolled. */
export function loopsOf(read: ReadJourney): Loops | null {
  const ids = [...read.nodes.keys()]
  const loops = components(adjacencyOf(read.edges), ids)
  const free = components(adjacencyOf(freeEdges(read)), ids)
  const selfish = freeEdges(read).some(({ from, to }) => from === to)
  if (selfish || free.some((part) => part.length > 1)) return null
  const visits = loops.map((loop) => loop.reduce((sum, id) => sum + visitsOf(read.nodes.get(id)), 0))
  const places = loops.reduce((sum, loop, index) => sum + loop.length * ((visits[index] ?? 0) + 1), 0)
  if (places > mostPlaces) return null
  return {
    of: new Map(loops.flatMap((loop, index) => loop.map((id) => [id, index] as const))),
    visits,
    // Components come after those that they lead to.
    order: new Map(free.flat().map((id, index) => [id, -index] as const)),
    out: read.out,
  }
}

/** Where an edge leads, or null where the visits do not allow it. */
export function follow(read: ReadJourney, loops: Loops, { node, used }: Place, edge: Edge): Place | null {
  const own = visitsOf(read.nodes.get(node))
  const loop = loops.of.get(node) ?? 0
  const limited = own > 0 && edge.port === limitPort
  // Alone in its loop a counted node leaves by `limit` exactly when its visits are used up.
  if (limited && used < own) return null
  if (own > 0 && !limited && used >= (loops.visits[loop] ?? 0)) return null
  if (loops.of.get(edge.to) !== loop) return { node: edge.to, used: 0 }
  return { node: edge.to, used: own > 0 && !limited ? used + 1 : used }
}

/** All places that can be reached from a trigger, each before those that it leads to. */
export function placesFrom(read: ReadJourney, loops: Loops, trigger: string): Place[] {
  const found = new Map<string, Place>([[`${trigger} 0`, { node: trigger, used: 0 }]])
  for (const place of found.values())
    for (const edge of loops.out.get(place.node) ?? []) {
      const next = follow(read, loops, place, edge)
      if (next !== null && !found.has(keyOf(next))) found.set(keyOf(next), next)
    }
  const rank = ({ node, used }: Place) => [-(loops.of.get(node) ?? 0), used, loops.order.get(node) ?? 0]
  return [...found.values()].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    const differs = left.findIndex((value, index) => value !== right[index])
    return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0)
  })
}

export function keyOf({ node, used }: Place): string {
  return `${node} ${used}`
}
