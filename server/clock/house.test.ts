import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockStep, createHouseClock } from './house.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const start = Date.parse('2027-03-01T10:00:00+08:00')

/** A machine whose clock a test sets, and the house's beside it, looked at once a second. */
function machine() {
  let passed = 0
  let set = start
  const steps: ClockStep[] = []
  const clock = createHouseClock({
    wall: () => Math.floor(set + passed),
    monotonicMs: () => passed,
    onStep: (step) => steps.push(step),
  })
  return {
    steps,
    clock,
    /** How far the house has come since it began. */
    gone: () => clock.now() - start,
    wall: () => set + passed - start,
    pass(ms: number) {
      for (let left = ms; left > 0; left -= second) {
        passed += Math.min(second, left)
        clock.look()
      }
    },
    set(by: number) {
      set += by
    },
  }
}

describe('the time of the house', () => {
  test('is the machine’s, as long as nobody sets that', () => {
    const { gone, pass, steps } = machine()
    pass(3 * hour)
    expect(gone()).toBe(3 * hour)
    expect(steps).toEqual([])
  })

  test('set back by three minutes, a minute takes a minute, and the difference is made up slowly', () => {
    const { gone, pass, set, wall, steps, clock } = machine()
    set(-3 * minute)
    pass(minute)
    expect(gone()).toBeGreaterThan(59 * second)
    expect(gone()).toBeLessThanOrEqual(minute)
    pass(6 * hour)
    expect(gone()).toBe(wall())
    expect(clock.standing()).toEqual({ aheadMs: 0, trial: null })
    expect(steps).toEqual([{ kind: 'set', by: -3 * minute }])
  })

  test('set back by a day and right again, nothing has happened', () => {
    const { gone, pass, set, steps } = machine()
    set(-day)
    pass(10 * minute)
    expect(gone()).toBe(10 * minute)
    set(day + 2 * second)
    pass(10 * minute)
    expect(gone()).toBe(20 * minute + 2 * second)
    expect(steps).toEqual([
      { kind: 'set', by: -day },
      { kind: 'righted', by: day + 2 * second },
    ])
  })

  test('set back by a day for good, the machine is believed after an hour', () => {
    const { gone, pass, set, wall, steps, clock } = machine()
    set(-day)
    pass(59 * minute)
    expect(gone()).toBe(59 * minute)
    expect(clock.standing().trial).toEqual({ by: -day })
    pass(2 * minute)
    expect(gone()).toBe(wall())
    expect(steps.at(-1)).toEqual({ kind: 'believed', by: -day })
  })

  test('set forward, also by a machine that slept, it follows at once', () => {
    const { gone, pass, set, steps } = machine()
    pass(minute)
    set(30 * day)
    expect(gone()).toBe(30 * day + minute)
    pass(2 * hour)
    expect(gone()).toBe(30 * day + minute + 2 * hour)
    expect(steps).toEqual([
      { kind: 'set', by: 30 * day },
      { kind: 'believed', by: 30 * day },
    ])
  })

  test('set forward by mistake and right again within an hour, it follows back at once', () => {
    const { gone, pass, set, wall } = machine()
    set(30 * day)
    pass(10 * minute)
    set(-30 * day)
    expect(gone()).toBe(10 * minute)
    pass(10 * minute)
    expect(gone()).toBe(wall())
  })

  test('corrected by a time service again and again, it never goes back', () => {
    const corrections = fc.array(
      fc.record({ by: fc.integer({ min: -30_000, max: 30_000 }), rest: fc.integer({ min: 1, max: 90_000 }) }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(corrections, (all) => {
        const { gone, pass, set, clock } = machine()
        let last = gone()
        for (const { by, rest } of all) {
          set(by)
          expect(gone()).toBeGreaterThanOrEqual(last)
          const before = gone()
          pass(rest)
          expect(gone() - before).toBeGreaterThanOrEqual(Math.floor(rest * 0.98) - 1)
          last = gone()
          expect(clock.standing().aheadMs).toBeGreaterThanOrEqual(-20)
        }
      }),
      { seed: 20261130, numRuns: 100 },
    )
  })

  test('a step while another is on trial begins the trial anew, and the line before is remembered', () => {
    const { gone, pass, set } = machine()
    set(-day)
    pass(50 * minute)
    set(-day)
    pass(50 * minute)
    expect(gone()).toBe(100 * minute)
    set(2 * day)
    expect(gone()).toBe(100 * minute)
  })
})
