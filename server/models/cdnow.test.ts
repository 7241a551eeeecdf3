import { describe, expect, test } from 'vitest'
import { type BgNbd, cellsOf, expectedMore, expectedRepeats, fitBgNbd } from '../../shared/models/bg-nbd.ts'
import { fitGammaGamma } from '../../shared/models/gamma-gamma.ts'
import { repeatsOf, spendingOf } from '../../shared/models/histories.ts'
import { absent, sampleUntil } from '../testing/cdnow.ts'

const skipped = absent ? ' (skipped: ../shared/data is absent)' : ''
/** Fader, Hardie and Lee 2005, table 2. */
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

describe.skipIf(absent)(`the tenth of CDNOW’s customers, in their first 39 weeks${skipped}`, () => {
  const { histories, day } = absent ? { histories: [], day: 0 } : sampleUntil('1997-09-30')
  const known = histories.map((history) => repeatsOf(history, day))

  test('are those of the publication', () => {
    expect(known).toHaveLength(2357)
    expect(known.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(2457)
  })

  test('give the published parameters and the published likelihood', () => {
    const { parameters, logLikelihood, settled } = fitBgNbd(cellsOf(known))
    expect(settled).toBe(true)
    expect(parameters.r).toBeCloseTo(published.r, 3)
    expect(parameters.alpha).toBeCloseTo(published.alpha, 3)
    expect(parameters.a).toBeCloseTo(published.a, 3)
    expect(parameters.b).toBeCloseTo(published.b, 3)
    expect(logLikelihood).toBeCloseTo(-9582.4, 1)
  })

  const actual = () =>
    sampleUntil('1998-06-30').histories.reduce(
      (sum, days) => sum + days.filter((one) => one.day > day).length,
      0,
    )

  test('come to what the publication says by the end of 78 weeks: 4% fewer than were bought', () => {
    const expected = known.reduce((sum, { age }) => sum + expectedRepeats(published, age + 39), 0)
    expect(expected / (2457 + actual())).toBeCloseTo(0.96, 2)
  })

  test('are expected, by what each did, to buy 1,654 times in the next 39 weeks, and bought 1,882 times', () => {
    const expected = known.reduce((sum, one) => sum + expectedMore(published, one, 39), 0)
    expect(actual()).toBe(1882)
    expect(expected).toBeCloseTo(1654, -1)
  })
})

describe.skipIf(absent)(`what the tenth of CDNOW’s customers spend${skipped}`, () => {
  test('gives the published parameters', () => {
    const { histories } = sampleUntil('1997-09-30')
    const spending = histories.flatMap((history) => spendingOf(history) ?? [])
    expect(spending).toHaveLength(946)
    const { parameters, settled } = fitGammaGamma(spending)
    expect(settled).toBe(true)
    // Fader and Hardie 2013: p 6.25, q 3.74, gamma 15.44 dollars, here in cents.
    expect(parameters.p).toBeCloseTo(6.25, 1)
    expect(parameters.q).toBeCloseTo(3.74, 1)
    expect(parameters.gamma / 100).toBeCloseTo(15.44, 0)
  })
})
