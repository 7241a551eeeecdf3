import { describe, expect, test } from 'vitest'
import { buyer, inMemory } from '../testing/conditions-in-memory.ts'
import { conditionSchema } from './schema.ts'
import type { TimeContext } from './window.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const now: TimeContext = {
  now: at('2026-08-19T12:00:00'),
  zone: 'Asia/Shanghai',
  enteredAt: null,
  anchors: {},
}

/** Whether a sequence holds for somebody who has done some things, each told as `day time what`. */
function holds(test: object, deeds: readonly string[], context: TimeContext = now): boolean {
  const events = deeds.map((deed, index) => {
    const [day, time, name = ''] = deed.split(' ')
    const [event = '', of] = name.split(':')
    return {
      ...{ id: `${index}`, name: event, at: at(`2026-08-${day}T${time}:00`), amount: 1_000 },
      properties: of === undefined ? {} : event === 'refund' ? { order_id: of } : { sku: of },
    }
  })
  const condition = conditionSchema.parse({ kind: 'sequence', ...test })
  return inMemory(condition, {}, context, [{ ...buyer('one', [], []), events }]).length === 1
}

const cart = { event: 'cart' }
const order = { event: 'order' }
const hours = (amount: number) => ({ within: { amount, unit: 'hour' } })

describe('one thing after another', () => {
  test.each<[string, object, readonly string[], boolean]>([
    ['a cart and then an order', { first: cart, next: [order] }, ['10 09:00 cart', '10 10:00 order'], true],
    ['the order before the cart', { first: cart, next: [order] }, ['10 10:00 cart', '10 09:00 order'], false],
    [
      'an order within the hour',
      { first: cart, next: [{ ...order, ...hours(1) }] },
      ['10 09:00 cart', '10 10:00 order'],
      true,
    ],
    [
      'an order a minute late',
      { first: cart, next: [{ ...order, ...hours(1) }] },
      ['10 09:00 cart', '10 10:01 order'],
      false,
    ],
    [
      'a second cart, which begins the gap anew',
      { first: cart, next: [{ ...order, ...hours(1) }] },
      ['10 09:00 cart', '10 09:30 cart', '10 10:20 order'],
      true,
    ],
    ['one order, which is not two', { first: order, next: [order] }, ['10 09:00 order'], false],
    [
      'two orders of one moment, in the order of their arrival',
      { first: order, next: [order] },
      ['10 09:00 order', '10 09:00 order'],
      true,
    ],
    [
      'three steps, each within a day of the last',
      {
        first: cart,
        next: [
          { event: 'pay', ...hours(24) },
          { ...order, ...hours(24) },
        ],
      },
      ['10 09:00 cart', '11 08:00 pay', '12 07:00 order'],
      true,
    ],
    [
      'an order that was given back',
      { first: cart, next: [order] },
      ['10 09:00 cart', '10 10:00 order', '11 10:00 refund:1'],
      false,
    ],
    [
      'another product than the one asked for',
      { first: { event: 'cart', where: [{ property: 'sku', op: 'eq', value: 'A' }] }, next: [order] },
      ['10 09:00 cart:B', '10 10:00 order'],
      false,
    ],
    [
      'the first step before its window',
      { first: cart, next: [order], window: { kind: 'last', span: { amount: 3, unit: 'day' } } },
      ['10 09:00 cart', '18 10:00 order'],
      false,
    ],
  ])('%s', (_what, sequence, deeds, expected) => {
    expect(holds(sequence, deeds)).toBe(expected)
  })
})

describe('one thing and then not another', () => {
  const left = { first: cart, without: { ...order, ...hours(24) } }
  test.each<[string, readonly string[], boolean]>([
    ['a cart that was left', ['10 09:00 cart'], true],
    ['a cart that was paid for in time', ['10 09:00 cart', '11 09:00 order'], false],
    ['a cart that was paid for too late', ['10 09:00 cart', '11 09:01 order'], true],
    ['a cart whose time is not over yet', ['19 09:00 cart'], false],
    ['two carts, of which one was paid for', ['10 09:00 cart', '10 10:00 order', '12 09:00 cart'], true],
    ['two carts before one order', ['10 09:00 cart', '10 09:30 cart', '10 10:00 order'], false],
    ['no cart at all', ['10 10:00 order'], false],
  ])('%s', (_what, deeds, expected) => {
    expect(holds(left, deeds)).toBe(expected)
  })

  test('without a gap nothing of it may have followed until now', () => {
    const never = { first: cart, without: order }
    expect(holds(never, ['10 09:00 cart'])).toBe(true)
    expect(holds(never, ['19 11:59 cart'])).toBe(true)
    expect(holds(never, ['10 09:00 cart', '19 11:59 order'])).toBe(false)
  })

  test('holds from the first millisecond at which the time is over', () => {
    const due = at('2026-08-11T09:00:00')
    expect(holds(left, ['10 09:00 cart'], { ...now, now: due - 1 })).toBe(false)
    expect(holds(left, ['10 09:00 cart'], { ...now, now: due })).toBe(true)
  })
})

test('eleven sequences in one condition are refused, and six steps behind the first', () => {
  const one = { kind: 'sequence', first: cart, next: [order] }
  const many = (count: number) =>
    conditionSchema.safeParse({ kind: 'any', of: Array.from({ length: count }, () => one) })
  expect(many(10).success).toBe(true)
  expect(many(11).error?.issues[0]?.message).toBe('10 sequences at most in one condition')
  expect(conditionSchema.safeParse({ ...one, next: Array.from({ length: 6 }, () => order) }).success).toBe(
    false,
  )
})
