import { describe, expect, test } from 'vitest'
import { historyOf, touchOf } from './deeds.ts'
import { habitsOf, priceSensitivity, traitsOf } from './habits.ts'
import { quintileOf } from './quintiles.ts'
import { rfmOf, rfmScores, segmentOf, segments } from './rfm.ts'
import { rhythmOf, stageOf } from './stage.ts'
import { standingOn } from './standing.ts'
import { touchKindOf } from './touches.ts'

const zone = 'Asia/Shanghai'

test('the parts of a base are told by the least values of the upper four', () => {
  const cuts = [10, 20, 20, 30]
  expect([9, 10, 19, 20, 29, 30].map((value) => quintileOf(cuts, value))).toEqual([1, 2, 2, 4, 4, 5])
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
    const orders = [bought(0, 100), bought(0, 50), bought(9, 30)]
    const standing = standingOn(historyOf({ orders, touches: [] }, zone), firstDay + 20)
    if (standing === null) throw new Error('something was bought')
    expect(rfmOf(standing, firstDay + 20)).toEqual({ recency: -11, frequency: 2, value: 180 })
  })

  test('gives everybody one of eight segments, the best to who is high in all three', () => {
    const cuts = {
      recency: [-40, -30, -20, -10],
      frequency: [10, 20, 30, 40],
      value: [60, 70, 80, 90],
    }
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

const each = (...values: number[]) => values.map((value) => [value, 1] as const)

describe('the stage of a lifecycle', () => {
  test('is measured by the usual gap of the brand, within which three of four follow', () => {
    expect(rhythmOf(each(10, 20, 30, 400))).toBe(365)
    expect(rhythmOf(each(1, 2, 3, 4, 5))).toBe(14)
    expect(rhythmOf(each(20, 30, 40, 50, 200))).toBe(50)
    expect(rhythmOf([])).toBe(90)
  })

  test.each([
    ['new', 1, 30],
    ['active', 2, 30],
    ['cooling', 1, 31],
    ['cooling', 2, 60],
    ['asleep', 2, 120],
    ['lost', 2, 121],
  ])('is %s with %i purchases, the last %i days ago, at a gap of 30', (stage, purchases, ago) => {
    expect(stageOf({ days: purchases, last: 100 }, 100 + ago, 30)).toBe(stage)
  })
})

describe('habits', () => {
  test('are what orders say most often, of equals the last', () => {
    const orders = [
      bought(0, 1, { categories: ['茶', '杯'], channel: '小程序' }),
      bought(1, 1, { category: '杯', 渠道: '门店' }),
      bought(2, 1, { categories: '杯|茶', channel: '门店', coupon: 'M1' }),
    ]
    expect(habitsOf({ orders, touches: [] }, zone)).toEqual({
      ...{ category: '杯', channel: '门店', response: null },
      ...{ hour: 12, hours: 3, nights: 0 },
    })
  })

  test('are also what is looked at, opened and clicked', () => {
    const touched = (day: number, hour: number, name: 'page_view' | 'message_clicked', properties = {}) =>
      touchOf(touchKindOf(name) ?? 'visits', noon + day * dayMs + hour * 3_600_000, properties)
    const touches = [
      touched(0, 9, 'page_view', { channel: 'sms' }),
      touched(1, 9, 'page_view'),
      touched(2, 9, 'message_clicked', { channel: 'email', message_id: '7' }),
    ]
    expect(habitsOf({ orders: [bought(0)], touches }, zone)).toMatchObject({
      ...{ response: 'email', hour: 21, hours: 4, nights: 3 },
    })
  })

  test('are told by the lines of an order where it says no category itself', () => {
    const lines = [{ category: '茶' }, { sku: '1' }, { 品类: '杯、壶' }]
    expect(traitsOf(JSON.stringify({ items: lines })).categories).toEqual(['茶', '杯', '壶'])
    expect(traitsOf(JSON.stringify({ items: lines, category: '礼盒' })).categories).toEqual(['礼盒'])
    expect(traitsOf(JSON.stringify({ items: 2 })).categories).toEqual([])
  })

  test('know no hour of orders that know days alone, nor by two of them', () => {
    const atMidnight = [0, 1, 2].map((day) => ({ ...bought(day), at: noon - 12 * 3_600_000 + day * dayMs }))
    expect(habitsOf({ orders: atMidnight, touches: [] }, zone).hour).toBeNull()
    expect(habitsOf({ orders: [bought(0), bought(1)], touches: [] }, zone).hour).toBeNull()
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
