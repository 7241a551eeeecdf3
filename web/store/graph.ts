import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { filled, valuesOf } from '../../shared/journey/values.ts'
import { registry } from '../../shared/nodes/index.ts'
import type { NodeType, Port, Registry } from '../../shared/nodes/type.ts'

/** Where something stands on the canvas, in its own pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The size of every card, so that layouts can be reckoned without a screen. */
export const cardSize = { width: 216, height: 84 } as const

/** The distance at which cards are set apart by the product itself. */
export const cardGap = { x: 40, y: 56 } as const

/** Where a port stands along a card's lower side (px from its left). */
export const portX = (index: number, count: number): number => ((index + 0.5) / count) * cardSize.width

/** A line's id: a port has one line at most, and ids hold no dot. */
export const edgeId = (from: string, port: string): string => `${from}.${port}`

/** The node and port of a line's id. */
export function edgeEnd(id: string): { from: string; port: string } {
  const [from = '', port = ''] = id.split('.')
  return { from, port }
}

/** What of a journey a node's configuration may refer to. */
type Variables = Pick<Journey, 'variables'>

/**
 * A node's type with its configuration, read by the type's schema with the journey's own values in their places; null
 * where either is unknown or broken.
 */
export function readNode(
  node: JourneyNode,
  types: Registry,
  journey: Variables,
): { readonly type: NodeType; readonly config: unknown } | null {
  const type = types.get(node.type)
  const parsed = type?.config.safeParse(filled(node.config, valuesOf(journey)))
  return type && parsed?.success ? { type, config: parsed.data } : null
}

/**
 * The ports of a node. While its configuration is broken they are those that its lines need, so that no
 * line vanishes because a field is being written.
 */
export function portsOf(
  journey: Pick<Journey, 'nodes' | 'edges' | 'variables'>,
  id: string,
  types: Registry = registry,
): readonly Port[] {
  const node = journey.nodes[id]
  if (node === undefined) return []
  const read = readNode(node, types, journey)
  const known = read === null ? [] : read.type.ports(read.config)
  const drawn = Object.keys(journey.edges[id] ?? {}).filter((port) => !known.some((one) => one.id === port))
  return [...known, ...drawn.map((port) => ({ id: port, name: { en: port } }))]
}

/** Whether a line may lead into a node of that type. */
export function canEnter(type: string, types: Registry = registry): boolean {
  const role = types.get(type)?.role
  return role !== 'trigger' && role !== 'goal'
}

/** Whether a line may be drawn between two nodes. */
export function canConnect(journey: Journey, from: string, to: string, types: Registry = registry): boolean {
  const target = journey.nodes[to]
  return from !== to && target !== undefined && canEnter(target.type, types)
}

/** The journey with a line from a port; the port's former line goes. */
export function withEdge(journey: Journey, from: string, port: string, to: string): Journey {
  if (journey.edges[from]?.[port] === to) return journey
  return { ...journey, edges: { ...journey.edges, [from]: { ...journey.edges[from], [port]: to } } }
}

/** The journey without the lines that are named by id. */
export function withoutEdges(journey: Journey, ids: ReadonlySet<string>): Journey {
  return keepEdges(journey, (from, port) => !ids.has(edgeId(from, port)))
}

/** The journey with those lines only that are wanted; nodes without lines have no entry. */
export function keepEdges(
  journey: Journey,
  wanted: (from: string, port: string, to: string) => boolean,
): Journey {
  let changed = false
  const edges = Object.entries(journey.edges).flatMap(([from, ports]) => {
    const left = Object.entries(ports).filter(([port, to]) => wanted(from, port, to))
    if (left.length === Object.keys(ports).length) return [[from, ports] as const]
    changed = true
    return left.length === 0 ? [] : [[from, Object.fromEntries(left)] as const]
  })
  return changed ? { ...journey, edges: Object.fromEntries(edges) } : journey
}

/** The ports of a node that lead nowhere yet. */
export function freePorts(journey: Journey, id: string, types: Registry = registry): readonly string[] {
  const drawn = journey.edges[id] ?? {}
  return portsOf(journey, id, types).flatMap((port) => (Object.hasOwn(drawn, port.id) ? [] : [port.id]))
}

/**
 * The ports that go on to a following step by themselves: of a choice, or of a wait for an event, only the
 * first, as the others are other paths; of every other step all of them.
 */
export function onwardPorts(
  node: JourneyNode,
  ports: readonly string[],
  types: Registry = registry,
): readonly string[] {
  const forks = types.get(node.type)?.category === 'choice' || node.type === 'wait_event'
  return forks ? ports.slice(0, 1) : ports
}

/** The nearest place at or below a wished one where a card covers no other. */
export function freePlace(journey: Journey, wished: Point): Point {
  const taken = Object.values(journey.layout)
  const clear = (place: Point) =>
    taken.every(
      (other) =>
        Math.abs(other.x - place.x) >= cardSize.width + 16 ||
        Math.abs(other.y - place.y) >= cardSize.height + 24,
    )
  for (let ring = 0; ring < 60; ring++) {
    const right = { x: wished.x + ring * (cardSize.width + cardGap.x), y: wished.y }
    if (clear(right)) return right
  }
  return wished
}
