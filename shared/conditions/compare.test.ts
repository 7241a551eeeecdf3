import { describe, expect, test } from 'vitest'
import { asNumber, compare, matches } from './compare.ts'
import type { Operator } from './schema.ts'

describe('a value is compared', () => {
  test.each<[unknown, Operator, unknown, boolean]>([
    ['杭州', 'eq', '杭州', true],
    ['杭州', 'ne', '上海', true],
    [10, 'gt', 9, true],
    ['10', 'gt', '9', true],
    ['10', 'gt', 9, true],
    [10, 'gt', 10, false],
    [10, 'gte', 10, true],
    [10, 'lt', 10, false],
    [10, 'lte', 10, true],
    ['2026-08-05', 'gt', '2026-07-31', true],
    [true, 'eq', true, true],
    ['金卡', 'in', ['金卡', '银卡'], true],
    ['普通', 'in', ['金卡', '银卡'], false],
    ['普通', 'not_in', ['金卡', '银卡'], true],
    ['七夕香氛礼盒', 'contains', '香氛', true],
    ['七夕香氛礼盒', 'contains', ['茶', '香氛'], true],
    ['七夕香氛礼盒', 'starts_with', '七夕', true],
    ['七夕香氛礼盒', 'starts_with', '礼盒', false],
    ['x', 'gt', ['a'], false],
    ['x', 'eq', undefined, false],
  ])('%j %s %j: %j', (actual, op, operand, holds) => {
    const value = actual as string | number | boolean
    expect(compare(value, op, operand as string | string[] | undefined)).toBe(holds)
  })

  test('that is missing holds only for what asks for its absence', () => {
    const holding = (actual: null | string | string[]) =>
      (['eq', 'ne', 'gt', 'lt', 'in', 'not_in', 'contains', 'is_set', 'not_set'] as const).filter((op) =>
        compare(actual, op, 'a'),
      )
    for (const nothing of [null, '', []]) expect(holding(nothing)).toEqual(['ne', 'not_in', 'not_set'])
    expect(holding('0')).toEqual(['ne', 'lt', 'not_in', 'is_set'])
  })

  test('of a list by its members: one is enough, and for a denial none may be equal', () => {
    const categories = ['香氛', '茶礼']
    expect(compare(categories, 'eq', '茶礼')).toBe(true)
    expect(compare(categories, 'ne', '茶礼')).toBe(false)
    expect(compare(categories, 'not_in', ['首饰'])).toBe(true)
    expect(compare(categories, 'contains', '氛')).toBe(true)
  })
})

test('a number is read from what looks like one and from nothing else', () => {
  expect(['12', '-3.5', 7, '1e3', ' 12', '', '１２', true].map((value) => asNumber(value))).toEqual([
    12,
    -3.5,
    7,
    null,
    null,
    null,
    null,
    null,
  ])
})

test('an event matches by its name and all tests on its properties, the amount among them', () => {
  const event = {
    id: 'e',
    name: 'order',
    at: 0,
    amount: 12_000,
    properties: { categories: ['香氛'], store: '杭州店' },
  }
  const where = [
    { property: 'amount', op: 'gte', value: 10_000 },
    { property: 'categories', op: 'eq', value: '香氛' },
  ] as const
  expect(matches({ event: 'order', where: [...where] }, event)).toBe(true)
  expect(matches({ event: 'refund', where: [] }, event)).toBe(false)
  expect(
    matches({ event: 'order', where: [...where, { property: 'constructor', op: 'is_set' }] }, event),
  ).toBe(false)
})
