import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { habitsOf, priceSensitivity, traitsOf } from './habits.ts'
import { daysOf } from './histories.ts'
import { quintileCuts, quintileOf } from './quintiles.ts'
import { rfmCuts, rfmOf, rfmScores, segmentOf, segments } from './rfm.ts'
import { rhythmOf, stageOf } from './stage.ts'

const zone = 'Asia/Shanghai'

describe('fifths of a base', () => {
  test('are of equal size where all values differ', () => {
    const values = Float64Array.from({ length: 100 }, (_, at) => at * 3)
    const cuts = quintileCuts(values)
    const counts = [0, 0, 0, 0, 0]
    for (const value of values)
      counts[quintileOf(cuts, value) - 1] = (counts[quintileOf(cuts, value) - 1] ?? 0) + 1
    expect(counts).toEqual([20, 20, 20, 20, 20])
  })

  test('keep equals together, where the middle one of them stands', () => {
    const values = Float64Array.from([
      ...new Array(60).fill(1),
      ...new Array(30).fill(2),
      ...new Array(10).fill(3),
    ])
    const cuts = quintileCuts(values)
    expect([1, 2, 3].map((value) => quintileOf(cuts, value))).toEqual([2, 4, 5])
    expect(quintileOf(quintileCuts(Float64Array.from([7, 7, 7])), 7)).toBe(3)
  })

  test('never give the greater value the lower part', () => {
    const values = fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(values, (given) => {
        const cuts = quintileCuts(Float64Array.from(given))
        const sorted = [...given].sort((left, right) => left - right).map((value) => quintileOf(cuts, value))
        expect(sorted).toEqual(sorted.toSorted((left, right) => left - right))
        expect(Math.min(...sorted)).toBeGreaterThanOrEqual(1)
        expect(Math.max(...sorted)).toBeLessThanOrEqual(5)
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})

const dayMs = 86_400_000
const noon = Date.parse('2026-01-01T12:00:00+08:00')
const bought = (day: number, worth = 100, properties = {}) => ({
  at: noon + day * dayMs,
  worth,
  properties: JSON.stringify(properties),
})
const firstDay = Math.floor((noon + 8 * 3_600_000) / dayMs)

describe('RFM', () => {
  test('counts days and not orders, and what is left after refunds', () => {
    const days = daysOf([bought(0, 100), bought(0, 50), bought(9, 30)], zone)
    expect(rfmOf(days, firstDay + 20)).toEqual({ recency: -11, frequency: 2, value: 180 })
  })

  test('gives everybody one of eight segments, the best to who is high in all three', () => {
    const base = Array.from({ length: 50 }, (_, at) => ({
      recency: -at,
      frequency: 50 - at,
      value: 100 - at,
    }))
    const column = (name: 'recency' | 'frequency' | 'value') => Float64Array.from(base, (one) => one[name])
    const cuts = rfmCuts({
      recency: column('recency'),
      frequency: column('frequency'),
      value: column('value'),
    })
    expect(segmentOf(rfmScores(cuts, { recency: 0, frequency: 50, value: 100 }))).toBe('champions')
    expect(segmentOf(rfmScores(cuts, { recency: -49, frequency: 50, value: 100 }))).toBe('loyal_gone_quiet')
    expect(segmentOf(rfmScores(cuts, { recency: -49, frequency: 1, value: 1 }))).toBe('faded')
    const five = [1, 4]
    const all = five.flatMap((recency) =>
      five.flatMap((frequency) => five.map((value) => segmentOf({ recency, frequency, value }))),
    )
    expect(new Set(all)).toEqual(new Set(Object.keys(segments)))
  })
})

describe('the stage of a lifecycle', () => {
  test('is measured by the usual gap of the brand, within which three of four follow', () => {
    expect(rhythmOf(Float64Array.from([10, 20, 30, 400]))).toBe(365)
    expect(rhythmOf(Float64Array.from([1, 2, 3, 4, 5]))).toBe(14)
    expect(rhythmOf(Float64Array.from([20, 30, 40, 50, 200]))).toBe(50)
    expect(rhythmOf(new Float64Array(0))).toBe(90)
  })

  test.each([
    ['new', 1, 30],
    ['active', 2, 30],
    ['cooling', 1, 31],
    ['cooling', 2, 60],
    ['asleep', 2, 120],
    ['lost', 2, 121],
  ])('is %s with %i purchases, the last %i days ago, at a gap of 30', (stage, purchases, ago) => {
    const days = Array.from({ length: purchases }, (_, at) => ({ day: 100 + at, worth: 1 }))
    expect(stageOf(days, 99 + purchases + ago, 30)).toBe(stage)
  })
})

describe('habits', () => {
  test('are what orders say most often, of equals the last', () => {
    const orders = [
      bought(0, 1, { categories: ['茶', '杯'], channel: '小程序' }),
      bought(1, 1, { category: '杯', 渠道: '门店' }),
      bought(2, 1, { categories: '杯|茶', channel: '门店', coupon: 'M1' }),
    ]
    expect(habitsOf(orders, zone)).toEqual({ category: '杯', channel: '门店', hour: 12, reduced: 1 })
  })

  test('know no hour of orders that know days alone, nor by two of them', () => {
    const atMidnight = [0, 1, 2].map((day) => ({ ...bought(day), at: noon - 12 * 3_600_000 + day * dayMs }))
    expect(habitsOf(atMidnight, zone).hour).toBeNull()
    expect(habitsOf([bought(0), bought(1)], zone).hour).toBeNull()
  })

  test.each([
    [{ discount: 0 }, false],
    [{ discount: '0.00' }, false],
    [{ 优惠券: '无' }, false],
    [{ coupon: '' }, false],
    [{ coupon: 'M9' }, true],
    [{ discount_amount: 12 }, true],
    [{ 折扣: '20%' }, true],
    [{}, false],
  ])('of an order with %o: reduced %s', (properties, reduced) => {
    expect(traitsOf(JSON.stringify(properties)).reduced).toBe(reduced)
  })

  test.each(['{', '[1]', '"x"', 'null'])('are not told by properties that cannot be read: %s', (text) => {
    expect(traitsOf(text)).toEqual({ categories: [], channel: null, reduced: false })
  })

  test('of few orders the sensitivity to price is drawn towards the brand’s', () => {
    expect(priceSensitivity(1, 1, 0.1)).toBeCloseTo(0.4, 10)
    expect(priceSensitivity(20, 20, 0.1)).toBeGreaterThan(0.9)
  })
})
