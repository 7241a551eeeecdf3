import { expect, test } from 'vitest'
import { fittedModels } from './fitted.ts'
import { scoringBy } from './score.ts'

/** As a release kept it that knew neither groups nor what customers touch. */
const earlier = {
  rfm: { recency: [-90, -60, -30, -10], frequency: [1, 2, 3, 4], value: [100, 200, 300, 400] },
  stage: { rhythm: 30 },
  'bg-nbd': { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  'gamma-gamma': { p: 6.25, q: 3.74, gamma: 1_544 },
  propensity: {
    model: {
      intercept: -1,
      weights: [-0.5, 0.4, 0.3, 0, 0, 0, 0, 0],
      means: new Array(8).fill(0),
      spreads: new Array(8).fill(1),
    },
    cuts: Array.from({ length: 99 }, (_, at) => (at + 1) / 100),
  },
  habits: { reducedShare: 0.1 },
}

test('what an earlier release has fitted goes on scoring, without groups', () => {
  const fitted = fittedModels.parse(earlier)
  expect(fitted.groups).toBeNull()
  const score = scoringBy(fitted, { day: 100, zone: 'UTC', currency: 'CNY' })
  const { scores, reasons } = score(
    {
      standing: {
        ...{ orders: 3, reduced: 0, days: 3, first: 10, last: 95, worth: 60_000, firstWorth: 20_000 },
        ...{ recent: 3, seasons: 0, weekends: 1, visits: 4, carts: 0, opens: 0, clicks: 0 },
      },
      habits: { category: '茶', channel: null, response: null, hour: 9, hours: 3, nights: 0 },
      touched: [],
    },
    [],
  )
  expect(scores).toMatchObject({ score_rfm_recency: 5, score_stage: 'active', score_category: '茶' })
  expect(scores).not.toHaveProperty('score_group')
  expect(scores.score_propensity).toBeGreaterThan(0)
  for (const { feature } of reasons) expect(['recency', 'frequency', 'recent']).toContain(feature)
})
