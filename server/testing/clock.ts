import { elapsedOver } from '../clock/machine.ts'
import type { Clock } from '../ports/clock.ts'

/** A clock that a test turns by hand: time passes by it, and a person or a time service sets it. */
export interface TestClock extends Clock {
  /** Lets time pass. */
  advance(ms: number): void
  /** Sets the time of day by so much, back where it is negative, while no time passes. */
  set(by: number): void
}

export function testClock(start: number): TestClock {
  let passed = 0
  let set = start
  return {
    now: () => set + passed,
    elapsed: elapsedOver(() => passed),
    advance(ms) {
      passed += ms
    },
    set(by) {
      set += by
    },
  }
}

const units = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

/** Milliseconds of a length in words: `3 days`, `1 hour`, `90 minutes`. */
export function lengthOf(words: string): number {
  const [, amount, unit = ''] = /^(\d+) (\w+?)s?$/.exec(words) ?? []
  const ms = Object.entries(units).find(([name]) => name === unit)?.[1]
  if (amount === undefined || ms === undefined) throw new TypeError(`not a length: ${words}`)
  return Number(amount) * ms
}
