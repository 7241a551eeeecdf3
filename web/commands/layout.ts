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
  // Lines that pass a card by are drawn in a lane beside it, where their label has room.
  'elk.spacing.edgeNode': '56',
  'elk.spacing.edgeEdge': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  // A line that closes a loop leads back up; no card stands above the one that led to it.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
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

/** A line from a card, of those to one other card only the first. */
interface Line {
  readonly id: string
  /** Where it leaves the card for ELK (px from its left). */
  readonly x: number
  readonly to: string
}

/**
 * The lines that leave a card, in the order of their ports. For ELK they all leave in the middle, so that a
 * card stands straight under the one before; the canvas draws them from their ports.
 */
function linesOf(journey: Journey, from: string, types: Registry): Line[] {
  const lines = portsOf(journey, from, types).flatMap(({ id }) => {
    const to = journey.edges[from]?.[id]
    return to === undefined || !Object.hasOwn(journey.nodes, to) ? [] : [{ id: `${from}.out.${id}`, to }]
  })
  const unique = lines.filter(({ to }, index) => lines.findIndex((line) => line.to === to) === index)
  // The hundredths keep the ports' order, and are gone when places are rounded.
  return unique.map((line, index) => ({ ...line, x: cardSize.width / 2 + index * 0.01 }))
}

/** The cards as they are come upon from the entries on, port by port: so they stand from left to right. */
function inOrder(lines: ReadonlyMap<string, readonly Line[]>): string[] {
  const seen = new Set<string>()
  const visit = (id: string) => {
    if (seen.has(id)) return
    seen.add(id)
    for (const { to } of lines.get(id) ?? []) visit(to)
  }
  const entered = new Set([...lines.values()].flat().map(({ to }) => to))
  for (const id of lines.keys()) if (!entered.has(id)) visit(id)
  for (const id of lines.keys()) visit(id)
  return [...seen]
}

/** How many steps each card is from where the journey begins, by the longest way that does not turn back. */
function depthsOf(lines: ReadonlyMap<string, readonly Line[]>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const under = new Set<string>()
  const sink = (id: string, depth: number) => {
    if (under.has(id) || (depths.get(id) ?? -1) >= depth) return
    depths.set(id, depth)
    under.add(id)
    for (const { to } of lines.get(id) ?? []) sink(to, depth + 1)
    under.delete(id)
  }
  const entered = new Set([...lines.values()].flat().map(({ to }) => to))
  for (const id of lines.keys()) if (!entered.has(id)) sink(id, 0)
  return depths
}

/**
 * The journey as ELK reads it: cards of one size with their ports. Lines from a card to the next keep straight
 * before those that pass cards by, which the canvas draws in lanes.
 */
export function elkGraph(journey: Journey, types: Registry): ElkNode {
  const alone = loners(journey)
  const ids = Object.keys(journey.nodes).filter((id) => !alone.has(id))
  const lines = new Map(ids.map((id) => [id, linesOf(journey, id, types)]))
  const depths = depthsOf(lines)
  const port = (id: string, side: 'NORTH' | 'SOUTH', x: number) => ({
    id,
    x,
    y: side === 'NORTH' ? 0 : cardSize.height,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  })
  const edge = (from: string, { id, to }: Line) => {
    const next = (depths.get(to) ?? 0) - (depths.get(from) ?? 0) === 1
    return {
      id: `${id} ${to}`,
      sources: [id],
      targets: [`${to}.in`],
      layoutOptions: { 'elk.layered.priority.straightness': next ? '20' : '0' },
    }
  }
  return {
    id: 'journey',
    layoutOptions: options,
    children: inOrder(lines).map((id) => ({
      id,
      ...cardSize,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        port(`${id}.in`, 'NORTH', cardSize.width / 2),
        ...(lines.get(id) ?? []).map((line) => port(line.id, 'SOUTH', line.x)),
      ],
    })),
    edges: [...lines].flatMap(([from, list]) => list.map((line) => edge(from, line))),
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
