import inspector from 'node:inspector'

/** Who beats in the memory that threads share. */
const places = { works: 0, main: 1 } as const
export type Beating = keyof typeof places
const debuggedPlace = 2
const watchedPlace = 3

/** Counts of beats, of the thread of the work and of the main one; each sees the other's without its help. */
export type Beats = Int32Array<SharedArrayBuffer>

export const newBeats = (): Beats => new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT))

const everyMs = 250

/** Longer than any request keeps the thread that answers: the process then ends, for whoever supervises it. */
export const mainStillMs = 120_000

/** The beats that a thread was started with; null where it was started without. */
export function beatsOf(data: unknown): Beats | null {
  const given = typeof data === 'object' && data !== null && 'data' in data ? data.data : null
  if (typeof given !== 'object' || given === null || !('beats' in given)) return null
  // A buffer that is shared with another thread is the starter's, of the same build.
  return given.beats instanceof Int32Array ? (given.beats as Beats) : null
}

/** Beats from now on as long as `alive` says so; answers how to end that. */
export function beatIn(beats: Beats, who: Beating, alive: () => boolean = () => true): () => void {
  const beat = () => {
    // Who looks at a line of code for minutes is not to be ended for it.
    if (who === 'main') Atomics.store(beats, debuggedPlace, inspector.url() === undefined ? 0 : 1)
    if (alive()) Atomics.add(beats, places[who], 1)
  }
  beat()
  const timer = setInterval(beat, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** The main thread has begun to answer: from now on it is to beat. */
export function watchMain(beats: Beats): void {
  Atomics.store(beats, watchedPlace, 1)
}

export interface WatchOptions {
  readonly roundMs?: number
  /** So many milliseconds of rounds without a beat are too many. */
  readonly stillMs: number
  readonly onStill: () => void
  /** So many milliseconds it may take until its first beat. */
  readonly startMs?: number
}

export interface Watch {
  /** It begins anew: its first beat may take a while. */
  again(): void
  /** For how long it has not beaten, in milliseconds. */
  quietMs(): number
  end(): void
}

/**
 * Watches whether somebody beats. Its own rounds are counted, not the time: a machine that has slept, a process
 * that was halted and a watcher that was busy itself have each missed one round, and accuse nobody.
 */
export function watchBeats(
  beats: Beats,
  who: Beating,
  { roundMs = 1000, stillMs, onStill, startMs = 0 }: WatchOptions,
): Watch {
  let seen = Atomics.load(beats, places[who])
  let quiet = -Math.ceil(startMs / roundMs)
  const timer = setInterval(() => {
    const now = Atomics.load(beats, places[who])
    const excused =
      Atomics.load(beats, debuggedPlace) === 1 || (who === 'main' && Atomics.load(beats, watchedPlace) === 0)
    quiet = now === seen && !excused ? quiet + 1 : 0
    seen = now
    if (quiet * roundMs < stillMs) return
    quiet = 0
    onStill()
  }, roundMs)
  timer.unref()
  return {
    again() {
      quiet = -Math.ceil(startMs / roundMs)
    },
    quietMs: () => Math.max(0, quiet) * roundMs,
    end: () => clearInterval(timer),
  }
}
