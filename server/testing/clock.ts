/** A clock that a test turns by hand. */
export interface TestClock {
  /** Epoch milliseconds. */
  readonly now: () => number
  advance(ms: number): void
}

export function testClock(start: number): TestClock {
  let at = start
  return {
    now: () => at,
    advance(ms) {
      at += ms
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
