import type { Journey } from '../../shared/journey/graph.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { edit } from '../store/document.ts'
import {
  canEnter,
  cardGap,
  cardSize,
  freePlace,
  freePorts,
  onwardPorts,
  type Point,
  portsOf,
  withEdge,
} from '../store/graph.ts'
import type { Command } from './command.ts'
import { canInsert, withInserted } from './insert-on-edge.ts'
import { idFor, type Seed, withSeed } from './seed.ts'

export interface AddNode {
  readonly seed: Seed
  /** Where its middle comes to stand; null: below what it follows, else in the middle of the view. */
  readonly at: Point | null
  /** The port that leads to it; without it and without a place, the selected node's free ports do. */
  readonly from?: { readonly node: string; readonly port: string }
}

interface Before {
  readonly id: string
  readonly ports: readonly string[]
  /** Where those ports lead already; null: nowhere. */
  readonly to: string | null
}

/**
 * What a new node follows when the palette is clicked: the selected node's free ports or, where it has none
 * and all that goes on leads to one node, the place between the two.
 */
function before(journey: Journey, selection: readonly string[], seed: Seed, types: Registry): Before | null {
  const [id] = selection
  const node = id === undefined ? undefined : journey.nodes[id]
  if (selection.length !== 1 || id === undefined || node === undefined || !canEnter(seed.type, types))
    return null
  const free = freePorts(journey, id, types)
  if (free.length > 0) return { id, ports: onwardPorts(node, free, types), to: null }
  const all = portsOf(journey, id, types).map((port) => port.id)
  const ports = onwardPorts(node, all, types)
  const [to, ...others] = [...new Set(ports.map((port) => journey.edges[id]?.[port]))]
  return to === undefined || others.length > 0 || !canInsert(seed, types) ? null : { id, ports, to }
}

function below(journey: Journey, id: string): Point {
  const { x, y } = journey.layout[id] ?? { x: 0, y: 0 }
  return { x, y: y + cardSize.height + cardGap.y }
}

/** Adds a node from the palette, connected where that is what is meant, and selects it. */
export const addNode: Command<AddNode> = {
  id: 'add-node',
  shortcuts: [],
  run: ({ document, types, view }, { seed, at, from }) => {
    const { journey, selection } = document.getState()
    const id = idFor(journey, seed)
    const follows = at === null && from === undefined ? before(journey, selection, seed, types) : null
    if (follows !== null && follows.to !== null) {
      const between = { id, seed, from: follows.id, ports: follows.ports, to: follows.to }
      edit(document, (now) => withInserted(now, types, between), { label: 'add-node', select: [id] })
      view.reveal([id])
      return
    }
    const above = from?.node ?? follows?.id
    const middle = at ?? (above === undefined ? view.middle() : null)
    const wished =
      middle === null
        ? below(journey, above ?? '')
        : { x: middle.x - cardSize.width / 2, y: middle.y - cardSize.height / 2 }
    const place = at === null ? freePlace(journey, wished) : wished
    const lines =
      from !== undefined
        ? [[from.node, from.port] as const]
        : (follows?.ports ?? []).map((port) => [follows?.id ?? '', port] as const)
    edit(
      document,
      (now) =>
        lines.reduce((made, [node, port]) => withEdge(made, node, port, id), withSeed(now, id, seed, place)),
      { label: 'add-node', select: [id] },
    )
    view.reveal([id])
  },
}
