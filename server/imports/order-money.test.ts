import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportOptions } from '../../shared/api/imports.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { importFile, inspectFile } from './index.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const options: Partial<ImportOptions> = { createCustomers: true }
const take = (lines: readonly string[]) =>
  importFile(db, {
    ...{ kind: 'orders', source: Buffer.from(lines.join('\n')), options },
    ...{ zone: 'Asia/Shanghai', currency: 'CNY', receivedAt: Date.parse('2026-08-01T00:00:00Z') },
  })
const mappingOf = async (header: string) =>
  (await inspectFile({ source: Buffer.from(`${header}\n`) })).mapping
const eventsNamed = (name: string) =>
  db.sqlite
    .prepare<[string], { id: string; amount: number; properties: string }>(
      'select id, amount, properties from events where name = ? order by id',
    )
    .all(name)
    .map(({ properties, ...event }) => ({ ...event, properties: JSON.parse(properties) }))

describe('the money of an order in a file', () => {
  test('is kept in minor units as the API keeps it, beside what the file’s own columns say', async () => {
    const report = await take([
      'Order ID,Customer ID,Paid at,Total,Net amount,Taxes,Shipping,Discount Amount',
      'A,1,2026-07-01,113.00,100.00,13.00,8.00,-20.00',
    ])
    expect(report).toMatchObject({ imported: 1, cells: 0 })
    expect(eventsNamed('order')).toMatchObject([
      { amount: 11_300, properties: { net: 10_000, tax: 1_300, shipping: 800, discount: 2_000, Taxes: 13 } },
    ])
  })

  test('stands on its lines too, and so does what was given back of each', async () => {
    const report = await take([
      '订单号,会员号,付款时间,实付金额,商品名称,商品编码,商品数量,商品单价,商品优惠金额,商品税额,商品退款金额',
      'A,1,2026-07-01,130.00,礼盒,G1,1,100.00,10.00,11.70,',
      'A,1,2026-07-01,130.00,茶,T1,2,25.00,10.00,5.20,20.00',
    ])
    expect(report).toMatchObject({ imported: 1, lines: 1, cells: 0 })
    expect(eventsNamed('order')[0]?.properties.items).toEqual([
      { title: '礼盒', sku: 'G1', quantity: 1, price: 10_000, discount: 1_000, tax: 1_170 },
      { title: '茶', sku: 'T1', quantity: 2, price: 2_500, discount: 1_000, tax: 520, refunded: 2_000 },
    ])
    expect(eventsNamed('refund')).toMatchObject([
      { amount: 2_000, properties: { order_id: 'A', lines: [{ sku: 'T1', amount: 2_000 }] } },
    ])
  })

  describe('of which pieces came back', () => {
    const head = '订单号,会员号,付款时间,实付金额,商品名称,商品编码,商品数量,商品单价,商品优惠金额'
    const box = 'A,1,2026-07-01,130.00,礼盒,G1,1,100.00,10.00'
    const tea = 'A,1,2026-07-01,130.00,茶,T1,2,25.00,10.00'
    const refunds = () => eventsNamed('refund').map(({ amount, properties }) => [amount, properties.lines])

    test('names its lines as a refund of the API does: with what the file says, else with what the pieces are worth', async () => {
      expect(await mappingOf(`${head},退款数量`)).toMatchObject({ 退款数量: 'item_refunded_quantity' })
      await take([`${head},退款数量,商品退款金额`, `${box},,`, `${tea},1,18`])
      expect(refunds()).toEqual([[1_800, [{ sku: 'T1', quantity: 1, amount: 1_800 }]]])
      // Half of 2 × 25 less 10.
      await take([`${head},退款数量`, `${box},`, `${tea},1`])
      expect(refunds()).toEqual([[2_000, [{ sku: 'T1', quantity: 1, amount: 2_000 }]]])
    })

    test('comes to what the order says in all, where it does', async () => {
      await take([`${head},退款数量,退款金额`, `${box},,15.00`, `${tea},1,15.00`])
      expect(refunds()).toEqual([[1_500, [{ sku: 'T1', quantity: 1, amount: 2_000 }]]])
    })

    test('again changes nothing; a file that says nothing of lines leaves them, another sum counts', async () => {
      const plain = 'order_id,customer_id,ordered_at,amount,item_title,item_sku,item_quantity,item_price'
      const bought = 'A,1,2026-07-01,130.00,茶,T1,2,20.00'
      const file = [`${plain},item_refunded_quantity`, `${bought},1`]
      await take(file)
      expect(await take(file)).toMatchObject({ updated: 0, unchanged: 1 })
      const bare = (back: string) =>
        take(['order_id,customer_id,ordered_at,amount,refunded', `A,1,2026-07-01,130.00,${back}`])
      expect(await bare('20.00')).toMatchObject({ updated: 0, unchanged: 1 })
      expect(await bare('25.00')).toMatchObject({ updated: 1 })
      expect(refunds()).toEqual([[2_500, [{ sku: 'T1', quantity: 1, amount: 2_000 }]]])
    })

    test('costs a cell that says more than was bought, or of which nobody can tell what it was', async () => {
      const report = await take([`${head},退款数量`, `${box},2`, `${tea},1`])
      expect(report.cellFaults).toMatchObject([{ line: 2, column: '退款数量', code: 'too-many-back' }])
      expect(refunds()).toEqual([[2_000, [{ sku: 'T1', quantity: 1, amount: 2_000 }]]])
      const bare = 'order_id,customer_id,ordered_at,amount,item_title,item_sku,item_quantity'
      const other = await take([`${bare},item_refunded_quantity`, 'B,1,2026-07-01,30,茶,T1,2,1'])
      expect(other.cellFaults).toMatchObject([{ column: 'item_refunded_quantity', code: 'no-refund-amount' }])
      const nameless = await take([
        'order_id,customer_id,ordered_at,amount,item_title,item_quantity,item_price,item_refunded_quantity',
        'C,1,2026-07-01,30,茶,2,15,1',
      ])
      expect(nameless.cellFaults).toMatchObject([{ column: 'item_refunded_quantity', code: 'missing-value' }])
      expect(refunds().at(-1)).toEqual([1_500, undefined])
    })
  })

  test('says what was paid where no column does: without tax and the tax, else the lines', async () => {
    await take(['order_id,customer_id,ordered_at,net,tax', 'A,1,2026-07-01,100,13'])
    await take([
      'order_id,customer_id,ordered_at,item_title,item_quantity,item_price,item_discount,shipping,discount',
      'B,1,2026-07-01,茶,2,25,10,8,5',
      'B,1,2026-07-01,礼盒,1,100,,8,5',
    ])
    expect(eventsNamed('order')).toMatchObject([
      { id: 'A', amount: 11_300 },
      { id: 'B', amount: 14_300 },
    ])
  })

  test('of a row that says neither keeps the order out; a line without its price cannot be added up', async () => {
    const report = await take([
      'order_id,customer_id,ordered_at,item_title,item_price',
      'A,1,2026-07-01,茶,',
      'B,1,2026-07-01,茶,5',
    ])
    expect(report.rejections).toMatchObject([{ line: 2, code: 'missing-value' }])
    expect(eventsNamed('order')).toMatchObject([{ id: 'B', amount: 500 }])
  })

  test('that does not come to what was paid is told, and what was paid counts', async () => {
    const report = await take(['order_id,customer_id,ordered_at,amount,net,tax', 'A,1,2026-07-01,120,100,13'])
    expect(report.cellFaults).toMatchObject([{ line: 2, column: 'amount', code: 'amounts-differ' }])
    expect(eventsNamed('order')).toMatchObject([{ amount: 12_000 }])
  })

  test('below nothing is no shipping: the cell is left out', async () => {
    const report = await take(['order_id,customer_id,ordered_at,amount,shipping', 'A,1,2026-07-01,120,-8'])
    expect(report.cellFaults).toMatchObject([{ column: 'shipping', code: 'negative-amount' }])
    expect(eventsNamed('order')[0]?.properties).not.toMatchObject({ shipping: expect.anything() })
  })

  test('is known by the names that shops give it', async () => {
    expect(
      await mappingOf(
        'Order Number,Order Status,Email (Billing),Order Total Amount,Cart Discount Amount,Order Shipping Amount,Order Total Tax Amount',
      ),
    ).toMatchObject({
      'Cart Discount Amount': 'discount',
      'Order Shipping Amount': 'shipping',
      'Order Total Tax Amount': 'tax',
    })
    expect(await mappingOf('订单编号,买家会员名,买家实际支付金额,买家应付邮费,优惠金额')).toMatchObject({
      买家应付邮费: 'shipping',
      优惠金额: 'discount',
    })
  })
})
