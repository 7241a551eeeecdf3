/** The least values that get 2, 3, 4 and 5; what is below the first gets 1. */
export type Cuts = readonly number[]

const fifths = 5

/**
 * Divides values into five parts of equal size, 5 for the greatest. Equals are never divided: all of them get the part
 * in which the middle one of them stands, so that a part may be larger than a fifth, or empty.
 */
export function quintileCuts(values: Float64Array): Cuts {
  const sorted = values.toSorted()
  const cuts = new Array<number>(fifths - 1).fill(Number.MAX_VALUE)
  for (let from = 0; from < sorted.length; ) {
    const value = sorted[from] ?? 0
    let to = from
    while (to < sorted.length && sorted[to] === value) to += 1
    const middle = (from + to) / 2 / sorted.length
    const part = Math.min(fifths, 1 + Math.floor(middle * fifths))
    for (let cut = 0; cut < part - 1; cut += 1) if (value < (cuts[cut] ?? 0)) cuts[cut] = value
    from = to
  }
  return cuts
}

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
