import type { Journey } from '../../shared/journey/graph.ts'
import type { Point } from '../store/graph.ts'
import { copyId, type TakenNumbers } from '../store/ids.ts'

/** A part of a journey: nodes with the lines between them. */
export type Fragment = Pick<Journey, 'nodes' | 'edges' | 'layout' | 'variables'>

function among<T>(record: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => ids.has(id)))
}

/** The named nodes, the lines that both begin and end among them, and what they are declared with. */
export function fragmentOf(journey: Journey, ids: readonly string[]): Fragment {
  const wanted = new Set(ids)
  const edges = Object.entries(among(journey.edges, wanted)).flatMap(([from, ports]) => {
    const inner = Object.entries(ports).filter(([, to]) => wanted.has(to))
    return inner.length === 0 ? [] : [[from, Object.fromEntries(inner)] as const]
  })
  return {
    nodes: among(journey.nodes, wanted),
    edges: Object.fromEntries(edges),
    layout: among(journey.layout, wanted),
    variables: journey.variables,
  }
}

/** New ids for the nodes of a fragment, none of which the journey has. */
function renamed(journey: Journey, fragment: Fragment): Map<string, string> {
  const names = new Map<string, string>()
  const given = new Set<string>()
  const numbers: TakenNumbers = new Map()
  const taken = (id: string) => Object.hasOwn(journey.nodes, id) || given.has(id)
  for (const id of Object.keys(fragment.nodes)) {
    const next = taken(id) ? copyId(id, taken, numbers) : id
    given.add(next)
    names.set(id, next)
  }
  return names
}

/** The journey with a fragment added, moved by a distance, and the ids that its nodes got. */
export function withFragment(
  journey: Journey,
  fragment: Fragment,
  by: Point,
): { readonly journey: Journey; readonly ids: readonly string[] } {
  const names = renamed(journey, fragment)
  const name = (id: string) => names.get(id) ?? id
  const rename = <T, U>(record: Readonly<Record<string, T>>, value: (part: T) => U) =>
    Object.fromEntries(Object.entries(record).map(([id, part]) => [name(id), value(part)]))
  return {
    ids: [...names.values()],
    journey: {
      ...journey,
      variables: { ...fragment.variables, ...journey.variables },
      nodes: { ...journey.nodes, ...rename(fragment.nodes, (node) => node) },
      edges: {
        ...journey.edges,
        ...rename(fragment.edges, (ports) =>
          Object.fromEntries(Object.entries(ports).map(([port, to]) => [port, name(to)])),
        ),
      },
      layout: {
        ...journey.layout,
        ...rename(fragment.layout, ({ x, y }) => ({ x: x + by.x, y: y + by.y })),
      },
    },
  }
}
