import type { WallTime } from '../ports/clock.ts'
import { createHouseClock, type HouseClock, type HouseClockDeps } from './house.ts'
import { monotonicMs } from './machine.ts'

/** The house's time as other threads read it: what to add to the monotonic clock, which all threads share. */
export type SharedTime = BigInt64Array<SharedArrayBuffer>

/** One thread keeps the clock; whoever is given `shared` has the same time, though that thread be busy. */
export function createSharedClock(deps: Omit<HouseClockDeps, 'onOffset' | 'monotonicMs'>): {
  readonly clock: HouseClock
  readonly shared: SharedTime
} {
  const shared = new BigInt64Array(new SharedArrayBuffer(8))
  const clock = createHouseClock({
    ...deps,
    monotonicMs,
    onOffset: (ms) => Atomics.store(shared, 0, BigInt(Math.round(ms))),
  })
  return { clock, shared }
}

/** The time of the house in another thread. */
export const timeIn =
  (shared: SharedTime): WallTime =>
  () =>
    Math.floor(monotonicMs() + Number(Atomics.load(shared, 0)))
