import { describe, expect, test } from 'vitest'
import { unit } from '../stats/hash.ts'
import { areaUnderCurve, judge } from './evaluate.ts'
import { contributionsOf, fitLogistic, probabilityOf, solve } from './logistic.ts'
import { featureNames, rankOf, reasonsOf } from './propensity.ts'
import { logistic } from './special.ts'
import { standingOn } from './standing.ts'

/** People of two features, of which the outcome follows a known law. */
const people = Array.from({ length: 4_000 }, (_, at) => {
  const features = [unit('a', at) * 4 - 2, unit('b', at) * 10]
  const chance = logistic(-1 + 1.5 * (features[0] ?? 0) - 0.2 * (features[1] ?? 0))
  return { features, chance, happened: unit('happens', at) < chance }
})

describe('a logistic regression', () => {
  const model = fitLogistic(people)

  test('finds the law by which it came', () => {
    const slopes = model.weights.map((weight, axis) => weight / (model.spreads[axis] ?? 1))
    expect(slopes[0]).toBeCloseTo(1.5, 0)
    expect(slopes[1]).toBeCloseTo(-0.2, 1)
    const off = people.map(({ features, chance }) => Math.abs(probabilityOf(model, features) - chance))
    expect(Math.max(...off)).toBeLessThan(0.06)
  })

  test('says as often that it happens as it does', () => {
    const said = people.reduce((sum, { features }) => sum + probabilityOf(model, features), 0)
    expect(said).toBeCloseTo(people.filter(({ happened }) => happened).length, 3)
  })

  test('adds up its contributions to what it says', () => {
    const features = [1, 3]
    const sum = contributionsOf(model, features).reduce((all, one) => all + one, model.intercept)
    expect(logistic(sum)).toBe(probabilityOf(model, features))
  })

  test('settles where a feature tells all, and where one tells nothing', () => {
    const certain = [-2, -1, 1, 2].map((x) => ({ features: [x, 7], happened: x > 0 }))
    const fitted = fitLogistic(certain)
    expect(probabilityOf(fitted, [2, 7])).toBeGreaterThan(0.5)
    expect(Number.isFinite(probabilityOf(fitted, [-2, 7]))).toBe(true)
    expect(fitted.weights[1]).toBe(0)
  })

  test('solves its equations', () => {
    const [x = 0, y = 0] = solve(
      [
        [0, 2],
        [3, 1],
      ],
      [4, 5],
    )
    expect(x).toBeCloseTo(1, 12)
    expect(y).toBeCloseTo(2, 12)
  })
})

describe('how well something was said', () => {
  test('is the chance to tell two apart, equals counting half', () => {
    const said = (probability: number, happened: boolean) => ({ probability, happened })
    expect(areaUnderCurve([said(0.1, false), said(0.9, true)])).toBe(1)
    expect(areaUnderCurve([said(0.9, false), said(0.1, true)])).toBe(0)
    expect(areaUnderCurve([said(0.5, false), said(0.5, true)])).toBe(0.5)
    expect(areaUnderCurve([said(0.2, false), said(0.5, true), said(0.5, false), said(0.7, true)])).toBe(0.875)
    expect(areaUnderCurve([said(0.5, true)])).toBeNull()
  })

  test('holds what was said of each tenth beside what came', () => {
    const quality = judge(people.map(({ chance, happened }) => ({ probability: chance, happened })))
    expect(quality?.tenths).toHaveLength(10)
    expect(quality?.tenths.reduce((sum, { customers }) => sum + customers, 0)).toBe(people.length)
    for (const { customers, said, happened } of quality?.tenths ?? [])
      expect(Math.abs(happened / customers - said)).toBeLessThan(0.06)
    expect(quality?.lift).toBeGreaterThan(2)
  })
})

test('a rank is from 1 to 100, and of equals the middle one', () => {
  const cuts = Array.from({ length: 99 }, (_, at) => (at < 60 ? 0.1 : 0.1 + at / 1000))
  expect(rankOf(cuts, 0)).toBe(1)
  expect(rankOf(cuts, 0.1)).toBe(31)
  expect(rankOf(cuts, 1)).toBe(100)
})

test('the reasons are what moved it most, with what is so of the customer', () => {
  const strong = (name: string) => (name === 'recency' ? -2 : name === 'frequency' ? 1 : 0.01)
  const model = {
    intercept: 0,
    weights: featureNames.map(strong),
    means: featureNames.map(() => 0),
    spreads: featureNames.map(() => 1),
  }
  const days = [
    { day: 0, worth: 500, orders: 1, reduced: 0 },
    { day: 40, worth: 700, orders: 1, reduced: 0 },
  ]
  const standing = standingOn({ days, touches: [] }, 50)
  if (standing === null) throw new Error('something was bought')
  expect(reasonsOf(model, { standing, until: 50 })).toEqual([
    { feature: 'recency', up: false, value: 10 },
    { feature: 'frequency', up: true, value: 2 },
    expect.objectContaining({ feature: 'worth', up: true, value: 600 }),
  ])
})
