import { describe, expect, test } from 'vitest'
import { countedAs, hasPosition, hundredthsOf, shareBelow } from './position.ts'

const each = (from: number, to: number) =>
  new Map(Array.from({ length: to - from + 1 }, (_, at) => [from + at, 1] as const))

describe('where a score stands among all', () => {
  test('is the share of those who have less', () => {
    const values = hundredthsOf(each(1, 1000))
    expect(values).toHaveLength(100)
    expect(shareBelow(values, 831)).toBe(0.83)
    expect(shareBelow(values, 1)).toBe(0)
    expect(shareBelow(values, 0)).toBe(0)
    expect(shareBelow(values, 5000)).toBe(1)
  })

  test('counts nobody who has as much, however many they are', () => {
    const values = hundredthsOf(
      new Map([
        [0, 600],
        [2, 300],
        [9, 100],
      ]),
    )
    expect([0, 1, 2, 9, 10].map((value) => shareBelow(values, value))).toEqual([0, 0.6, 0.6, 0.9, 1])
  })

  test('is told of few customers too, in any order', () => {
    const values = hundredthsOf(
      new Map([
        [7, 1],
        [3, 1],
      ]),
    )
    expect(shareBelow(values, 7)).toBe(0.5)
    expect(hundredthsOf(new Map())).toEqual([])
  })

  test('compares money by whole units, as it is counted: nobody stands above themselves', () => {
    const values = hundredthsOf(new Map([[countedAs('score_lifetime_value', 12.4), 10]]))
    expect(shareBelow(values, countedAs('score_lifetime_value', 12.4))).toBe(0)
  })

  test('is told of what is more or less, and of no hour, word or fifth', () => {
    expect(hasPosition('score_churn') && hasPosition('score_propensity')).toBe(true)
    for (const name of ['score_hour', 'score_stage', 'score_rfm_value', 'score_category'] as const)
      expect(hasPosition(name)).toBe(false)
  })
})
