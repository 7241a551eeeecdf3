import type { Plan } from '../../../shared/compile/plan.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { type Edge, edgesOf } from '../../../shared/journey/walk.ts'
import type { PassageInput } from '../../../shared/nodes/type.ts'

type Stretch = readonly [earliest: number, latest: number] | null

/** Where a customer enters, and when. */
export interface Entering {
  readonly trigger: string
  readonly at: number
  readonly anchor: PassageInput['anchor']
  readonly fixed: boolean
}

/** As long as journeys are; a loop ends here. */
const mostRounds = 200

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
 * every way there, else null. Nodes that are not reached are left out.
 */
export function arrivalsOf(
  plan: Plan,
  journey: Journey,
  entering: Entering,
  zone: string,
): ReadonlyMap<string, number | null> {
  const edges = edgesOf(journey)
  const found = new Map<string, Stretch>([[entering.trigger, [entering.at, entering.at]]])
  for (let round = 0, changed = true; changed && round < mostRounds; round += 1) {
    changed = false
    for (const edge of edges) {
      const arrived = found.get(edge.from)
      if (arrived === undefined) continue
      const known = found.get(edge.to)
      const next = widened(known, leaving(plan, edge, arrived, entering, zone))
      if (same(known, next)) continue
      found.set(edge.to, next)
      changed = true
    }
  }
  return new Map(
    [...found].map(([id, stretch]) => [
      id,
      stretch !== null && stretch[0] === stretch[1] ? stretch[0] : null,
    ]),
  )
}
