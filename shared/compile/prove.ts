import { Problem } from '../errors/index.ts'
import type { Journey } from '../journey/graph.ts'
import { adjacencyOf, components, type Edge } from '../journey/walk.ts'
import type { PassageInput, Registry } from '../nodes/type.ts'
import { freeEdges, isBounded, limitPort, type ReadJourney, type ReadNode, readJourney } from './read.ts'

/** What is known of every passage beforehand; null where the graph alone does not tell. */
export interface Proof {
  readonly longestPassageMs: number | null
  readonly shortestPassageMs: number | null
  readonly mostMessages: number | null
}

export interface ProveOptions {
  /** Epoch milliseconds; the triggers' next firings after it are reckoned with. */
  readonly now?: number
  readonly zone?: string
}

/** A walk's place: a node, and how many visits of its loop's bounded nodes are used up. */
interface Place {
  readonly node: string
  readonly used: number
}

interface Loops {
  /** The loop that a node belongs to, by number. */
  readonly of: ReadonlyMap<string, number>
  /** How many visits the bounded nodes of each loop allow in all. */
  readonly visits: readonly number[]
  /** The nodes in an order in which free edges lead forward only. */
  readonly order: ReadonlyMap<string, number>
  readonly out: ReadonlyMap<string, readonly Edge[]>
}

const mostPlaces = 50_000
const defaultZone = 'Asia/Shanghai'

function visitsOf(node: ReadNode | undefined): number {
  return node !== undefined && isBounded(node) ? (node.type.maxVisits?.(node.config) ?? 0) : 0
}

/** Null where a walk may go on for ever, or the loops are too large to be unrolled. */
function loopsOf(read: ReadJourney): Loops | null {
  const ids = [...read.nodes.keys()]
  const loops = components(adjacencyOf(read.edges), ids)
  const free = components(adjacencyOf(freeEdges(read)), ids)
  const selfish = freeEdges(read).some(({ from, to }) => from === to)
  if (selfish || free.some((part) => part.length > 1)) return null
  const visits = loops.map((loop) => loop.reduce((sum, id) => sum + visitsOf(read.nodes.get(id)), 0))
  const places = loops.reduce((sum, loop, index) => sum + loop.length * ((visits[index] ?? 0) + 1), 0)
  if (places > mostPlaces) return null
  return {
    of: new Map(loops.flatMap((loop, index) => loop.map((id) => [id, index] as const))),
    visits,
    // Components come after those that they lead to.
    order: new Map(free.flat().map((id, index) => [id, -index] as const)),
    out: new Map(ids.map((id) => [id, read.edges.filter(({ from }) => from === id)])),
  }
}

/** Where an edge leads, or null where the visits do not allow it. */
function follow(read: ReadJourney, loops: Loops, { node, used }: Place, edge: Edge): Place | null {
  const own = visitsOf(read.nodes.get(node))
  const loop = loops.of.get(node) ?? 0
  const limited = own > 0 && edge.port === limitPort
  // Alone in its loop a bounded node leaves by `limit` exactly when its visits are used up.
  if (limited && used < own) return null
  if (own > 0 && !limited && used >= (loops.visits[loop] ?? 0)) return null
  if (loops.of.get(edge.to) !== loop) return { node: edge.to, used: 0 }
  return { node: edge.to, used: own > 0 && !limited ? used + 1 : used }
}

/** All places that can be reached from a trigger, each before those that it leads to. */
function placesFrom(read: ReadJourney, loops: Loops, trigger: string): Place[] {
  const found = new Map<string, Place>([[`${trigger} 0`, { node: trigger, used: 0 }]])
  for (const place of found.values())
    for (const edge of loops.out.get(place.node) ?? []) {
      const next = follow(read, loops, place, edge)
      if (next !== null && !found.has(keyOf(next))) found.set(keyOf(next), next)
    }
  const rank = ({ node, used }: Place) => [-(loops.of.get(node) ?? 0), used, loops.order.get(node) ?? 0]
  return [...found.values()].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    const differs = left.findIndex((value, index) => value !== right[index])
    return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0)
  })
}

function keyOf({ node, used }: Place): string {
  return `${node} ${used}`
}

type Bounds = readonly [least: number, most: number] | null

/** Carries bounds from a trigger to the exits; `leave` says what an edge makes of those at its node. */
function carry(
  read: ReadJourney,
  loops: Loops,
  trigger: string,
  start: number,
  leave: (bounds: readonly [number, number], edge: Edge, node: ReadNode) => Bounds,
): Bounds {
  const at = new Map<string, readonly [number, number]>([[`${trigger} 0`, [start, start]]])
  let ends: Bounds = null
  const join = (known: Bounds, more: readonly [number, number]): readonly [number, number] =>
    known === null ? more : [Math.min(known[0], more[0]), Math.max(known[1], more[1])]
  for (const place of placesFrom(read, loops, trigger)) {
    const bounds = at.get(keyOf(place))
    const node = read.nodes.get(place.node)
    if (bounds === undefined || node === undefined) continue
    if (node.type.role === 'exit') ends = join(ends, bounds)
    for (const edge of loops.out.get(place.node) ?? []) {
      const next = follow(read, loops, place, edge)
      if (next === null) continue
      const left = leave(bounds, edge, node)
      if (left === null) return null
      at.set(keyOf(next), join(at.get(keyOf(next)) ?? null, left))
    }
  }
  return ends
}

type Entry = Pick<PassageInput, 'enteredAt' | 'anchor' | 'fixedEntry'>

/** When a trigger lets in: fixed if it fires once, or at each occurrence of a festival. */
function entryOf(node: ReadNode | undefined, now: number, zone: string): Entry {
  const entrance = node?.type.entrance?.(node.config)
  const next = entrance?.kind === 'schedule' ? entrance.next : null
  const firing = next?.(now, zone) ?? next?.(0, zone) ?? null
  if (next === null || firing === null) return { enteredAt: now, anchor: null, fixedEntry: false }
  const fixedEntry = firing.anchor !== null || next(firing.at, zone) === null
  return { enteredAt: firing.at, anchor: firing.anchor, fixedEntry }
}

/** Nothing can be said of a passage that leads out of the calendar's range. */
function timeOf(read: ReadJourney, loops: Loops, trigger: string, now: number, zone: string): Bounds {
  try {
    return passageOf(read, loops, trigger, now, zone)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function passageOf(read: ReadJourney, loops: Loops, trigger: string, now: number, zone: string): Bounds {
  const entry = entryOf(read.nodes.get(trigger), now, zone)
  const ends = carry(read, loops, trigger, entry.enteredAt, (bounds, { port }, { type, config }) => {
    const from = (arrivedAt: number) =>
      type.passage === undefined
        ? ([arrivedAt, arrivedAt] as const)
        : type.passage(config, { ...entry, arrivedAt, zone, port })
    const first = from(bounds[0])
    const last = from(bounds[1])
    return first === null || last === null ? null : [first[0], last[1]]
  })
  return ends === null ? null : [ends[0] - entry.enteredAt, ends[1] - entry.enteredAt]
}

function messagesOf(read: ReadJourney, loops: Loops, trigger: string): Bounds {
  return carry(read, loops, trigger, 0, ([least, most], _edge, { type, config }) => [
    least,
    most + (type.messages?.(config) ?? 0),
  ])
}

/**
 * The longest and the shortest passage from entry to an exit, and the most messages that one customer can
 * get. Loops count as often as their visits allow; where several waits share one loop these are bounds.
 * Not reckoned: quiet hours, late timers, leaving early by an exit rule or a goal. The journey must have
 * passed the check.
 */
export function prove(journey: Journey, registry: Registry, options: ProveOptions = {}): Proof {
  const read = readJourney(journey, registry)
  const zone = journey.settings.zone ?? options.zone ?? defaultZone
  const loops = read.unclear.size > 0 || read.triggers.length === 0 ? null : loopsOf(read)
  if (loops === null) return { longestPassageMs: null, shortestPassageMs: null, mostMessages: null }
  const times = read.triggers.map((trigger) => timeOf(read, loops, trigger, options.now ?? 0, zone))
  const messages = read.triggers.map((trigger) => messagesOf(read, loops, trigger))
  const all = (bounds: readonly Bounds[], pick: 0 | 1) =>
    bounds.reduce<number | null>((best, one) => {
      if (one === null || best === null) return null
      return pick === 0 ? Math.min(best, one[0]) : Math.max(best, one[1])
    }, bounds[0]?.[pick] ?? null)
  return {
    longestPassageMs: all(times, 1),
    shortestPassageMs: all(times, 0),
    mostMessages: all(messages, 1),
  }
}
