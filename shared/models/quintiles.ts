/** The least values that get 2, 3, 4 and 5; what is below the first gets 1. */
export type Cuts = readonly number[]

/** Into so many parts a base is divided. */
export const fifths = 5
/** The cut of a part that nobody reaches. */
export const beyondAll = Number.MAX_VALUE

/** The part in which a value stands, from 1 to 5. */
export function quintileOf(cuts: Cuts, value: number): number {
  let part = 1
  for (const cut of cuts) if (value >= cut) part += 1
  return part
}

/** The value below which a share of sorted values lies; 0 where there is none. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/** A value, and how often it is there. */
export type Counted = readonly [value: number, times: number]

/** The same of values in their order, each with how often it is there; null where there is none. */
export function quantileIn(sorted: readonly Counted[], share: number): number | null {
  let left = Math.floor(share * sorted.reduce((sum, [, times]) => sum + times, 0))
  for (const [value, times] of sorted) {
    left -= times
    if (left < 0) return value
  }
  return sorted.at(-1)?.[0] ?? null
}
