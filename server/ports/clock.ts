declare const kind: unique symbol

/** A moment of the monotonic clock. It says nothing by itself: it is only asked how long ago it was. */
export interface Mark {
  readonly [kind]: 'mark'
}

/**
 * How time elapses, by a clock that nobody sets: spacing, rates, patience, leases in memory, breakers, how long
 * something took. It stands while the machine sleeps, and means nothing to another process.
 */
export interface Elapsed {
  mark(): Mark
  /** Milliseconds since a mark of the same clock, with fractions; never negative. */
  since(mark: Mark): number
}

/**
 * The time by which people live (epoch milliseconds): what is due, what was consented to, what the log says. It may
 * be set; whoever asks how long something took or whether enough time has passed wants `Elapsed`.
 */
export type WallTime = () => number

/** Both, as a part of the shell is given them. */
export interface Clock {
  readonly now: WallTime
  readonly elapsed: Elapsed
}
