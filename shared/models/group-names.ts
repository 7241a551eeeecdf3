import { z } from 'zod'
import { hash32 } from '../stats/hash.ts'
import type { Locale, LocalText } from '../text.ts'
import {
  type Difference,
  differencesOf,
  distance,
  type Grouped,
  nearest,
  pointOf,
  type Scale,
  scaled,
  traits,
} from './groups.ts'

const numbers = z.array(z.number()).readonly()

/** A group as it is kept: its centre in the units of the traits, so that another scale can compare it. */
export const keptGroup = z.object({
  id: z.string(),
  /** What its customers have as `score_group`. */
  name: z.string(),
  /** Whether a person has given the name. */
  named: z.boolean(),
  centre: numbers,
})
export type KeptGroup = z.infer<typeof keptGroup>

export const fittedGroups = z.object({
  means: numbers,
  spreads: numbers,
  groups: z.array(keptGroup).readonly(),
})
export type FittedGroups = z.infer<typeof fittedGroups>

const average: LocalText = { 'zh-CN': '与平均相近', en: 'near the average' }

/** By what a group differs, in words. */
export function sayDifferences(differences: readonly Difference[], locale: Locale): string {
  if (differences.length === 0) return average[locale] ?? ''
  const words = differences.map(({ trait, high }) => traits[trait][high ? 'high' : 'low'][locale])
  return words.join(locale === 'en' ? ', ' : '、')
}

/** Farther from every group of before, in spreads, it is another one. */
const sameWithin = 1.5
/** A group that has moved by more is told to have drifted. */
export const driftsFrom = 0.5

export interface MatchedGroup extends KeptGroup {
  /** How far it has moved since it was fitted before, in spreads; null where it is new. */
  readonly moved: number | null
}

/**
 * Gives groups the ids and names of those that they were before: pairs that lie nearest first, each used once. What is
 * new is called by what it differs in, until somebody names it.
 */
export function matchGroups(
  centres: readonly (readonly number[])[],
  scale: Scale,
  before: readonly KeptGroup[],
  locale: Locale,
): MatchedGroup[] {
  const old = before.map((group) => ({ group, at: scaled(scale, group.centre) }))
  const pairs = centres
    .flatMap((centre, index) => old.map(({ group, at }) => ({ index, group, far: distance(centre, at) })))
    .filter(({ far }) => far <= sameWithin)
    .toSorted((one, other) => one.far - other.far)
  const matched = new Map<number, { group: KeptGroup; far: number }>()
  const used = new Set<string>()
  for (const { index, group, far } of pairs) {
    if (matched.has(index) || used.has(group.id)) continue
    matched.set(index, { group, far })
    used.add(group.id)
  }
  const names = new Set([...matched.values()].map(({ group }) => group.name))
  const ids = new Set(before.map(({ id }) => id))
  return centres.map((centre, index) => {
    const kept = unscaled(scale, centre)
    const known = matched.get(index)
    if (known !== undefined) return { ...known.group, centre: kept, moved: known.far }
    const id = freeOf(ids, `g${(hash32(JSON.stringify(kept)) % 46_656).toString(36)}`, '')
    const name = freeOf(names, sayDifferences(differencesOf(centre), locale), ' ')
    return { id, name, named: false, centre: kept, moved: null }
  })
}

/** A text that is not among those taken, which it is from then on: with a number where it must. */
function freeOf(taken: Set<string>, wanted: string, between: string): string {
  let free = wanted
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}${between}${number}`
  taken.add(free)
  return free
}

const unscaled = ({ means, spreads }: Scale, point: readonly number[]): number[] =>
  point.map((one, axis) => one * (spreads[axis] ?? 1) + (means[axis] ?? 0))

/** In which group somebody stands. */
export function groupOf({ means, spreads, groups }: FittedGroups): (known: Grouped) => string | null {
  const scale = { means, spreads }
  const centres = groups.map(({ centre }) => scaled(scale, centre))
  return (known) => groups[nearest(scaled(scale, pointOf(known)), centres).at]?.name ?? null
}
