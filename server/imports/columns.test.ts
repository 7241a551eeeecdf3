import { describe, expect, test } from 'vitest'
import type { ImportKind } from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'
import { checkMapping, guessKind, guessMapping, type Mapping } from './columns.ts'

function problemOf(kind: ImportKind, mapping: Mapping, columns = Object.keys(mapping)): unknown {
  try {
    checkMapping(kind, columns, mapping)
  } catch (error) {
    return error instanceof Problem ? [error.code, error.place] : error
  }
  return null
}

const order = { no: 'order_id', who: 'customer_id', when: 'ordered_at', paid: 'amount' }

describe('the columns of a file', () => {
  test('tell customers from orders', () => {
    expect(guessKind(['customer_id', 'name']).kind).toBe('customers')
    expect(guessKind(['会员号', '姓名', '手机号']).kind).toBe('customers')
    expect(guessKind(['customer_id', 'order_id', 'amount']).kind).toBe('orders')
    expect(guessKind(['订单号', '客户编号', '下单时间', '金额']).kind).toBe('orders')
  })

  test('become fields by their names, the others attributes', () => {
    expect(guessMapping('customers', ['customer_id', 'phone', 'segment', 'order_id'])).toEqual({
      customer_id: 'customer_id',
      phone: 'phone',
      segment: 'attribute',
      order_id: 'attribute',
    })
    expect(guessMapping('customers', ['Customer ID', 'Registered At', 'E-mail', '性别', '出生日期'])).toEqual(
      {
        'Customer ID': 'customer_id',
        'Registered At': 'registered_at',
        'E-mail': 'email',
        性别: 'gender',
        出生日期: 'birthday',
      },
    )
    expect(
      guessMapping('orders', ['订单编号', '会员号', '支付时间', '实付金额（元）', '实付金额', '品类']),
    ).toEqual({
      订单编号: 'order_id',
      会员号: 'customer_id',
      支付时间: 'ordered_at',
      '实付金额（元）': 'attribute',
      实付金额: 'amount',
      品类: 'attribute',
    })
  })

  test('of the field’s own name go before its other names', () => {
    expect(guessMapping('customers', ['姓名', 'name', '手机', '手机号'])).toEqual({
      姓名: 'attribute',
      name: 'name',
      手机: 'attribute',
      手机号: 'phone',
    })
  })

  test('of how many and how dear are of an order’s lines where what was bought is named', () => {
    const head = ['order_id', 'customer_id', 'ordered_at', 'amount', 'quantity']
    expect(guessMapping('orders', head)).toMatchObject({ quantity: 'attribute' })
    expect(guessMapping('orders', [...head, 'sku'])).toMatchObject({ quantity: 'item_quantity' })
  })

  test('may be mapped by hand, and left out', () => {
    expect(problemOf('orders', { ...order, memo: 'ignore', items: 'attribute' })).toBeNull()
  })

  test.each<[string, ImportKind, Mapping, unknown]>([
    [
      'a required field without a column',
      'orders',
      { ...order, paid: 'ignore' },
      ['csv-missing-column', 'amount'],
    ],
    ['a field of two columns', 'orders', { ...order, cost: 'amount' }, ['csv-mapping', 'cost']],
    ['a field that is none', 'orders', { ...order, to: 'birthday' }, ['csv-mapping', 'to']],
    [
      'an attribute of a field’s name',
      'customers',
      { id: 'customer_id', name: 'attribute' },
      ['csv-mapping', 'name'],
    ],
  ])('%s is refused', (_case, kind, mapping, problem) => {
    expect(problemOf(kind, mapping)).toEqual(problem)
  })

  test('must all be mapped, and no others', () => {
    expect(problemOf('orders', order, [...Object.keys(order), 'items'])).toEqual(['csv-mapping', 'items'])
    expect(problemOf('orders', { ...order, gone: 'attribute' }, Object.keys(order))).toEqual([
      'csv-mapping',
      'gone',
    ])
  })
})
