import type { ElkNode } from 'elkjs/lib/elk-api'
import type { Journey } from '../../shared/journey/graph.ts'
import { edgesOf } from '../../shared/journey/walk.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { cardGap, cardSize, type Point, portsOf } from '../store/graph.ts'

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': String(cardGap.x),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(cardGap.y),
  // Lines are drawn as plain curves, so those that pass a card by must have a wide lane.
  'elk.spacing.edgeNode': '56',
  'elk.spacing.edgeEdge': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '64',
}

/** Nodes that no line touches, such as goals: they stand beside the rest. */
function loners(journey: Journey): Set<string> {
  const touched = new Set(edgesOf(journey).flatMap(({ from, to }) => [from, to]))
  const ids = Object.keys(journey.nodes)
  return touched.size === 0 ? new Set() : new Set(ids.filter((id) => !touched.has(id)))
}

/**
 * The journey as ELK reads it: cards of one size, and lines in the order of their ports. Lines between the
 * same two cards count once and leave from the middle, so that a chain stands straight.
 */
export function elkGraph(journey: Journey, types: Registry): ElkNode {
  const alone = loners(journey)
  const ids = Object.keys(journey.nodes).filter((id) => !alone.has(id))
  const edges = ids.flatMap((from) => {
    const targets = portsOf(journey, from, types).flatMap((port) => journey.edges[from]?.[port.id] ?? [])
    return [...new Set(targets)]
      .filter((to) => Object.hasOwn(journey.nodes, to))
      .map((to) => ({ id: `${from}.${to}`, sources: [from], targets: [to] }))
  })
  return { id: 'journey', layoutOptions: options, children: ids.map((id) => ({ id, ...cardSize })), edges }
}

/** Places for the loners: in the first row, right of what stands there. */
function beside(places: Record<string, Point>, ids: Iterable<string>): Record<string, Point> {
  const all = Object.values(places)
  const top = Math.min(0, ...all.map(({ y }) => y))
  const row = all.filter(({ y }) => y < top + cardSize.height)
  let x = Math.max(0, ...row.map((place) => place.x + cardSize.width + 2 * cardGap.x))
  const found: Record<string, Point> = {}
  for (const id of ids) {
    found[id] = { x, y: top }
    x += cardSize.width + cardGap.x
  }
  return found
}

/** Places of all cards, top-down in layers, by the Eclipse Layout Kernel, which is fetched when first used. */
export async function layoutOf(journey: Journey, types: Registry): Promise<Record<string, Point>> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const laid = await new Elk().layout(elkGraph(journey, types))
  const places = Object.fromEntries(
    (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]),
  )
  return { ...places, ...beside(places, loners(journey)) }
}
