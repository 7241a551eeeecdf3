import type { Neighbour } from './pick.ts'

/** So many buyers of everybody are added to those of a good, so that a few say little. */
export const believed = 20

/**
 * By how much more often whoever bought one good bought another than everybody does: the share of its buyers, drawn
 * towards that of all by `believed` buyers more, less the share of all.
 */
export function moreOf(both: number, buyersOfOne: number, shareOfOther: number): number {
  return (both + believed * shareOfOther) / (buyersOfOne + believed) - shareOfOther
}

/** How often goods were bought by the same customers. */
export interface BoughtBoth {
  readonly item: string
  readonly other: string
  /** Customers who have bought both. */
  readonly both: number
}

/** The neighbours of each good, the strongest first, at most so many; only who buys more often than everybody is one. */
export function neighboursOf(
  pairs: readonly BoughtBoth[],
  buyers: ReadonlyMap<string, number>,
  of: number,
  most: number,
): ReadonlyMap<string, readonly Neighbour[]> {
  const found = new Map<string, Neighbour[]>()
  for (const { item, other, both } of pairs) {
    const more = moreOf(both, buyers.get(item) ?? 0, (buyers.get(other) ?? 0) / of)
    if (more <= 0) continue
    const known = found.get(item)
    if (known === undefined) found.set(item, [{ other, more }])
    else known.push({ other, more })
  }
  for (const list of found.values()) {
    list.sort((a, b) => b.more - a.more || (a.other < b.other ? -1 : 1))
    list.splice(most)
  }
  return found
}
