import { describe, expect, test } from 'vitest'
import { attributeHolds } from './evaluate.ts'

describe('the whole of an address', () => {
  const holds = (
    name: string,
    op: 'eq' | 'ne' | 'in' | 'contains',
    actual: string,
    value: string | string[],
  ) => attributeHolds({ kind: 'attribute', name, op, value }, actual, undefined, 'Asia/Shanghai')

  test.each(['+86 138-0000-0001', '008613800000001', '１３８００００００ ０１', '013800000001'])(
    'is 13800000001 where %s is asked for',
    (written) => {
      expect(holds('phone', 'eq', '13800000001', written)).toBe(true)
      expect(holds('phone', 'in', '13800000001', ['no', written])).toBe(true)
      expect(holds('phone', 'ne', '13800000001', written)).toBe(false)
    },
  )

  test('of another country, and of a mailbox, is found too', () => {
    expect(holds('phone', 'eq', '+85291234567', '00852 9123 4567')).toBe(true)
    expect(holds('email', 'eq', 'wang@example.com', 'Wang@Example.com ')).toBe(true)
  })

  test('is asked for in profiles alone, and a part of it as it is written', () => {
    expect(holds('second_phone', 'eq', '13800000001', '+8613800000001')).toBe(false)
    expect(holds('phone', 'contains', '13800000001', '0000')).toBe(true)
  })
})
