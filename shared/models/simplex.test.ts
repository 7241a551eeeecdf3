import { expect, test } from 'vitest'
import { leastOf } from './simplex.ts'

test('finds the bottom of a bent valley', () => {
  // Rosenbrock 1960.
  const { at, settled } = leastOf(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1])
  expect(settled).toBe(true)
  expect(at[0]).toBeCloseTo(1, 6)
  expect(at[1]).toBeCloseTo(1, 6)
})

test('stays where the function is a number, and says when it has not settled', () => {
  const walled = leastOf(([x = 0]) => (x < 0.25 ? Number.NaN : x), [3])
  expect(walled.at[0]).toBeCloseTo(0.25, 5)
  expect(leastOf(([x = 0]) => -x, [1]).settled).toBe(false)
})
