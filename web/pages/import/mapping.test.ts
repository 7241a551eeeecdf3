import { expect, test } from 'vitest'
import { choicesFor, examplesOf, mappingProblems } from './mapping.ts'

test('orders need their id, a customer, a time and an amount', () => {
  const mapping = { 单号: 'order_id', 会员: 'customer_id', 品类: 'attribute' }
  expect(mappingProblems('orders', mapping)).toEqual({
    missing: [
      ['ordered_at', 'created_at'],
      ['amount', 'net', 'item_price'],
    ],
    twice: [],
  })
})

test('an address is enough to know a customer by', () => {
  expect(mappingProblems('customers', { mail: 'email' })).toEqual({ missing: [], twice: [] })
  expect(mappingProblems('customers', { who: 'name' }).missing).toEqual([['customer_id', 'phone', 'email']])
})

test('two columns cannot be the same field', () => {
  const mapping = { id: 'customer_id', 手机: 'phone', 电话: 'phone' }
  expect(mappingProblems('customers', mapping)).toEqual({ missing: [], twice: ['phone'] })
})

test('a column of a field’s name cannot be an attribute beside the field', () => {
  expect(choicesFor('customers', 'city')).not.toContain('attribute')
  expect(choicesFor('customers', 'tier')).toContain('attribute')
  expect(choicesFor('orders', 'city')).toContain('attribute')
})

test('the examples are the first values there are, each once', () => {
  expect(examplesOf([{ city: '' }, { city: '杭州' }, { city: '杭州' }, { city: '苏州' }], 'city')).toEqual([
    '杭州',
    '苏州',
  ])
  expect(examplesOf([], 'city')).toEqual([])
})
