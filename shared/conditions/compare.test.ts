import { describe, expect, test } from 'vitest'
import { compare, compareAs, matches } from './compare.ts'
import type { Operand, Operator } from './schema.ts'
import type { AttributeType, Format } from './types/index.ts'
import type { Value } from './value.ts'

/** As it is left of …123 and of …124 alike. */
const longId = Number('2781230000000000123')

describe('a value is compared', () => {
  test.each<[unknown, Operator, unknown, boolean]>([
    ['杭州', 'eq', '杭州', true],
    ['杭州', 'ne', '上海', true],
    [10, 'gt', 9, true],
    ['10', 'gt', '9', false],
    ['10', 'gt', 9, false],
    ['10', 'eq', 10, true],
    ['010', 'eq', '10', false],
    ['010', 'eq', 10, false],
    ['010', 'ne', '10', true],
    ['010', 'in', ['10', '0010'], false],
    ['010', 'not_in', ['10', '0010'], true],
    ['2781230000000000123', 'eq', '2781230000000000124', false],
    ['1e3', 'eq', '1000', false],
    ['１０', 'eq', '10', false],
    [' 10', 'eq', '10', false],
    [10, 'gt', '9', true],
    [10, 'eq', '10.0', true],
    [10, 'gt', 'many', false],
    [longId, 'eq', longId, false],
    [longId, 'eq', '2781230000000000123', false],
    [longId, 'gt', 1e9, true],
    [10, 'eq', '010', false],
    [10, 'in', ['010', '0010'], false],
    [10, 'not_in', ['010'], true],
    [0.5, 'eq', '0.5', true],
    [0, 'eq', '0', true],
    [true, 'eq', '是', true],
    [true, 'eq', 'false', false],
    ['true', 'eq', true, true],
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
    expect(holding('0')).toEqual(['ne', 'not_in', 'is_set'])
  })

  test('of a list by its members: one is enough, and for a denial none may be equal', () => {
    const categories = ['香氛', '茶礼']
    expect(compare(categories, 'eq', '茶礼')).toBe(true)
    expect(compare(categories, 'ne', '茶礼')).toBe(false)
    expect(compare(categories, 'not_in', ['首饰'])).toBe(true)
    expect(compare(categories, 'contains', '氛')).toBe(true)
  })
})

describe('an attribute is compared as its type says', () => {
  const context = { zone: 'Asia/Shanghai', currency: 'CNY' }
  const holds = (
    type: AttributeType,
    actual: Value,
    op: Operator,
    operand: Operand,
    format: Format | null = null,
  ) => compareAs({ type, format }, actual, op, operand, context)

  test('a number by number, however the operand is written', () => {
    expect(holds('number', 1280, 'gt', '1,000')).toBe(true)
    expect(holds('number', 10, 'eq', '010')).toBe(true)
    expect(holds('number', 10, 'gt', 'many')).toBe(false)
    expect(holds('number', 10, 'starts_with', '1')).toBe(false)
  })

  test('a text by its letters, and over nothing', () => {
    expect(holds('text', '010', 'eq', '10')).toBe(false)
    expect(holds('text', '10', 'gt', '9')).toBe(false)
    expect(holds('text', '2026-08-19', 'gt', '2026-08-01')).toBe(false)
  })

  test('money in its main unit, to the cent', () => {
    expect(holds('money', 128_000, 'eq', 1280)).toBe(true)
    expect(holds('money', 29, 'eq', 0.29)).toBe(true)
    expect(holds('money', 128_000, 'gte', '¥1,280.01')).toBe(false)
  })

  test('a date as a day, however the operand is written', () => {
    expect(holds('date', '2026-08-19', 'eq', '2026年8月19日')).toBe(true)
    expect(holds('date', '2026-08-19', 'lt', '20260820')).toBe(true)
    expect(holds('date', '2026-08-19', 'lt', 'soon')).toBe(false)
    expect(holds('date', '2026-10-08', 'eq', '08/10/2026', 'day-first')).toBe(true)
    expect(holds('date', '--08-19', 'eq', '8月19日')).toBe(true)
    expect(holds('date', '--08-19', 'gt', '2026-01-01')).toBe(false)
  })

  test('a time within the day that is named, in the brand’s zone', () => {
    const at = Date.parse('2026-08-19T00:30:00+08:00')
    expect(holds('time', at, 'eq', '2026-08-19')).toBe(true)
    expect(holds('time', at, 'gt', '2026-08-19')).toBe(false)
    expect(holds('time', at, 'gt', '2026-08-18')).toBe(true)
    expect(holds('time', at, 'gt', '2026-08-19 00:00')).toBe(true)
    expect(holds('time', at, 'lt', '2026-08-19T00:00:00Z')).toBe(true)
    expect(holds('time', at, 'eq', at)).toBe(true)
  })

  test('yes as yes, in any word for it', () => {
    expect(holds('yes_no', true, 'eq', '是')).toBe(true)
    expect(holds('yes_no', true, 'eq', 1)).toBe(true)
    expect(holds('yes_no', false, 'ne', true)).toBe(true)
  })
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
