import { describe, expect, test } from 'vitest'
import { buyer, inMemory } from '../testing/conditions-in-memory.ts'
import type { PropertyValue } from './customer.ts'
import { conditionSchema } from './schema.ts'
import type { TimeContext } from './window.ts'

const now: TimeContext = { now: 1_000_000, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }

interface Bought {
  readonly amount: number
  readonly properties: Readonly<Record<string, PropertyValue>>
}
const tea = { sku: 'T1', title: '龙井', category: '茶', price: 9_900, quantity: 2, discount: 1_800 }
const soap = { sku: 'S1', title: '香皂', category: '香氛', price: 2_000 }
const order = (...items: readonly PropertyValue[]): Bought => ({ amount: 20_000, properties: { items } })

/** Whether a test of lines holds for somebody with some orders, of which so much was given back. */
function holds(test: object, orders: readonly Bought[], back: readonly number[] = []): boolean {
  const events = [
    ...orders.map((one, index) => ({ ...one, id: `o${index}`, name: 'order', at: index })),
    ...back.map((amount, index) => ({
      ...{ id: `r${index}`, name: 'refund', at: 100 + index, amount, properties: { order_id: `o${index}` } },
    })),
  ]
  const bare = { kind: 'events', event: '$order_line', op: 'eq' }
  const condition = conditionSchema.parse('kind' in test ? test : { ...bare, ...test })
  return inMemory(condition, {}, now, [{ ...buyer('one', [], []), events }]).length === 1
}
const of = (property: string, value: string | number, op = 'eq') => ({ where: [{ property, op, value }] })

describe('the lines of orders', () => {
  test('are counted one by one, by what each of them says', () => {
    const bought = [order(tea, soap), order(tea)]
    expect(holds({ value: 3 }, bought)).toBe(true)
    expect(holds({ ...of('sku', 'T1'), value: 2 }, bought)).toBe(true)
    expect(holds({ ...of('category', '香氛'), value: 1 }, bought)).toBe(true)
    expect(holds({ ...of('price', 5_000, 'lt'), value: 1 }, bought)).toBe(true)
    // Tea stands in one line and a low price in another.
    const cheapTea = [...of('sku', 'T1').where, ...of('price', 5_000, 'lt').where]
    expect(holds({ where: cheapTea, value: 0 }, bought)).toBe(true)
  })

  test('add up their pieces and what they come to, and tell how many products there are', () => {
    const bought = [order(tea, soap), order(tea)]
    expect(holds({ measure: 'sum', property: 'quantity', value: 5 }, bought)).toBe(true)
    expect(holds({ ...of('sku', 'T1'), measure: 'sum', value: 36_000 }, bought)).toBe(true)
    expect(holds({ measure: 'distinct', property: 'sku', value: 2 }, bought)).toBe(true)
    expect(holds({ measure: 'first', property: 'sku', value: 'T1' }, bought)).toBe(true)
    expect(holds({ measure: 'last', property: 'title', value: '香皂' }, [order(tea, soap)])).toBe(true)
    expect(holds({ measure: 'average', property: 'price', value: 5_950 }, [order(tea, soap)])).toBe(true)
  })

  test('go with their order where all of it was given back, and stay where a part was', () => {
    expect(holds({ value: 0 }, [order(tea)], [20_000])).toBe(true)
    expect(holds({ value: 1 }, [order(tea)], [500])).toBe(true)
  })

  test('that were taken back themselves do not count', () => {
    expect(holds({ value: 1 }, [order({ ...tea, status: '已退款' }, soap)])).toBe(true)
    expect(holds({ value: 0 }, [order({ ...tea, refunded: true })])).toBe(true)
  })

  test('have the order’s categories where they say none, and a bare name is a title', () => {
    const bought = [{ amount: 100, properties: { category: '茶|器具', items: [{ sku: 'X' }, '盖碗'] } }]
    expect(holds({ ...of('category', '器具'), value: 2 }, bought)).toBe(true)
    expect(holds({ ...of('title', '盖碗'), value: 1 }, bought)).toBe(true)
  })

  test('an order that says nothing of lines is one itself', () => {
    const bought = [{ amount: 8_800, properties: { 品类: '茶' } }]
    expect(holds({ ...of('category', '茶'), value: 1 }, bought)).toBe(true)
    expect(holds({ measure: 'sum', value: 8_800 }, bought)).toBe(true)
    expect(holds({ measure: 'sum', value: 8_000 }, bought, [800])).toBe(true)
  })

  test('may be steps of a sequence: soap after tea', () => {
    const step = (sku: string) => ({ event: '$order_line', ...of('sku', sku) })
    const after = { kind: 'sequence', first: step('T1'), next: [step('S1')] }
    expect(holds(after, [order(tea), order(soap)])).toBe(true)
    expect(holds(after, [order(soap), order(tea)])).toBe(false)
  })
})

describe('lines that a refund names', () => {
  const twoTeas = { amount: 20_000, properties: { items: [tea, soap] } }
  const given = (...lines: readonly PropertyValue[]) => ({
    ...{ id: 'r1', name: 'refund', at: 100, amount: 9_000, properties: { order_id: 'o0', lines } },
  })
  /** What a condition adds up of the lines of tea after refunds. */
  function left(property: string, ...refunds: readonly ReturnType<typeof given>[]): number | undefined {
    const events = [{ ...twoTeas, id: 'o0', name: 'order', at: 0 }, ...refunds]
    const bare = { kind: 'events', event: '$order_line', ...of('sku', 'T1'), measure: 'sum', property }
    const sums = [0, 1, 2, 9_000, 16_000, 17_000, 18_000]
    return sums.find(
      (value) =>
        inMemory(conditionSchema.parse({ ...bare, op: 'eq', value }), {}, now, [
          { ...buyer('one', [], []), events },
        ]).length === 1,
    )
  }

  test('say how many pieces are left, and what they come to', () => {
    expect([left('net_quantity'), left('refunded_quantity'), left('net_amount')]).toEqual([2, 0, 18_000])
    const one = given({ sku: 'T1', quantity: 1 })
    expect([left('net_quantity', one), left('refunded_quantity', one)]).toEqual([1, 1])
    // Half of the pieces are worth half of the line, unless the refund says how much.
    expect(left('net_amount', one)).toBe(9_000)
    expect(left('net_amount', given({ sku: 'T1', quantity: 1, amount: 2_000 }))).toBe(16_000)
    expect(left('net_amount', given({ sku: 'T1', amount: 1_000 }))).toBe(17_000)
    expect(left('net_quantity', given({ sku: 'T1', amount: 1_000 }))).toBe(2)
    // What was bought stays what it was.
    expect([left('quantity', one), left('amount', one)]).toEqual([2, 18_000])
  })

  test('do not count once nothing is left of them, by one refund or by several', () => {
    const count = (...refunds: readonly ReturnType<typeof given>[]) => {
      const events = [{ ...twoTeas, id: 'o0', name: 'order', at: 0 }, ...refunds]
      const lines = conditionSchema.parse({ kind: 'events', event: '$order_line', op: 'eq', value: 1 })
      return inMemory(lines, {}, now, [{ ...buyer('one', [], []), events }]).length === 1
    }
    expect(count()).toBe(false)
    expect(count(given({ sku: 'T1', quantity: 1 }))).toBe(false)
    expect(count(given({ sku: 'T1', quantity: 1 }), { ...given({ sku: 'T1', quantity: 1 }), id: 'r2' })).toBe(
      true,
    )
    expect(count(given({ sku: 'T1' }))).toBe(true)
    expect(count(given({ sku: 'T1', amount: 18_000 }))).toBe(true)
    // Of another product, or to come, it takes nothing.
    expect(count(given({ sku: 'X' }))).toBe(false)
    expect(count({ ...given({ sku: 'T1' }), at: 2_000_000 })).toBe(false)
  })
})
