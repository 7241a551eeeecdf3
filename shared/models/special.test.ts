import { describe, expect, test } from 'vitest'
import { hypergeometric, lnGamma, logAdd, logistic } from './special.ts'

describe('the logarithm of the gamma function', () => {
  test.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.PI) / 2],
    [5, Math.log(24)],
    [0.1, 2.252712651734206],
    [100, 359.1342053695754],
    [1e-8, 18.420680738180209],
    [1e6, 12_815_504.569147611],
  ])('of %d', (x, expected) => {
    expect(Math.abs(lnGamma(x) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)) * 10)
  })

  test('goes up by ln x from x to x + 1', () => {
    for (let x = 0.03; x < 60; x += 0.37) expect(lnGamma(x + 1) - lnGamma(x)).toBeCloseTo(Math.log(x), 11)
  })
})

describe('the hypergeometric function of Gauss', () => {
  test.each([0.01, 0.4, 0.9, 0.999])('at %d is what its closed forms are', (z) => {
    const same = (got: number, wanted: number) => expect(Math.abs(got / wanted - 1)).toBeLessThan(1e-11)
    same(hypergeometric(1, 1, 2, z), -Math.log(1 - z) / z)
    same(hypergeometric(0.7, 2.2, 2.2, z), (1 - z) ** -0.7)
    same(hypergeometric(0.5, 0.5, 1.5, z), Math.asin(Math.sqrt(z)) / Math.sqrt(z))
    same(hypergeometric(-2, 3, 1.5, z), 1 - 4 * z + (16 / 5) * z * z)
  })
})

test('a sum in logarithms knows no overflow', () => {
  expect(logAdd(-2000, -2000)).toBeCloseTo(-2000 + Math.LN2, 12)
  expect(logAdd(0, -2000)).toBe(0)
  expect(logAdd(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
  expect([logistic(0), logistic(800), logistic(-800)]).toEqual([0.5, 1, 0])
})
