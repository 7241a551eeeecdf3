import type { WallTime } from '../ports/clock.ts'

/**
 * A step of the machine's clock that is made up slowly where it goes back, and taken over at once where it goes
 * forward; a larger one is on trial first.
 */
const smallMs = 15 * 60_000
/** How long a larger step must stand until it is believed. */
const trialMs = 60 * 60_000
/** Reading two clocks takes a moment, and a time of day has whole milliseconds. */
const jitterMs = 20
/** From here on a step is worth a word. */
const noticedMs = 1000
/** How much slower the house goes while it is ahead: nobody notices, and three minutes are made up in five hours. */
const slewing = 0.01

/** What the machine's clock has done; `by` is how far it was set, in milliseconds, back where it is negative. */
export type ClockStep =
  | { readonly kind: 'set'; readonly by: number }
  /** It stands again where it stood before it was set. */
  | { readonly kind: 'righted'; readonly by: number }
  /** It has stood where it was set for so long that the house goes by it. */
  | { readonly kind: 'believed'; readonly by: number }

/** How the house stands to the machine's clock: how far ahead of it, and a large step that is on trial. */
export interface HouseStanding {
  readonly aheadMs: number
  readonly trial: { readonly by: number } | null
}

export interface HouseClock {
  readonly now: WallTime
  /** Looks at the machine's clock; `now` does so too. Called about once a second, so that no step goes unseen. */
  look(): void
  standing(): HouseStanding
}

export interface HouseClockDeps {
  readonly wall: WallTime
  /** Milliseconds of a monotonic clock. */
  readonly monotonicMs: () => number
  readonly onStep: (step: ClockStep) => void
  /** Told whenever the time of the house is another than the monotonic clock alone would make it. */
  readonly onOffset?: (offsetMs: number) => void
}

interface Trial {
  /** Where the time of day stood over the monotonic clock before the step. */
  readonly proven: number
  readonly since: number
}

/**
 * The time by which the house lives: the machine's time of day, but for its jumps. It goes by elapsed time between
 * two looks, so a wait of a minute takes a minute whatever happens to the clock.
 *
 * - Set back a little, it goes on and makes it up by going one part in a hundred slower; it never goes back.
 * - Set back by more, it goes on by its own count for an hour. Should the clock be right again meanwhile, nothing has
 *   happened; else the clock is believed, and the house goes back to it.
 * - Set forward, it follows at once: a machine that slept must not be late. Set right again within an hour, it
 *   follows at once, too.
 */
export function createHouseClock({ wall, monotonicMs, onStep, onOffset }: HouseClockDeps): HouseClock {
  /** The machine's time of day over the monotonic clock, as it was last seen. */
  let line = wall() - monotonicMs()
  /** The house's, which is at most a little more while it makes up for a step back. */
  let offset = line
  let trial: Trial | null = null
  let looked = monotonicMs()
  onOffset?.(offset)

  /** Where the house wants to be: on the last line that was proven, unless a step forward is on trial. */
  const aim = () => (trial === null ? line : Math.max(trial.proven, line))

  const step = (by: number, at: number): void => {
    const before = trial?.proven ?? line
    line += by
    if (trial !== null && Math.abs(line - before) <= smallMs) {
      trial = null
      // A time that was ahead for a while was never true: there the house goes back.
      if (by < 0) offset = line
      onStep({ kind: 'righted', by })
    } else if (Math.abs(by) > smallMs) {
      trial = { proven: before, since: at }
      onStep({ kind: 'set', by })
    } else if (Math.abs(by) >= noticedMs) onStep({ kind: 'set', by })
  }

  const believe = (at: number): void => {
    if (trial === null || at - trial.since < trialMs) return
    const by = line - trial.proven
    trial = null
    offset = line
    onStep({ kind: 'believed', by })
  }

  const look = (): void => {
    const at = monotonicMs()
    const by = wall() - at - line
    if (Math.abs(by) > jitterMs) step(by, at)
    believe(at)
    const before = offset
    offset = Math.max(aim(), offset - slewing * Math.max(0, at - looked))
    looked = at
    if (offset !== before) onOffset?.(offset)
  }

  return {
    look,
    now() {
      look()
      return Math.floor(looked + offset)
    },
    standing: () => ({
      aheadMs: offset - line,
      trial: trial === null ? null : { by: line - trial.proven },
    }),
  }
}
