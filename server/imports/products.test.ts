import { describe, expect, test } from 'vitest'
import { openDatabase } from '../store/sqlite/database.ts'
import { productColumns } from '../store/sqlite/products/products.ts'
import { guessKind, guessMapping } from './columns.ts'
import { importFile } from './import.ts'

const base = { zone: 'Asia/Shanghai', currency: 'CNY', receivedAt: Date.parse('2026-08-11T10:00:00+08:00') }
async function read(text: string, db = openDatabase(':memory:', { durability: 'off' })) {
  const report = await importFile(db, { ...base, kind: 'products', source: Buffer.from(text) })
  const rows = db.sqlite.prepare(`select ${productColumns} from products order by id`).all()
  return { db, report, rows }
}

describe('a file of products', () => {
  test('is known by its columns, in Chinese and as shops export it', () => {
    expect(guessKind(['商品编号', '商品名称', '价格', '库存', '分类'])).toEqual({
      kind: 'products',
      sure: true,
    })
    expect(guessKind(['SKU', 'Name', 'Regular price', 'Stock', 'Categories', 'Images'])).toEqual({
      ...{ kind: 'products', sure: true },
    })
    expect(guessMapping('products', ['SKU', 'Name', 'Stock', 'Permalink', 'Colour'])).toEqual({
      ...{ SKU: 'product_id', Name: 'title', Stock: 'stock', Permalink: 'link', Colour: 'attribute' },
    })
    expect(guessKind(['id', 'name', 'phone', 'category', 'link']).kind).toBe('customers')
    expect(guessKind(['订单号', '付款时间', '实付金额', '商品编号', '价格', '库存']).kind).toBe('orders')
  })

  test('enters with price, stock and all else that it says', async () => {
    const { rows, report } = await read(
      '商品编号,商品名称,价格,库存,分类,图片,链接,颜色\n' +
        'A-1,月光小夜灯,"1,299.50",12,家居,https://shop.example/a.jpg,https://shop.example/a,白\n' +
        'A-2,永生花音乐盒,¥88,,礼盒,,,\n',
    )
    expect(report).toMatchObject({ imported: 2, rejected: 0, cells: 0 })
    expect(rows).toMatchObject([
      {
        ...{ id: 'A-1', title: '月光小夜灯', price: 129_950, stock: 12, category: '家居' },
        ...{
          image: 'https://shop.example/a.jpg',
          link: 'https://shop.example/a',
          attributes: '{"颜色":"白"}',
        },
      },
      { id: 'A-2', price: 8_800, stock: null, image: null },
    ])
  })

  test('twice changes nothing, and another one only what it says', async () => {
    const text = 'sku,title,price,stock\nA-1,Lamp,12.50,3\n'
    const { db } = await read(text)
    expect((await read(text, db)).report).toMatchObject({ imported: 0, unchanged: 1 })
    const { report, rows } = await read('sku,title,price,stock\nA-1,,,0\n', db)
    expect(report).toMatchObject({ updated: 1 })
    expect(rows).toMatchObject([{ title: 'Lamp', price: 1_250, stock: 0 }])
  })

  test('keeps out rows without an id, and cells that cannot be read', async () => {
    const { report, rows } = await read(
      'sku,title,price,stock,link\n,Nothing,1,1,\nA-1,Lamp,-5,many,ftp://x\nA-2,Box,cheap,1.5,javascript:alert(1)\n',
    )
    expect(report.rejections.map(({ code }) => code)).toEqual(['missing-value'])
    expect(report.cellFaults.map(({ code }) => code)).toEqual([
      ...['negative-price', 'invalid-stock', 'invalid-link'],
      ...['invalid-amount', 'invalid-stock', 'invalid-link'],
    ])
    expect(rows).toMatchObject([
      { id: 'A-1', price: null, stock: null, link: null },
      { id: 'A-2', title: 'Box', price: null },
    ])
  })
})
