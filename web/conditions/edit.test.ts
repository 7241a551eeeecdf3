import { describe, expect, test } from 'vitest'
import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts'
import { addTo, asGroup, newLeaf, newWindow, partAt, removeAt, replaceAt, toggleNot, wrapAt } from './edit.ts'
import { operandFor, readScalar, withOperator } from './value.ts'

const gold: Condition = { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' }
const vip: Condition = { kind: 'tag', tag: 'vip', has: true }
const nested: Condition = { kind: 'all', of: [gold, { kind: 'any', of: [vip, { kind: 'not', of: gold }] }] }

describe('editing a condition', () => {
  test('a single test can be added to', () => {
    expect(addTo(asGroup(gold), [], vip)).toEqual({ kind: 'all', of: [gold, vip] })
    expect(asGroup(nested)).toBe(nested)
  })

  test('parts are found and replaced by their path', () => {
    expect(partAt(nested, [1, 0])).toBe(vip)
    expect(partAt(nested, [1, 1, 0])).toBe(gold)
    expect(partAt(nested, [4, 1])).toBeUndefined()
    expect(partAt(replaceAt(nested, [1, 1, 0], vip), [1, 1])).toEqual({ kind: 'not', of: vip })
  })

  test('what was denied goes with its not', () => {
    expect(partAt(removeAt(nested, [1, 1, 0]), [1])).toEqual({ kind: 'any', of: [vip] })
  })

  test('a part can be denied and affirmed again', () => {
    const denied = toggleNot(nested, [0])
    expect(partAt(denied, [0])).toEqual({ kind: 'not', of: gold })
    expect(toggleNot(denied, [0])).toEqual(nested)
  })

  test('a part can be put into a group of the other kind', () => {
    expect(partAt(wrapAt(nested, [0]), [0])).toEqual({ kind: 'any', of: [gold] })
    expect(partAt(wrapAt(nested, [1, 0]), [1, 0])).toEqual({ kind: 'all', of: [vip] })
  })

  test('new tests fit the schema once the marketer has filled them in', () => {
    for (const kind of ['attribute', 'anniversary', 'events', 'entry'] as const)
      expect(conditionSchema.safeParse(newLeaf(kind)).success).toBe(true)
    for (const kind of ['ever', 'between', 'last', 'since_entry', 'festival'] as const) {
      const window = newWindow(kind)
      expect(conditionSchema.safeParse({ ...newLeaf('events'), window }).success).toBe(true)
    }
  })
})

describe('values', () => {
  test('are read as the data has them', () => {
    expect(readScalar('3', 'eq', [1, 2])).toBe(3)
    expect(readScalar('3', 'eq', ['1', 'x'])).toBe('3')
    expect(readScalar('3', 'gt', [])).toBe(3)
    expect(readScalar('2027-01-01', 'gt', [])).toBe('2027-01-01')
    expect(readScalar('true', 'eq', [true])).toBe(true)
  })

  test('fit the operator', () => {
    expect(operandFor('in', '杭州')).toEqual(['杭州'])
    expect(operandFor('eq', ['杭州', '苏州'])).toBe('杭州')
    expect(withOperator({ kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }, 'is_set')).toEqual({
      kind: 'attribute',
      name: 'city',
      op: 'is_set',
    })
  })
})
