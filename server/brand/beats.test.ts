import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Beating, beatIn, newBeats, watchBeats, watchMain } from './beats.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function watched(who: Beating) {
  const beats = newBeats()
  let stills = 0
  const watch = watchBeats(beats, who, {
    stillMs: 10_000,
    onStill: () => {
      stills += 1
    },
  })
  return { beats, watch, stills: () => stills }
}

describe('who watches whether another beats', () => {
  test('finds nothing while it does, and says so once it has not for long', () => {
    const { beats, watch, stills } = watched('works')
    const stop = beatIn(beats, 'works')
    vi.advanceTimersByTime(60_000)
    expect([watch.quietMs(), stills()]).toEqual([0, 0])
    stop()
    vi.advanceTimersByTime(9000)
    expect(watch.quietMs()).toBeGreaterThanOrEqual(8000)
    expect(stills()).toBe(0)
    vi.advanceTimersByTime(2000)
    expect(stills()).toBe(1)
  })

  test('who turns without coming further does not beat', () => {
    const { beats, stills } = watched('works')
    let stuck = false
    beatIn(beats, 'works', () => !stuck)
    vi.advanceTimersByTime(20_000)
    expect(stills()).toBe(0)
    stuck = true
    vi.advanceTimersByTime(11_000)
    expect(stills()).toBe(1)
  })

  test('the main thread is watched only once it answers people', () => {
    const { beats, stills } = watched('main')
    vi.advanceTimersByTime(60_000)
    expect(stills()).toBe(0)
    watchMain(beats)
    vi.advanceTimersByTime(11_000)
    expect(stills()).toBe(1)
  })

  test('a machine that slept for a day has missed one round, and nobody is accused', () => {
    const { beats, watch, stills } = watched('works')
    const stop = beatIn(beats, 'works')
    vi.advanceTimersByTime(5000)
    // Nobody beats and nobody looks while it sleeps; the clocks alone go on.
    vi.setSystemTime(Date.now() + 86_400_000)
    vi.advanceTimersByTime(5000)
    expect([watch.quietMs(), stills()]).toEqual([0, 0])
    stop()
  })
})
