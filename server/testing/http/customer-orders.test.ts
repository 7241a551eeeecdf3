import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CustomerOrder, CustomerOrderPage } from '../../../shared/api/customer-orders.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.ask('PUT', '/customers/c1', { name: '王芳' })
})
afterEach(() => server.close())

async function read(limit: number): Promise<CustomerOrder[]> {
  const all: CustomerOrder[] = []
  for (let next: string | null = ''; next !== null; ) {
    const query: string = `?limit=${limit}${next === '' ? '' : `&before=${next}`}`
    const { body } = await server.ask<CustomerOrderPage>('GET', `/customers/c1/orders${query}`)
    all.push(...body.orders)
    next = body.next
  }
  return all
}

test('an order is told with its lines, their products, and what was taken off and given back', async () => {
  await server.ask('POST', '/products', [
    { id: 'box', title: '七夕礼盒', image: 'https://shop.example/box.jpg', link: 'https://shop.example/box' },
  ])
  await server.ask('POST', '/orders', [
    {
      ...{
        id: 'own-1',
        customerId: 'c1',
        at: startAt - 1000,
        amount: 18_000,
        discount: 500,
        refunded: 3_000,
      },
      lines: [
        { sku: 'box', quantity: 2, price: 9_900, discount: 1_300 },
        { title: '贺卡', quantity: 1 },
      ],
    },
  ])
  const [order] = await read(5)
  expect(order).toMatchObject({ id: 'own-1', amount: 18_000, discount: 1_800, refunded: 3_000 })
  expect(order?.lines).toMatchObject([
    { sku: 'box', title: '七夕礼盒', quantity: 2, price: 9_900, image: 'https://shop.example/box.jpg' },
    { sku: null, title: '贺卡', image: null, link: null },
  ])
})

test('many orders are read in pages of any size, those of one moment too', async () => {
  const orders = Array.from({ length: 7 }, (_, index) => ({
    ...{ id: `own-${index}`, customerId: 'c1', amount: 100, at: startAt - Math.floor(index / 3) * 1000 },
  }))
  await server.ask('POST', '/orders', orders)
  const whole = await read(50)
  expect(whole.map(({ id }) => id)).toHaveLength(7)
  for (const limit of [1, 2, 3]) expect(await read(limit)).toEqual(whole)
  expectProblem(await server.ask('GET', '/customers/nobody/orders'), 404, 'not-found')
})
