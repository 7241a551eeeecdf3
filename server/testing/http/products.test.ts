import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ProductList } from '../../../shared/api/products.ts'
import type { RecordsAnswer } from '../../../shared/api/records.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const post = (body: object) => server.ask<RecordsAnswer>('POST', '/products', body)
const list = async (query = '') => (await server.ask<ProductList>('GET', `/products${query}`)).body

const box = {
  id: 'BOX',
  title: '七夕礼盒',
  price: 12_900,
  stock: 40,
  category: '礼盒',
  image: 'https://shop.example/box.jpg',
  link: 'https://shop.example/box',
  colour: 'red',
}

describe('the products of a brand', () => {
  test('are made and changed one by one: what is left out stays, null takes away', async () => {
    expect((await post(box)).body.results).toEqual([{ line: 1, id: 'BOX', status: 'created' }])
    const { colour: _colour, ...fields } = box
    expect((await list()).products).toMatchObject([{ ...fields, attributes: { colour: 'red' } }])
    const again = await post([box, { id: 'BOX', stock: 39, link: null, colour: null }])
    expect(again.body.results.map(({ status }) => status)).toEqual(['unchanged', 'updated'])
    expect((await list()).products).toMatchObject([
      { title: '七夕礼盒', price: 12_900, stock: 39, link: null, attributes: {} },
    ])
  })

  test('are refused by themselves, with the place and the reason', async () => {
    const { body } = await post([
      { ...box, price: 1.5 },
      { ...box, link: 'javascript:alert(1)' },
      { title: 'no id' },
      { ...box, id: 'B2', sizes: ['S'] },
    ])
    expect(body.results).toMatchObject([
      { id: 'BOX', status: 'refused', code: 'record-invalid', place: 'price' },
      { status: 'refused', code: 'record-invalid', place: 'link' },
      { id: null, status: 'refused', code: 'record-invalid', place: 'id' },
      { id: 'B2', status: 'created', faults: [{ field: 'sizes', code: 'no-value' }] },
    ])
  })

  test('are found by part of an id or a title and by category, page by page', async () => {
    await post([box, { id: 'CARD', title: '贺卡', category: '卡片' }, { id: 'BOW', title: '蝴蝶结' }])
    expect((await list('?search=%E7%A4%BC')).products.map(({ id }) => id)).toEqual(['BOX'])
    expect((await list(`?category=${encodeURIComponent('卡片')}`)).products.map(({ id }) => id)).toEqual([
      'CARD',
    ])
    const first = await list('?limit=2')
    expect(first).toMatchObject({ total: 3, categories: ['卡片', '礼盒'], next: 'BOX' })
    expect((await list(`?limit=2&after=${first.next}`)).products.map(({ id }) => id)).toEqual(['CARD'])
  })

  test('are taken out; one that is not there cannot be', async () => {
    await post(box)
    expect((await server.ask('DELETE', '/products/BOX')).status).toBe(204)
    expect((await list()).products).toEqual([])
    expectProblem(await server.ask('DELETE', '/products/BOX'), 404, 'not-found')
  })

  test('hold the brand to its currency as soon as one has a price', async () => {
    await post(box)
    const change = { ...server.own.brand(), currency: 'JPY' }
    expectProblem(await server.ask('PUT', '/settings/brand', change), 409, 'currency-in-use')
  })
})
