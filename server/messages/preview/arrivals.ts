import type { Plan } from '../../../shared/compile/plan.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { adjacencyOf, type Edge, edgesBySource, edgesOf, wayFrom } from '../../../shared/journey/walk.ts'
import type { PassageInput } from '../../../shared/nodes/type.ts'

type Stretch = readonly [earliest: number, latest: number] | null

/** Where a customer enters, and when. */
export interface Entering {
  readonly trigger: string
  readonly at: number
  readonly anchor: PassageInput['anchor']
  readonly fixed: boolean
}

/** How often the lines of a loop are gone along at most, so many for each of them and so many more for all. */
const turnsForEach = 20
const turnsForAll = 10_000

function leaving(
  plan: Plan,
  { from, port }: Edge,
  arrived: Stretch,
  entering: Entering,
  zone: string,
): Stretch {
  const node = plan.nodes.get(from)
  if (arrived === null || node?.type.passage === undefined) return arrived
  const reach = (arrivedAt: number) =>
    node.type.passage?.(node.config, {
      enteredAt: entering.at,
      arrivedAt,
      zone,
      anchor: entering.anchor,
      fixedEntry: entering.fixed,
      port,
    }) ?? null
  const first = reach(arrived[0])
  const last = reach(arrived[1])
  return first === null || last === null ? null : [first[0], last[1]]
}

function widened(known: Stretch | undefined, more: Stretch): Stretch {
  if (known === undefined) return more
  if (known === null || more === null) return null
  return [Math.min(known[0], more[0]), Math.max(known[1], more[1])]
}

const same = (a: Stretch | undefined, b: Stretch) =>
  a !== undefined && (a === b || (a !== null && b !== null && a[0] === b[0] && a[1] === b[1]))

/**
 * When each node is reached, as far as the journey's own dates tell: the moment where it is the same on
 * every way there, else null; in the order of the way. Nodes that are not reached are left out.
 */
export function arrivalsOf(
  plan: Plan,
  journey: Journey,
  entering: Entering,
  zone: string,
): ReadonlyMap<string, number | null> {
  const edges = edgesOf(journey)
  const out = edgesBySource(edges)
  const way = wayFrom(adjacencyOf(edges), [entering.trigger])
  const found = new Map<string, Stretch>([[entering.trigger, [entering.at, entering.at]]])
  /** Goes on from a node; answers to where that tells something new. */
  const goOn = (from: string): string[] =>
    (out.get(from) ?? []).flatMap((edge) => {
      const arrived = found.get(from)
      if (arrived === undefined) return []
      const known = found.get(edge.to)
      const next = widened(known, leaving(plan, edge, arrived, entering, zone))
      if (same(known, next)) return []
      found.set(edge.to, next)
      return [edge.to]
    })
  for (const group of way) {
    const members = new Set(group)
    let turns = turnsForAll + turnsForEach * group.length
    // Within a loop what is new is carried on until nothing is, or long enough.
    for (let waiting = group; waiting.length > 0 && turns > 0; ) {
      turns -= waiting.length
      const told = waiting.flatMap(goOn)
      waiting = [...new Set(told.filter((node) => members.has(node)))]
    }
  }
  return new Map(
    way.flat().flatMap((id) => {
      const stretch = found.get(id)
      if (stretch === undefined) return []
      return [[id, stretch !== null && stretch[0] === stretch[1] ? stretch[0] : null] as const]
    }),
  )
}
