import type { Clock, Elapsed, Mark, WallTime } from '../ports/clock.ts'

/** The machine's own time of day, which a person or a time service may set at any moment. */
export const machineWall: WallTime = () => Date.now()

/** Milliseconds by the machine's monotonic clock, the same in every thread of the process. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000

/** A monotonic clock over a count of milliseconds that only grows. */
export function elapsedOver(ms: () => number): Elapsed {
  // The boundary at which a mark is a number: nobody outside can mistake it for a time of day.
  const markOf = (at: number) => at as unknown as Mark
  const numberOf = (mark: Mark) => mark as unknown as number
  return {
    mark: () => markOf(ms()),
    since: (mark) => Math.max(0, ms() - numberOf(mark)),
  }
}

export const machineElapsed: Elapsed = elapsedOver(monotonicMs)

/** The zone that the machine's own clock shows. */
export const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export const machineClock: Clock = { now: machineWall, elapsed: machineElapsed }
