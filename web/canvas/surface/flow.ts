import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { Journey, JourneyNode } from '../../../shared/journey/graph.ts'
import { edgesOf } from '../../../shared/journey/walk.ts'
import type { Port, Registry } from '../../../shared/nodes/type.ts'
import { canEnter, cardSize, edgeId, type Point, portsOf, portX } from '../../store/graph.ts'
import { type Lanes, lanesOf } from './lanes.ts'

/** A card as React Flow moves it; what it says it reads from the document by its id. */
export type CardNode = Node<Record<string, never>, 'card'>
/** A line, and the lane in which it runs past cards; null where it runs straight. */
export type FlowEdge = Edge<{ lane: number | null }, 'flow'>

const noData: Record<string, never> = {}

/** The id of every card's upper handle. */
export const entrance = 'in'

/** The size of a port's circle. */
const portSize = 10

function handlesFor(ports: readonly Port[], enterable: boolean): NodeHandle[] {
  const outs = ports.map(
    ({ id }, index): NodeHandle => ({
      id,
      type: 'source',
      position: Position.Bottom,
      x: portX(index, ports.length) - portSize / 2,
      y: cardSize.height - portSize / 2,
      width: portSize,
      height: portSize,
    }),
  )
  const into: NodeHandle = { id: entrance, type: 'target', position: Position.Top, x: 0, y: 0, ...cardSize }
  return enterable ? [into, ...outs] : outs
}

const known = new WeakMap<JourneyNode, { readonly edges: string; readonly handles: NodeHandle[] }>()

/**
 * Where lines meet a card. React Flow would measure it, and would draw every card of the journey to do so;
 * told beforehand it draws those alone that are seen.
 */
function handlesOf(journey: Journey, id: string, node: JourneyNode, types: Registry): NodeHandle[] {
  const edges = Object.keys(journey.edges[id] ?? {}).join(' ')
  const before = known.get(node)
  if (before?.edges === edges) return before.handles
  const handles = handlesFor(portsOf(journey, id, types), canEnter(node.type, types))
  known.set(node, { edges, handles })
  return handles
}

/**
 * The journey's nodes as React Flow takes them. One that stands where it stood and is selected as it was
 * stays the same object, so that its card is not drawn again.
 */
export function flowNodes(
  journey: Journey,
  selection: readonly string[],
  before: readonly CardNode[],
  types: Registry,
): CardNode[] {
  const old = new Map(before.map((node) => [node.id, node]))
  const chosen = new Set(selection)
  return Object.entries(journey.nodes).map(([id, node], index) => {
    const position = journey.layout[id] ?? scattered(index)
    const selected = chosen.has(id)
    const handles = handlesOf(journey, id, node, types)
    const was = old.get(id)
    const same =
      was !== undefined &&
      was.position.x === position.x &&
      was.position.y === position.y &&
      was.selected === selected &&
      was.handles === handles
    if (same) return was
    // What React Flow measured stays with the node.
    return {
      ...was,
      id,
      type: 'card',
      position,
      selected,
      handles,
      data: noData,
      measured: cardSize,
      ...cardSize,
    }
  })
}

/** Where a node without a place stands: files need no layout. */
function scattered(index: number): { x: number; y: number } {
  return { x: (index % 4) * (cardSize.width + 40), y: Math.floor(index / 4) * (cardSize.height + 72) }
}

/** Where every card stands. */
function placesOf({ nodes, layout }: Journey): Record<string, Point> {
  return Object.fromEntries(Object.keys(nodes).map((id, index) => [id, layout[id] ?? scattered(index)]))
}

let drawn: {
  readonly layout: Journey['layout']
  readonly edges: Journey['edges']
  readonly lanes: Lanes
} | null = null

/** The lanes of the journey on the screen, reckoned anew when a card has moved or a line has changed. */
function lanesNow(journey: Journey, types: Registry): Lanes {
  const { layout, edges } = journey
  if (drawn?.layout !== layout || drawn.edges !== edges)
    drawn = { layout, edges, lanes: lanesOf(journey, placesOf(journey), types) }
  return drawn.lanes
}

/** The journey's lines, told to those who hear them by the names of both ends; one that did not change stays the same object. */
export function flowEdges(
  journey: Journey,
  selected: string | null,
  before: readonly FlowEdge[],
  types: Registry,
  nameOf: (node: string) => string,
): FlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]))
  const lanes = lanesNow(journey, types)
  return edgesOf(journey)
    .filter(({ from, to }) => Object.hasOwn(journey.nodes, from) && Object.hasOwn(journey.nodes, to))
    .map(({ from, port, to }) => {
      const id = edgeId(from, port)
      const known = old.get(id)
      const isSelected = selected === id
      const lane = lanes.get(id) ?? null
      const ariaLabel = `${nameOf(from)} → ${nameOf(to)}`
      const same = known?.target === to && known.selected === isSelected && known.ariaLabel === ariaLabel
      if (same && known.data?.lane === lane) return known
      return {
        id,
        type: 'flow',
        source: from,
        sourceHandle: port,
        target: to,
        targetHandle: entrance,
        selected: isSelected,
        data: { lane },
        ariaLabel,
      }
    })
}

/** How much room a lane beside the cards takes, its label included (px). */
const laneRoom = 128

/** The smallest scale at which cards can be read. */
const readable = 0.7

/**
 * What is seen of a journey when it opens: all of it where it can be read so, else its beginning. `size` is
 * that of the surface; the toolbar stands above, the small map in the lower right corner.
 */
export function firstView(
  places: readonly Point[],
  size: { readonly width: number; readonly height: number },
): { x: number; y: number; zoom: number } {
  if (places.length === 0) return { x: 0, y: 0, zoom: 1 }
  const left = Math.min(...places.map(({ x }) => x))
  const right = Math.max(...places.map(({ x }) => x)) + cardSize.width
  const top = Math.min(...places.map(({ y }) => y))
  const bottom = Math.max(...places.map(({ y }) => y)) + cardSize.height
  const head = 64
  const scale = Math.min((size.width - 64) / (right - left), (size.height - head - 48) / (bottom - top))
  if (scale >= readable) {
    const zoom = Math.min(1, scale)
    return { zoom, x: (size.width - (left + right) * zoom) / 2, y: head + 8 - top * zoom }
  }
  // The uppermost row stands in the middle, or its left end where it is too wide.
  const row = places.filter(({ y }) => y < top + cardSize.height).map(({ x }) => x)
  const from = Math.min(...row)
  const to = Math.max(...row) + cardSize.width
  // Left of the cards a lane with its label has room, unless the row itself needs it.
  const inset = Math.max(32, Math.min(laneRoom, size.width - 32 - (to - from)))
  return { zoom: 1, x: Math.max((size.width - from - to) / 2, inset - from), y: head + 8 - top }
}

/** How wide a line is (px): from a hair where nobody goes to a band where everybody does. */
export function edgeWidth(count: number | null, most: number): number {
  if (count === null || most <= 0) return 2
  return 1.25 + 5 * Math.sqrt(Math.min(1, count / most))
}
