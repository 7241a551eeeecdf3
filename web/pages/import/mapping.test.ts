import { expect, test } from 'vitest'
import { choicesFor, exampleOf, mappingProblems } from './mapping.ts'

test('orders need their id, customer, time and amount', () => {
  const mapping = { 单号: 'order_id', 会员: 'customer_id', 品类: 'attribute' }
  expect(mappingProblems('orders', mapping)).toEqual({ missing: ['ordered_at', 'amount'], twice: [] })
})

test('two columns cannot be the same field', () => {
  const mapping = { id: 'customer_id', 手机: 'phone', 电话: 'phone' }
  expect(mappingProblems('customers', mapping)).toEqual({ missing: [], twice: ['phone'] })
})

test('a column of a field’s name cannot be an attribute beside the field', () => {
  expect(choicesFor('customers', 'city')).not.toContain('attribute')
  expect(choicesFor('customers', 'tier')).toContain('attribute')
})

test('the example is the first value there is', () => {
  expect(exampleOf([{ city: '' }, { city: '杭州' }], 'city')).toBe('杭州')
  expect(exampleOf([], 'city')).toBe('')
})
