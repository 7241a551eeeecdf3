import { describe, expect, test } from 'vitest'
import { createSigns } from '../ports/signs.ts'
import { testClock } from '../testing/clock.ts'
import { createHouseClock } from './house.ts'
import { sayLength, tellOfClock } from './told.ts'

const day = 86_400_000

test.each([
  [-day, '1 天', '1 day'],
  [26 * 3_600_000, '1 天 2 小时', '1 day 2 hours'],
  [-180_000, '3 分钟', '3 minutes'],
  [90_061_000, '1 天 1 小时', '1 day 1 hour'],
  [400, '1 秒', '1 second'],
])('%d ms is said as %s', (ms, chinese, english) => {
  expect(sayLength(ms)).toEqual({ 'zh-CN': chinese, en: english })
})

describe('what the machine’s clock does', () => {
  function watched() {
    const { now, advance, set } = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
    let passed = 0
    const lines: unknown[] = []
    const signs = createSigns(now)
    const log = { warn: (line: unknown) => void lines.push(line) }
    const clock = createHouseClock({
      wall: now,
      monotonicMs: () => passed,
      onStep: (step) => tell(step),
    })
    const tell = tellOfClock(signs, log, clock.standing)
    return {
      set,
      lines,
      unwell: () => signs.unwell().map(({ name, message }) => `${name}: ${message?.en}`),
      pass(ms: number) {
        passed += ms
        advance(ms)
        clock.look()
      },
    }
  }

  test('set back, it is said until the clock is right again', () => {
    const { set, pass, unwell, lines } = watched()
    set(-day)
    pass(1000)
    expect(unwell()).toEqual([
      expect.stringContaining('clock-set-back: The machine’s clock was set back by 1 day;'),
    ])
    set(day)
    pass(1000)
    expect(unwell()).toEqual([])
    expect(lines).toEqual([
      { by: '1 day', direction: 'back' },
      { by: '1 day', direction: 'forward' },
    ])
  })

  test('set forward, it is said for an hour', () => {
    const { set, pass, unwell } = watched()
    set(30 * day)
    pass(1000)
    expect(unwell()).toEqual([
      expect.stringContaining('clock-set-forward: The machine’s clock went forward by 30 days'),
    ])
    pass(3_600_000)
    expect(unwell()).toEqual([])
  })

  test('corrected by less than a second, nobody is told', () => {
    const { set, pass, unwell, lines } = watched()
    set(-900)
    pass(1000)
    expect(unwell()).toEqual([])
    expect(lines).toEqual([])
  })
})
