import type { Edge } from '../journey/walk.ts'
import type { ReadJourney, ReadNode } from './read.ts'
import { follow, keyOf, type Loops, type Place } from './unroll.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A journey with its loops laid out: each place before those that it leads to. */
export interface Unrolled {
  readonly read: ReadJourney
  readonly loops: Loops
  readonly places: readonly Place[]
}

/** How many messages one visit sends, of the kind that is counted. */
export type Count = (node: ReadNode) => number

/** The least time that surely passes at a place before it is left by an edge. */
export type Stay = (place: Place, edge: Edge, node: ReadNode) => number

/** The most messages that anybody can get on one way from the trigger to an exit. */
export function mostInAll({ read, loops, places }: Unrolled, count: Count): number {
  const known = new Map<string, number>()
  let most = 0
  for (const place of places.toReversed()) {
    const node = read.nodes.get(place.node)
    if (node === undefined) continue
    const later = (loops.out.get(place.node) ?? []).map((edge) => {
      const next = follow(read, loops, place, edge)
      return next === null ? 0 : (known.get(keyOf(next)) ?? 0)
    })
    const here = count(node) + Math.max(0, ...later)
    known.set(keyOf(place), here)
    most = Math.max(most, here)
  }
  return most
}

/** Counted one by one up to here; who can get more in a day is told the most of the whole passage. */
const mostCounted = 100

/**
 * The most messages that anybody can get within a window (ms, its end excluded). From the exits backwards,
 * each place keeps the least time in which one, two, three more messages can be had from there on.
 */
export function mostWithin(
  { read, loops, places }: Unrolled,
  count: Count,
  stay: Stay,
  window: number,
): number {
  const known = rounds(loops)
  let most = 0
  for (const place of places.toReversed()) {
    const node = read.nodes.get(place.node)
    if (node === undefined) continue
    const sent = count(node)
    const best: number[] = Array.from({ length: sent + 1 }, () => 0)
    for (const edge of loops.out.get(place.node) ?? []) {
      const next = follow(read, loops, place, edge)
      const later = next === null ? undefined : known.get(next)
      if (later === undefined) continue
      // A message may leave at the end of its visit, so its own stay parts it from none.
      const stays = sent > 0 ? 0 : stay(place, edge, node)
      for (const [more, time] of later.entries()) {
        const at = stays + time
        if (at >= window || sent + more > mostCounted) break
        if (more > 0) best[sent + more] = Math.min(best[sent + more] ?? at, at)
      }
    }
    known.set(place, best)
    most = Math.max(most, best.length - 1)
  }
  return most < mostCounted ? most : mostInAll({ read, loops, places }, count)
}

/**
 * What is known of places, the later rounds of a loop forgotten as it is gone through backwards: a place leads
 * into its own round, the next one, or the first of another loop.
 */
function rounds(loops: Loops) {
  const first = new Map<string, readonly number[]>()
  let loop = -1
  let used = -1
  let own = new Map<string, readonly number[]>()
  let next = new Map<string, readonly number[]>()
  return {
    get: (place: Place) =>
      place.used === 0 ? first.get(place.node) : (place.used === used ? own : next).get(place.node),
    set: (place: Place, best: readonly number[]) => {
      const of = loops.of.get(place.node) ?? -1
      if (of !== loop || place.used !== used) {
        next = of === loop && place.used === used - 1 ? own : new Map()
        own = new Map()
        loop = of
        used = place.used
      }
      own.set(place.node, best)
      if (place.used === 0) first.set(place.node, best)
    },
  }
}
