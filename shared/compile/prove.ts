import { Problem } from '../errors/index.ts'
import type { Journey } from '../journey/graph.ts'
import type { Edge } from '../journey/walk.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../nodes/entrance.ts'
import type { PassageInput, Registry, StayInput } from '../nodes/type.ts'
import { apartIn } from './apart.ts'
import { type Count, dayMs, hourMs, mostInAll, mostWithin, type Unrolled } from './crowd.ts'
import { type ReadJourney, type ReadNode, readJourney } from './read.ts'
import { follow, keyOf, type Loops, loopsOf, type Place, placesFrom } from './unroll.ts'

/** What is known of every passage beforehand; null where the graph alone does not tell. */
export interface Proof {
  readonly longestPassageMs: number | null
  readonly shortestPassageMs: number | null
  readonly mostMessages: number | null
  /** In any 24 hours. */
  readonly mostMessagesInDay: number | null
  /** Marketing messages by one channel in any hour: what the breaker counts (rule 11). */
  readonly mostMarketingInHour: number | null
}

export interface ProveOptions {
  /** Epoch milliseconds; the triggers' next firings after it are reckoned with. */
  readonly now?: number
  readonly zone?: string
}

const defaultZone = 'Asia/Shanghai'

/** The earliest and the latest moment; null where they are not known. */
type Bounds = readonly [earliest: number, latest: number] | null

function joined(known: Bounds | undefined, more: Bounds): Bounds {
  if (known === undefined) return more
  return known === null || more === null ? null : [Math.min(known[0], more[0]), Math.max(known[1], more[1])]
}

interface Times {
  /** When somebody may come to a place, by `keyOf`. */
  readonly at: ReadonlyMap<string, Bounds>
  readonly ends: Bounds
}

/** Carries the moments of arrival from a trigger to the exits. */
function timesFrom(read: ReadJourney, { loops, places }: Unrolled, trigger: string, entry: Entry): Times {
  const start = { node: trigger, used: 0 }
  const at = new Map<string, Bounds>([[keyOf(start), [entry.enteredAt, entry.enteredAt]]])
  let ends: Bounds | undefined
  for (const place of places) {
    const bounds = at.get(keyOf(place)) ?? null
    const node = read.nodes.get(place.node)
    if (node === undefined) continue
    if (node.type.role === 'exit') ends = joined(ends, bounds)
    for (const edge of loops.out.get(place.node) ?? []) {
      const next = follow(read, loops, place, edge)
      if (next !== null) at.set(keyOf(next), joined(at.get(keyOf(next)), left(bounds, edge, node, entry)))
    }
  }
  return { at, ends: ends ?? null }
}

/** When somebody who comes between two moments leaves by an edge. */
function left(bounds: Bounds, { port }: Edge, { type, config }: ReadNode, entry: Entry): Bounds {
  if (bounds === null || type.passage === undefined) return bounds
  try {
    const first = type.passage(config, { ...entry, arrivedAt: bounds[0], port })
    const last = type.passage(config, { ...entry, arrivedAt: bounds[1], port })
    return first === null || last === null ? null : [first[0], last[1]]
  } catch (error) {
    // Nothing can be said of a passage that leads out of the calendar's range.
    if (error instanceof Problem) return null
    throw error
  }
}

type Entry = Omit<PassageInput, 'arrivedAt' | 'port'>

/** By what it can be known beforehand when a trigger lets in; null where it cannot. */
const timetables: ForEntrances<[], ScheduleEntrance['next'] | null> = {
  schedule: ({ next }) => next,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** When a trigger lets in: fixed if it fires once, or at each occurrence of a festival. */
function entryOf(node: ReadNode | undefined, now: number, zone: string): Entry {
  const entrance = node?.type.entrance?.(node.config)
  const next = entrance === undefined ? null : forEntrance(timetables, entrance)
  const firing = next?.(now, zone) ?? next?.(0, zone) ?? null
  if (next === null || firing === null) return { enteredAt: now, anchor: null, fixedEntry: false, zone }
  const fixedEntry = firing.anchor !== null || next(firing.at, zone) === null
  return { enteredAt: firing.at, anchor: firing.anchor, fixedEntry, zone }
}

interface PartialProof {
  readonly times: Bounds
  readonly messages: number
  readonly inDay: number
  readonly inHour: number
}

/** What is sent on each visit, of all messages or of the marketing by one channel. */
const all: Count = ({ type, config }) => type.messages?.(config) ?? 0
const marketing =
  (channel: string): Count =>
  ({ type, config }) =>
    (type.promotes?.(config) ?? []).filter((channels) => channels.includes(channel)).length

/** A journey laid out from a trigger, with the times that are known of it. */
function laidOut(read: ReadJourney, loops: Loops, trigger: string, entry: Entry) {
  const unrolled = { read, loops, places: placesFrom(read, loops, trigger) }
  const times = timesFrom(read, unrolled, trigger, entry)
  const apart = apartIn(read, loops)
  const stay = (place: Place, { port }: Edge, node: ReadNode) => {
    const { type, config } = node
    const bounds = times.at.get(keyOf(place)) ?? null
    const latest: StayInput['latest'] = bounds === null ? null : { ...entry, arrivedAt: bounds[1] }
    const least = type.leastStay?.(config, { port, latest }) ?? 0
    return least === 0 || place.used === 0 ? least : Math.max(least, apart(node))
  }
  return { unrolled, times, stay }
}

function proveTrigger(read: ReadJourney, loops: Loops, trigger: string, entry: Entry): PartialProof {
  const { unrolled, times, stay } = laidOut(read, loops, trigger, entry)
  const channels = new Set(
    [...read.nodes.values()].flatMap(({ type, config }) => (type.promotes?.(config) ?? []).flat()),
  )
  return {
    times: times.ends === null ? null : [times.ends[0] - entry.enteredAt, times.ends[1] - entry.enteredAt],
    messages: mostInAll(unrolled, all),
    inDay: mostWithin(unrolled, all, stay, dayMs),
    inHour: Math.max(0, ...[...channels].map((one) => mostWithin(unrolled, marketing(one), stay, hourMs))),
  }
}

/**
 * The longest and the shortest passage from entry to an exit, and the most messages that one customer can
 * get in one passage: in all, in a day, and by one channel in an hour. Loops count as often as their visits
 * allow; where several waits share one loop these are bounds. Not reckoned: quiet hours, late timers,
 * leaving early by an exit rule or a goal. The journey must have passed the check.
 */
export function prove(journey: Journey, registry: Registry, options: ProveOptions = {}): Proof {
  const read = readJourney(journey, registry)
  return proveRead(read, options) ?? unknown
}

const unknown: Proof = {
  longestPassageMs: null,
  shortestPassageMs: null,
  mostMessages: null,
  mostMessagesInDay: null,
  mostMarketingInHour: null,
}

/** The most marketing messages of one passage that a ceiling would count together; null where none can be told. */
export function mostUnder(
  read: ReadJourney,
  options: ProveOptions,
  cap: { readonly channel: string | null; readonly days: number },
): number | null {
  const zone = read.journey.settings.zone ?? options.zone ?? defaultZone
  const loops = read.unclear.size > 0 || read.triggers.length === 0 ? null : loopsOf(read)
  if (loops === null) return null
  const count: Count =
    cap.channel === null ? ({ type, config }) => type.promotes?.(config).length ?? 0 : marketing(cap.channel)
  return Math.max(
    ...read.triggers.map((trigger) => {
      const entry = entryOf(read.nodes.get(trigger), options.now ?? 0, zone)
      const { unrolled, stay } = laidOut(read, loops, trigger, entry)
      return mostWithin(unrolled, count, stay, cap.days * dayMs)
    }),
  )
}

/** Null where a node is unclear, nobody can enter, or a loop goes on for ever or is too large. */
export function proveRead(read: ReadJourney, options: ProveOptions): Proof | null {
  const zone = read.journey.settings.zone ?? options.zone ?? defaultZone
  const loops = read.unclear.size > 0 || read.triggers.length === 0 ? null : loopsOf(read)
  if (loops === null) return null
  const parts = read.triggers.map((trigger) =>
    proveTrigger(read, loops, trigger, entryOf(read.nodes.get(trigger), options.now ?? 0, zone)),
  )
  const times = parts.map((part) => part.times).reduce((known, more) => joined(known, more))
  const most = (pick: (part: PartialProof) => number) => Math.max(...parts.map(pick))
  return {
    longestPassageMs: times?.[1] ?? null,
    shortestPassageMs: times?.[0] ?? null,
    mostMessages: most(({ messages }) => messages),
    mostMessagesInDay: most(({ inDay }) => inDay),
    mostMarketingInHour: most(({ inHour }) => inHour),
  }
}
