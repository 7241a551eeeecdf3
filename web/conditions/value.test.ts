import { describe, expect, test } from 'vitest'
import { lineEvent } from '../../shared/conditions/lines.ts'
import type { PropertyTest } from '../../shared/conditions/schema.ts'
import { withProperty } from './value.ts'

describe('a test of what an event tells', () => {
  const costly = { property: 'amount', op: 'gte', value: 10_000 } as const

  test('begins anew when it is no longer of money', () => {
    expect(withProperty(costly, 'source', null)).toEqual({ property: 'source', op: 'eq', value: '' })
    const lines = { property: 'price', op: 'lt', value: 5000 } as const
    expect(withProperty(lines, 'category', lineEvent)).toEqual({
      property: 'category',
      op: 'eq',
      value: '',
    })
  })

  test('begins anew when it comes to be of money', () => {
    expect(withProperty({ property: 'source', op: 'eq', value: '门店' }, 'amount', null)).toEqual(costly)
  })

  test('keeps what was meant of a property of the same kind', () => {
    const test = { property: 'source', op: 'in', value: ['门店'] } satisfies PropertyTest
    expect(withProperty(test, 'store', null)).toEqual({ ...test, property: 'store' })
  })
})
