import { endingReasons } from '../effects/reasons.ts'
import type { Journey } from '../journey/graph.ts'
import { type ForEntrances, forEntrance, type JourneyEntrance } from '../nodes/entrance.ts'
import type { Registry } from '../nodes/type.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { type ReadJourney, type ReadNode, readJourney } from './read.ts'

/** Another journey as it runs, or as it is drawn where it never has; null where there is none. */
export type JourneyReader = (id: string) => Journey | null

const followed: ForEntrances<[], JourneyEntrance | null> = {
  schedule: () => null,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: (entrance) => entrance,
}

interface Following {
  readonly node: ReadNode
  readonly entrance: JourneyEntrance
}

function followingsOf(read: ReadJourney): Following[] {
  return [...read.nodes.values()].flatMap((node) => {
    const entrance = node.type.entrance?.(node.config)
    const following = entrance === undefined ? null : forEntrance(followed, entrance)
    return following === null || following.journey === '' ? [] : [{ node, entrance: following }]
  })
}

/** The least time (ms) that surely passes from a trigger to an exit (rule 11); 0 where it may be none. */
function leastPassage({ nodes, out }: ReadJourney, trigger: string): number {
  const known = new Map<string, number>([[trigger, 0]])
  const open = new Set([trigger])
  let least = Number.POSITIVE_INFINITY
  while (open.size > 0) {
    const here = [...open].reduce((a, b) => ((known.get(b) ?? 0) < (known.get(a) ?? 0) ? b : a))
    open.delete(here)
    const node = nodes.get(here)
    const so = known.get(here) ?? 0
    if (node === undefined || node.type.role === 'exit') least = Math.min(least, so)
    else
      for (const { port, to } of out.get(here) ?? []) {
        const after = so + (node.type.leastStay?.(node.config, { port, latest: null }) ?? 0)
        if (after >= (known.get(to) ?? Number.POSITIVE_INFINITY)) continue
        known.set(to, after)
        open.add(to)
      }
  }
  return least === Number.POSITIVE_INFINITY ? 0 : least
}

interface Step {
  readonly id: string
  /** The trigger by which the journey follows the next one. */
  readonly trigger: string
}

/**
 * A circle through which somebody would run without any time passing, from a trigger of the first journey back to
 * itself; null where there is none.
 */
function circleFrom(
  first: ReadJourney,
  { node, entrance }: Following,
  journeys: (id: string) => ReadJourney | null,
): string[] | null {
  const own = first.journey.id
  const seen = new Set<string>()
  const walk = (id: string, way: readonly Step[]): string[] | null => {
    if (id === own) return way.map((step) => step.id)
    const read = seen.has(id) ? null : journeys(id)
    seen.add(id)
    if (read === null) return null
    for (const following of followingsOf(read)) {
      const trigger = following.node.id
      if (leastPassage(read, trigger) > 0) continue
      const found = walk(following.entrance.journey, [...way, { id, trigger }])
      if (found !== null) return found
    }
    return null
  }
  if (leastPassage(first, node.id) > 0) return null
  return walk(entrance.journey, [{ id: own, trigger: node.id }])
}

/** Ways out of a journey by which another may follow it. */
function unknownEndings(read: ReadJourney, { endings }: JourneyEntrance): string[] {
  const reasons: readonly string[] = endingReasons
  return endings.filter((ending) => {
    const role = read.roleOf(ending)
    return role !== 'exit' && role !== 'goal' && !reasons.includes(ending)
  })
}

/** Rule 1: journeys that are not there, and circles of journeys that would never end (rule 11). */
export function checkJourneys(
  read: ReadJourney,
  registry: Registry,
  journeys: JourneyReader | undefined,
): Diagnostic[] {
  const followings = followingsOf(read)
  if (followings.length === 0) return []
  const known = new Map<string, ReadJourney | null>([[read.journey.id, read]])
  const reader = (id: string): ReadJourney | null => {
    const found = known.get(id)
    if (found !== undefined) return found
    const journey = journeys?.(id) ?? null
    const other = journey === null ? null : readJourney(journey, registry)
    known.set(id, other)
    return other
  }
  return followings.flatMap((following) => {
    const { node, entrance } = following
    const place = { node: node.id, field: 'journey' }
    const other = reader(entrance.journey)
    if (other === null)
      return journeys === undefined ? [] : [diagnose('journey-missing', place, { journey: entrance.journey })]
    const circle = circleFrom(read, following, reader)
    const missing = unknownEndings(other, entrance)
    return [
      ...(circle === null
        ? []
        : [diagnose('journey-circle', place, { circle: [...circle, read.journey.id].join(' → ') })]),
      ...missing.map((ending) =>
        diagnose('ending-missing', { ...place, field: 'endings' }, { ending, journey: entrance.journey }),
      ),
    ]
  })
}
