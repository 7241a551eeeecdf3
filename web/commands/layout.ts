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
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.componentComponent': '64',
}

/** Nodes that no line touches, such as goals: they stand beside the rest. */
function loners(journey: Journey): Set<string> {
  const touched = new Set(edgesOf(journey).flatMap(({ from, to }) => [from, to]))
  const ids = Object.keys(journey.nodes)
  return touched.size === 0 ? new Set() : new Set(ids.filter((id) => !touched.has(id)))
}

/** Where a line leaves a card (px from its left): at its port, or in the middle where all ports lead to one card. */
interface Exit {
  readonly id: string
  readonly x: number
  readonly to: string
}

function exitsOf(journey: Journey, from: string, types: Registry): Exit[] {
  const ports = portsOf(journey, from, types)
  const exits = ports.flatMap(({ id }, index): Exit[] => {
    const to = journey.edges[from]?.[id]
    const x = ((index + 0.5) / ports.length) * cardSize.width
    return to === undefined || !Object.hasOwn(journey.nodes, to) ? [] : [{ id: `${from}.out.${id}`, x, to }]
  })
  const unique = exits.filter(({ to }, index) => exits.findIndex((exit) => exit.to === to) === index)
  return unique.length === 1 ? unique.map((exit) => ({ ...exit, x: cardSize.width / 2 })) : unique
}

/**
 * The journey as ELK reads it: cards of one size with their ports where they are, so that the plain curves
 * that the canvas draws run where ELK left room for them. Lines between the same two cards count once.
 */
export function elkGraph(journey: Journey, types: Registry): ElkNode {
  const alone = loners(journey)
  const ids = Object.keys(journey.nodes).filter((id) => !alone.has(id))
  const exits = new Map(ids.map((id) => [id, exitsOf(journey, id, types)]))
  const port = (id: string, side: 'NORTH' | 'SOUTH', x: number) => ({
    id,
    x,
    y: side === 'NORTH' ? 0 : cardSize.height,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  })
  return {
    id: 'journey',
    layoutOptions: options,
    children: ids.map((id) => ({
      id,
      ...cardSize,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        port(`${id}.in`, 'NORTH', cardSize.width / 2),
        ...(exits.get(id) ?? []).map((exit) => port(exit.id, 'SOUTH', exit.x)),
      ],
    })),
    edges: [...exits.values()].flatMap((list) =>
      list.map(({ id, to }) => ({ id: `${id} ${to}`, sources: [id], targets: [`${to}.in`] })),
    ),
  }
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
