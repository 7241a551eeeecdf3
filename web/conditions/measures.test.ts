import { expect, test } from 'vitest'
import { conditionSchema, type EventsTest, measures } from '../../shared/conditions/schema.ts'
import { measuredBy } from './measures.ts'

const often: EventsTest = {
  ...{ kind: 'events', event: 'order', where: [], measure: 'count' },
  ...{ window: { kind: 'ever' }, op: 'gte', value: 3 },
}
const lately: EventsTest = { ...often, measure: 'last', property: 'days_ago', op: 'is_set' }

test('how often becomes how much on average, of the amount', () => {
  expect(measuredBy(often, 'average', [])).toEqual({ ...often, measure: 'average', property: 'amount' })
})

test('how many different ones is asked of what tells events apart', () => {
  const asked = { ...often, measure: 'distinct', op: 'gte', value: 2 }
  expect(measuredBy(often, 'distinct', ['amount', 'sku'])).toEqual({ ...asked, property: 'sku' })
  expect(measuredBy(often, 'distinct', ['amount'])).toEqual({ ...asked, property: 'category' })
  const store = { ...often, measure: 'first', property: 'store', op: 'eq', value: '西湖店' } as const
  expect(measuredBy(store, 'distinct', ['amount', 'sku'])).toEqual({ ...asked, property: 'store' })
})

test('what has no days or no number to compare is not asked for them', () => {
  const mean = measuredBy(lately, 'average', [])
  expect(mean).toMatchObject({ measure: 'average', property: 'amount', op: 'gte', value: 0 })
  expect(measuredBy(lately, 'distinct', [])).toMatchObject({ property: 'category', op: 'gte' })
  expect(measuredBy(lately, 'count', [])).toEqual({ ...often, value: 1 })
})

test('whatever is chosen after whatever else fits the schema', () => {
  for (const first of measures)
    for (const second of measures) {
      const made = measuredBy(measuredBy(lately, first, ['amount', 'sku']), second, ['amount', 'sku'])
      expect(conditionSchema.parse(made)).toEqual(made)
      expect(made.measure).toBe(second)
    }
})
