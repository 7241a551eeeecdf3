import type { Journey } from '../../../shared/journey/graph.ts'
import { edgesOf } from '../../../shared/journey/walk.ts'
import { registry } from '../../../shared/nodes/index.ts'
import type { Category, Registry } from '../../../shared/nodes/type.ts'

/** One node of the drawing, its place in tiles from the upper left. */
export interface SketchTile {
  readonly id: string
  readonly type: string
  readonly category: Category
  readonly column: number
  readonly row: number
}

/** A drawing of a journey from left to right. */
export interface Sketch {
  readonly tiles: readonly SketchTile[]
  readonly lines: readonly { readonly id: string; readonly from: SketchTile; readonly to: SketchTile }[]
  readonly columns: number
  readonly rows: number
}

const ranks = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b)

/** How many lines lie on the shortest way from a node without incoming lines. */
function depths(journey: Journey): Map<string, number> {
  const edges = edgesOf(journey)
  const entered = new Set(edges.map(({ to }) => to))
  const found = new Map<string, number>()
  for (const id of Object.keys(journey.nodes)) if (!entered.has(id)) found.set(id, 0)
  // A Map is walked in the order of insertion, those added on the way included.
  for (const [id, depth] of found)
    for (const edge of edges) if (edge.from === id && !found.has(edge.to)) found.set(edge.to, depth + 1)
  return found
}

/** Places on the canvas, where the file has them all; else layers by distance from the entry. */
function places(journey: Journey): Map<string, { x: number; y: number }> {
  const ids = Object.keys(journey.nodes)
  if (ids.every((id) => Object.hasOwn(journey.layout, id)))
    return new Map(ids.map((id) => [id, journey.layout[id] ?? { x: 0, y: 0 }]))
  const layers = depths(journey)
  const taken = new Map<number, number>()
  return new Map(
    ids.map((id) => {
      const y = layers.get(id) ?? 0
      const x = taken.get(y) ?? 0
      taken.set(y, x + 1)
      return [id, { x, y }]
    }),
  )
}

/** The canvas turned on its side: its layers become columns, so that a long journey fits a card. */
export function sketchOf(journey: Journey, types: Registry = registry): Sketch {
  const at = places(journey)
  const columns = ranks([...at.values()].map(({ y }) => y))
  const rows = ranks([...at.values()].map(({ x }) => x))
  const tiles = Object.entries(journey.nodes).map(([id, { type }]) => ({
    id,
    type,
    category: types.get(type)?.category ?? 'customer',
    column: columns.indexOf(at.get(id)?.y ?? 0),
    row: rows.indexOf(at.get(id)?.x ?? 0),
  }))
  const byId = new Map(tiles.map((tile) => [tile.id, tile]))
  const lines = edgesOf(journey).flatMap(({ from, port, to }) => {
    const ends = [byId.get(from), byId.get(to)] as const
    return ends[0] && ends[1] ? [{ id: `${from}.${port}`, from: ends[0], to: ends[1] }] : []
  })
  return { tiles, lines, columns: columns.length, rows: rows.length }
}
