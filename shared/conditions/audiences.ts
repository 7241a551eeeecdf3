import { limits } from '../limits.ts'
import { type Condition, leavesOf } from './schema.ts'
import type { TimeContext } from './window.ts'

/** What stands where a saved condition cannot be read any more. */
export const unreadable = 'unreadable'

/** A saved audience: its own condition, null for a list. */
export type Saved = Condition | typeof unreadable | null

/** Saved audiences as conditions refer to them; undefined where there is none. */
export type SavedAudience = (key: string) => Saved | undefined

/** Why nobody can say who is in an audience. */
export type AudienceFault =
  /** Each names the next, and the last the first. */
  | { readonly kind: 'circle'; readonly audiences: readonly string[] }
  /** From one that names another to the next, more than the limit allows. */
  | { readonly kind: 'deep'; readonly levels: number }
  | { readonly kind: 'unreadable'; readonly audience: string }
  /** Named, and not there any more: a lost list of whom not to write to must not become everybody. */
  | { readonly kind: 'missing'; readonly audience: string }

/** In which audiences a customer is. */
export interface Memberships {
  /** Null where nobody can say: then neither *in* nor *not in* holds. */
  has(audience: string, at: TimeContext): boolean | null
}

/** The audiences that a condition names itself, each once. */
export function audiencesIn(condition: Condition): string[] {
  return [...new Set(leavesOf(condition).flatMap((leaf) => (leaf.kind === 'audience' ? leaf.audience : [])))]
}

const namesIn = (condition: Saved): string[] =>
  condition === null || condition === unreadable ? [] : audiencesIn(condition)

/** The brand's audiences, and lists that a journey fills, which are there once it is published. */
export function withOwn(
  saved: SavedAudience,
  filled: readonly { readonly audience: string }[],
): SavedAudience {
  const own = new Set(filled.map(({ audience }) => audience))
  return (key) => {
    const known = saved(key)
    return known === undefined && own.has(key) ? null : known
  }
}

/** All audiences that conditions name, directly or through others. */
export interface NamedAudiences {
  /** Saved conditions of which it can be said who is in them, each behind all that it names itself. */
  readonly conditions: ReadonlyMap<string, Condition>
  /** Saved lists. */
  readonly lists: ReadonlySet<string>
  readonly unknown: ReadonlyMap<string, AudienceFault>
}

interface Visited {
  readonly key: string
  /** undefined: there is none of that name. */
  readonly condition: Saved | undefined
  readonly names: readonly string[]
  /** How many of the names have been gone into. */
  next: number
  readonly place: number
  /** The earliest place from which this one can be come to again. */
  lowest: number
}

/** All audiences that conditions name. */
export function namedBy(conditions: readonly Condition[], saved: SavedAudience): NamedAudiences {
  return reachedFrom(conditions.flatMap(audiencesIn), saved)
}

/**
 * Some audiences and all that they name. Goes through all that is named, each audience once, however often it is named. Whoever names an audience that
 * nobody can say anything of is such a one too: a part that is missing must let nobody in, on either side.
 */
export function reachedFrom(audiences: Iterable<string>, saved: SavedAudience): NamedAudiences {
  const found = {
    conditions: new Map<string, Condition>(),
    lists: new Set<string>(),
    unknown: new Map<string, AudienceFault>(),
  }
  const levels = new Map<string, number>()
  const visited = new Map<string, Visited>()
  // Tarjan's walk, without recursion: the ways may be of any length.
  const open: Visited[] = []
  const settled = new Set<string>()
  const begin = (key: string): Visited => {
    const condition = saved(key)
    const names = namesIn(condition ?? null)
    const place = visited.size
    const one: Visited = { key, condition, names, next: 0, place, lowest: place }
    visited.set(key, one)
    open.push(one)
    return one
  }
  const settle = (first: Visited): void => {
    const members = open.splice(open.lastIndexOf(first))
    for (const { key } of members) settled.add(key)
    const isCircle = members.length > 1 || first.names.includes(first.key)
    const circle = isCircle ? circleAmong(members) : []
    for (const { key, condition, names } of members) {
      const level = 1 + names.reduce((most, name) => Math.max(most, levels.get(name) ?? 0), 0)
      levels.set(key, condition ? level : 0)
      const ofNamed = names.map((name) => found.unknown.get(name)).find((fault) => fault !== undefined)
      if (condition === undefined) found.unknown.set(key, { kind: 'missing', audience: key })
      else if (condition === unreadable) found.unknown.set(key, { kind: 'unreadable', audience: key })
      else if (isCircle) found.unknown.set(key, { kind: 'circle', audiences: circle })
      else if (ofNamed !== undefined) found.unknown.set(key, ofNamed)
      else if (level > limits.audienceLevels.value) found.unknown.set(key, { kind: 'deep', levels: level })
      else if (condition === null) found.lists.add(key)
      else found.conditions.set(key, condition)
    }
  }
  for (const root of audiences) {
    if (visited.has(root)) continue
    const way = [begin(root)]
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const name = here.names[here.next]
      if (name === undefined) {
        way.pop()
        if (here.lowest === here.place) settle(here)
        const above = way.at(-1)
        if (above !== undefined) above.lowest = Math.min(above.lowest, here.lowest)
        continue
      }
      here.next += 1
      const known = visited.get(name)
      if (known === undefined) way.push(begin(name))
      else if (!settled.has(name)) here.lowest = Math.min(here.lowest, known.place)
    }
  }
  return found
}

/** The shortest way round from the first of them, among those that can all be come to from one another. */
function circleAmong(members: readonly Visited[]): string[] {
  const names = new Map(members.map((member) => [member.key, member.names]))
  const [first] = members
  return first === undefined ? [] : (wayRound(first.key, (key) => names.get(key) ?? []) ?? [])
}

/** The shortest way from an audience back to itself; null where there is none. */
function wayRound(from: string, namesOf: (key: string) => readonly string[]): string[] | null {
  const before = new Map<string, string>()
  const queue = [from]
  for (const here of queue)
    for (const name of namesOf(here)) {
      if (name === from) return [...wayTo(here, from, before)]
      if (before.has(name)) continue
      before.set(name, here)
      queue.push(name)
    }
  return null
}

function wayTo(key: string, from: string, before: ReadonlyMap<string, string>): string[] {
  const way = [key]
  for (let here = key; here !== from; ) {
    here = before.get(here) ?? from
    way.push(here)
  }
  return way.reverse()
}

/** The circle that an audience would stand in with a condition, itself first; null where it stands in none. */
export function circleOf(key: string, condition: Condition, saved: SavedAudience): string[] | null {
  return wayRound(key, (name) => {
    const own = name === key ? condition : saved(name)
    return namesIn(own ?? null)
  })
}

/** Audiences as a message names them, each behind the one that names it, and the first again at the end. */
export function sayCircle(audiences: readonly string[]): string {
  return [...audiences, ...audiences.slice(0, 1)].join(' → ')
}

/** Where a condition names one of some audiences for the first time, as the path to that test; null: nowhere. */
export function placeOf(condition: Condition, audiences: ReadonlySet<string>, path: string): string | null {
  if (condition.kind === 'audience') return audiences.has(condition.audience) ? path : null
  if (condition.kind === 'not') return placeOf(condition.of, audiences, `${path}.of`)
  if (condition.kind !== 'all' && condition.kind !== 'any') return null
  for (const [index, part] of condition.of.entries()) {
    const found = placeOf(part, audiences, `${path}.of.${index}`)
    if (found !== null) return found
  }
  return null
}

/** How many tests a condition has with all that it names, each audience counted once. */
export function testsWith(condition: Condition, saved: SavedAudience): number {
  const { conditions } = namedBy([condition], saved)
  return [condition, ...conditions.values()].reduce((sum, one) => sum + leavesOf(one).length, 0)
}
