import type { Edge, Node } from '@xyflow/react'
import type { Journey } from '../../shared/journey/graph.ts'
import { edgesOf } from '../../shared/journey/walk.ts'
import { cardSize, edgeId, type Point } from '../store/graph.ts'

/** A card as React Flow moves it; what it says it reads from the document by its id. */
export type CardNode = Node<Record<string, never>, 'card'>
export type FlowEdge = Edge<Record<string, never>, 'flow'>

const noData: Record<string, never> = {}

/** The id of every card's upper handle. */
export const entrance = 'in'

/**
 * The journey's nodes as React Flow takes them. One that stands where it stood and is selected as it was
 * stays the same object, so that its card is not drawn again.
 */
export function flowNodes(
  journey: Journey,
  selection: readonly string[],
  before: readonly CardNode[],
): CardNode[] {
  const old = new Map(before.map((node) => [node.id, node]))
  const chosen = new Set(selection)
  return Object.keys(journey.nodes).map((id, index) => {
    const position = journey.layout[id] ?? scattered(index)
    const selected = chosen.has(id)
    const known = old.get(id)
    const same =
      known !== undefined &&
      known.position.x === position.x &&
      known.position.y === position.y &&
      known.selected === selected
    if (same) return known
    // What React Flow measured stays with the node.
    return { ...known, id, type: 'card', position, selected, data: noData, ...cardSize }
  })
}

/** Where a node without a place stands: files need no layout. */
function scattered(index: number): { x: number; y: number } {
  return { x: (index % 4) * (cardSize.width + 40), y: Math.floor(index / 4) * (cardSize.height + 72) }
}

/** The journey's lines; one that did not change stays the same object. */
export function flowEdges(
  journey: Journey,
  selected: string | null,
  before: readonly FlowEdge[],
): FlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]))
  return edgesOf(journey)
    .filter(({ from, to }) => Object.hasOwn(journey.nodes, from) && Object.hasOwn(journey.nodes, to))
    .map(({ from, port, to }) => {
      const id = edgeId(from, port)
      const known = old.get(id)
      const isSelected = selected === id
      if (known?.target === to && known.selected === isSelected) return known
      return {
        id,
        type: 'flow',
        source: from,
        sourceHandle: port,
        target: to,
        targetHandle: entrance,
        selected: isSelected,
        data: noData,
      }
    })
}

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
  const [first] = places
  if (first === undefined) return { x: 0, y: 0, zoom: 1 }
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
  // The way in stands in the middle, so that what follows it is in sight.
  const zoom = 0.85
  const start = places.reduce((high, place) => (place.y < high.y ? place : high), first)
  return { zoom, x: size.width / 2 - (start.x + cardSize.width / 2) * zoom, y: head + 8 - top * zoom }
}

/** How wide a line is (px): from a hair where nobody goes to a band where everybody does. */
export function edgeWidth(count: number | null, most: number): number {
  if (count === null || most <= 0) return 2
  return 1.25 + 5 * Math.sqrt(Math.min(1, count / most))
}
