import type { Journey } from '../../shared/journey/graph.ts'
import { adjacencyOf, edgesOf, reachable } from '../../shared/journey/walk.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { edit } from '../store/document.ts'
import { canEnter, cardGap, cardSize, edgeEnd, onwardPorts, portsOf, withEdge } from '../store/graph.ts'
import type { Command } from './command.ts'
import { idFor, type Seed, withSeed } from './seed.ts'

export interface InsertOnEdge {
  readonly seed: Seed
  /** The line's id. */
  readonly edge: string
}

const step = cardSize.height + cardGap.y

/** Moves a node and all that comes after it down, so that a card fits in before it. */
function makeRoom(journey: Journey, from: string, to: string): Journey {
  const above = journey.layout[from] ?? { x: 0, y: 0 }
  const target = journey.layout[to] ?? above
  const short = above.y + 2 * step - target.y
  if (short <= 0) return journey
  const after = reachable(adjacencyOf(edgesOf(journey)), [to])
  if (after.has(from)) return journey
  const layout = Object.fromEntries(
    Object.entries(journey.layout).map(([id, place]) => [
      id,
      after.has(id) ? { x: place.x, y: place.y + short } : place,
    ]),
  )
  return { ...journey, layout }
}

/** Whether a node of a seed's type can stand within a line: something leads in, and it leads on. */
export function canInsert(seed: Seed, types: Registry): boolean {
  const type = types.get(seed.type)
  const parsed = type?.config.safeParse(seed.config)
  const ports = type && parsed?.success ? type.ports(parsed.data).length : 1
  return canEnter(seed.type, types) && ports > 0
}

/** The journey with a seed's node between some ports of a node and the node that they all lead to. */
export function withInserted(
  journey: Journey,
  types: Registry,
  {
    id,
    seed,
    from,
    ports,
    to,
  }: { id: string; seed: Seed; from: string; ports: readonly string[]; to: string },
): Journey {
  const roomy = makeRoom(journey, from, to)
  const above = roomy.layout[from] ?? { x: 0, y: 0 }
  const below = roomy.layout[to] ?? above
  const place = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 }
  const seeded = ports.reduce(
    (made, port) => withEdge(made, from, port, id),
    withSeed(roomy, id, seed, place),
  )
  const node = seeded.nodes[id]
  const own = portsOf(seeded, id, types).map((one) => one.id)
  const onward = node === undefined ? [] : onwardPorts(node, own, types)
  return onward.reduce((made, port) => withEdge(made, id, port, to), seeded)
}

/** Puts a new node into a line: the line leads to it, and it leads to where the line led. */
export const insertOnEdge: Command<InsertOnEdge> = {
  id: 'insert-on-edge',
  shortcuts: [],
  run: ({ document, types, view }, { seed, edge }) => {
    const { journey } = document.getState()
    const { from, port } = edgeEnd(edge)
    const to = journey.edges[from]?.[port]
    if (to === undefined || !canInsert(seed, types)) return
    const id = idFor(journey, seed)
    edit(document, (now) => withInserted(now, types, { id, seed, from, ports: [port], to }), {
      label: 'insert-on-edge',
      select: [id],
    })
    view.reveal([id])
  },
}
