import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BgNbd, expectedMore, expectedRepeats, probabilityAlive } from './bg-nbd.ts'

/** Fader, Hardie and Lee 2005, table 2. */
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

test('a customer who bought twice again, last after 30.43 of 38.86 weeks, will buy 1.226 times in 39 weeks', () => {
  // Fader, Hardie and Lee, Implementing the BG/NBD Model for Customer Base Analysis in Excel (2005).
  expect(expectedMore(published, { repeats: 2, recency: 30.43, age: 38.86 }, 39)).toBeCloseTo(1.226, 3)
})

/** The same by the integral over all dropout rates that equation 9 solves: with rate and dropout known, (1 - e^-lpt) / p. */
function byIntegral({ r, alpha, a, b }: BgNbd, time: number): number {
  const steps = 40_000
  let [sum, mass] = [0, 0]
  for (let step = 0; step < steps; step += 1) {
    // Points and their weights crowd where p is near either end.
    const u = (step + 0.5) / steps
    const [left, right] = [u ** 4, (1 - u) ** 4]
    const [p, q] = [left / (left + right), right / (left + right)]
    const slope = (4 * p * q) / (u * (1 - u))
    const weight = p ** (a - 1) * q ** (b - 1) * slope
    mass += weight
    sum += (weight * (1 - (alpha / (alpha + p * time)) ** r)) / p
  }
  return sum / mass
}

describe('what is expected', () => {
  test.each([
    [published, 39],
    [published, 5_000],
    [{ r: 0.5, alpha: 2, a: 1, b: 2 }, 52],
    [{ r: 0.5, alpha: 2, a: 0.4, b: 0.6 }, 52],
    [{ r: 3, alpha: 10, a: 6, b: 9 }, 104],
    [{ r: 0.3, alpha: 0.5, a: 8, b: 3 }, 520],
  ])('of a new customer is the integral over all customers: %o, %d', (model, time) => {
    expect(expectedRepeats(model, time) / byIntegral(model, time)).toBeCloseTo(1, 5)
  })

  const parameter = fc.double({ min: 0.02, max: 40, noNaN: true })
  const model = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter })
  const customer = fc
    .record({
      repeats: fc.nat(300),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      age: fc.double({ min: 0, max: 500, noNaN: true }),
    })
    .map(({ repeats, share, age }) => ({ repeats, age, recency: repeats === 0 ? 0 : age * share }))

  test('grows with time, from nothing, and no faster than somebody buys who stays', () => {
    fc.assert(
      fc.property(model, customer, fc.double({ min: 0.1, max: 300, noNaN: true }), (given, known, time) => {
        const soon = expectedMore(given, known, time)
        const later = expectedMore(given, known, time * 2)
        const atMost = ((given.r + known.repeats) / (given.alpha + known.age)) * time
        expect(expectedMore(given, known, 0)).toBe(0)
        expect(soon).toBeGreaterThanOrEqual(-1e-9)
        expect(soon).toBeLessThanOrEqual(atMost * (1 + 1e-7) + 1e-9)
        expect(later).toBeGreaterThanOrEqual(soon - 1e-7 * Math.max(1, soon))
        const alive = probabilityAlive(given, known)
        expect(alive).toBeGreaterThanOrEqual(0)
        expect(alive).toBeLessThanOrEqual(1)
      }),
      { seed: 2005, numRuns: 300 },
    )
  })
})
