import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerOrderPage } from '../../../shared/api/customer-orders.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { RecordsAnswer } from '../../../shared/api/records.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const post = (body: object) => server.ask<RecordsAnswer>('POST', '/orders', body)
const read = async (id: string) => (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body
const order = async (customer: string, id: string) =>
  (await read(customer)).orders.find((one) => one.id === id)
const only = ({ body }: { body: RecordsAnswer }) => body.results[0]

const gift = {
  id: 'n1',
  customerId: 'm4',
  at: '2026-08-10T12:00:00+08:00',
  lines: [
    { sku: 'BOX', title: '七夕礼盒', quantity: 2, price: 10_000, discount: 500 },
    { sku: 'CARD', title: '贺卡', quantity: 1, price: 300 },
  ],
  shipping: 800,
  discount: 1_000,
}

describe('an order told by the API', () => {
  test('is the event of its number, with its lines; what was paid is what they come to', async () => {
    expect(only(await post(gift))).toEqual({ line: 1, id: 'n1', status: 'created' })
    expect(await order('m4', 'n1')).toEqual({
      id: 'n1',
      at: Date.parse('2026-08-10T12:00:00+08:00'),
      amount: 2 * 10_000 - 500 + 300 + 800 - 1_000,
      refunded: 0,
      properties: { items: gift.lines, shipping: 800, discount: 1_000 },
    })
  })

  test('says gross, or net and tax; where they differ the gross counts, and it is told', async () => {
    await post({ id: 'n1', customerId: 'm4', net: 10_000, tax: 1_300 })
    expect(await order('m4', 'n1')).toMatchObject({ amount: 11_300, properties: { net: 10_000, tax: 1_300 } })
    const told = only(await post({ id: 'n2', customerId: 'm4', amount: 12_000, net: 10_000, tax: 1_300 }))
    expect(told).toMatchObject({ status: 'created', faults: [{ field: 'amount', code: 'amounts-differ' }] })
    expect(await order('m4', 'n2')).toMatchObject({ amount: 12_000 })
  })

  test('changes nothing when it is sent again, and is corrected when it says otherwise', async () => {
    await post(gift)
    expect(only(await post(gift))?.status).toBe('unchanged')
    expect(only(await post({ ...gift, amount: 5_000 }))?.status).toBe('updated')
    expect((await read('m4')).orders).toMatchObject([{ id: 'n1', amount: 5_000 }])
  })

  test('keeps its lines when it is sent again without them, for refunds too, and takes others that it says', async () => {
    await post(gift)
    const { lines, ...bare } = gift
    const amount = 2 * 10_000 - 500 + 300 + 800 - 1_000
    expect(only(await post({ ...bare, amount }))?.status).toBe('unchanged')
    const refunds = [{ id: 'r1', at: startAt, amount: 100, lines: [{ sku: 'BOX', quantity: 1 }] }]
    const told = only(await post({ ...bare, amount: 15_000, note: 'late', refunds }))
    expect(told).toEqual({ line: 1, id: 'n1', status: 'updated' })
    expect(await order('m4', 'n1')).toMatchObject({
      ...{ amount: 15_000, refunded: 100 },
      properties: { items: lines, note: 'late' },
    })
    const [box] = lines
    await post({ ...gift, lines: [box] })
    expect((await order('m4', 'n1'))?.properties.items).toEqual([box])
    await post({ ...bare, amount: 100, lines: [] })
    expect((await order('m4', 'n1'))?.properties.items).toEqual([])
  })

  test('belongs to one customer, also within one call', async () => {
    const { body } = await post([
      gift,
      { ...gift, customerId: 'm5' },
      { id: 'o1', customerId: 'm5', amount: 1 },
    ])
    expect(body.results).toMatchObject([
      { status: 'created' },
      { line: 2, status: 'refused', code: 'order-claimed', message: { en: expect.stringContaining('n1') } },
      { line: 3, status: 'refused', code: 'order-claimed' },
    ])
  })

  test('loses what is given back: refund by refund, or in all, each once', async () => {
    await post(gift)
    const refunds = [{ id: 'r1', amount: 1_000, at: startAt, reason: 'late' }]
    expect(only(await post({ ...gift, refunds }))?.status).toBe('updated')
    expect(only(await post({ ...gift, refunds }))?.status).toBe('unchanged')
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 1_000 })
    expect(only(await post({ ...gift, refunds, refunded: 4_000 }))?.status).toBe('updated')
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 4_000 })
    expect(only(await post({ ...gift, refunds, refunded: 4_000 }))?.status).toBe('unchanged')
  })

  test('is no purchase any more once it is cancelled', async () => {
    await post(gift)
    const before = (await read('m4')).totals
    expect(only(await post({ id: 'n1', customerId: 'm4', status: 'cancelled' }))?.status).toBe('updated')
    expect((await read('m4')).totals).toEqual({ orders: before.orders - 1, spent: 0 })
    expect(only(await post({ id: 'n1', customerId: 'm4', status: '已取消' }))?.status).toBe('unchanged')
    const never = await post({ id: 'n9', customerId: 'm4', status: 'cancelled' })
    expectProblem(never, 422, 'records-refused')
    expect(never.body.results).toMatchObject([{ code: 'order-closed' }])
  })

  test('takes out an order of a file that is called off', async () => {
    expect(only(await post({ id: 'o1', customerId: 'm1', status: 'cancelled' }))?.status).toBe('updated')
    expect(await order('m1', 'o1')).toBeUndefined()
  })

  test('is refused by a stated rule where its time, money or shape cannot be', async () => {
    const { body } = await post([
      { id: 'a', customerId: 'm4', amount: 1, at: '0001-01-01' },
      { id: 'b', customerId: 'm4', amount: 1, at: '9999-12-31' },
      { id: 'c', customerId: 'm4', amount: 1, currency: 'USD' },
      { id: 'd', customerId: 'm4' },
      { id: 'e', customerId: 'm4', amount: -1 },
      { id: 'f', amount: 1 },
      { id: 'g', customerId: 'm4', amount: 1 },
    ])
    expect(body.results.map(({ id, code }) => [id, code])).toEqual([
      ['a', expect.stringMatching(/^(time-outside|invalid-date)$/)],
      ['b', 'time-outside'],
      ['c', 'other-currency'],
      ['d', 'missing-value'],
      ['e', 'record-invalid'],
      ['f', 'no-key'],
      ['g', undefined],
    ])
    expect(body.results[1]?.message?.en).toContain('1900 to 2200')
  })

  test('is refused or makes its customer, as the brand’s settings say', async () => {
    const stranger = { id: 'n1', phone: '13800000007', name: '新客', amount: 100 }
    const refused = await post(stranger)
    expect(refused.body.results).toMatchObject([{ code: 'unknown-customer' }])
    await server.ask('PUT', '/settings/brand', { ...server.own.brand(), strangers: 'made' })
    expect(only(await post(stranger))?.status).toBe('created')
    expect(await read('13800000007')).toMatchObject({
      customer: { name: '新客', phone: '13800000007' },
      orders: [{ id: 'n1', amount: 100 }],
    })
    const event = { id: 'e1', customerId: 'new', name: 'signed_up' }
    expect((await server.ask('POST', '/events', { events: [event] })).body).toMatchObject({ accepted: 1 })
    expect((await read('new')).customer.id).toBe('new')
  })
})

describe('a refund that names lines', () => {
  const refund = (id: string, ...lines: readonly object[]) => ({ id, at: startAt, lines })
  const give = async (...refunds: readonly object[]) => only(await post({ ...gift, refunds }))
  const fields = (result: Awaited<ReturnType<typeof give>>) =>
    result?.faults?.map(({ field, code }) => [field, code])
  const kept = async () => {
    const { body } = await server.ask<CustomerOrderPage>('GET', '/customers/m4/orders')
    return body.orders[0]
  }

  test('is kept with them, comes to what they say, and does nothing when it is sent again', async () => {
    await post(gift)
    const one = refund(
      'r1',
      { sku: 'BOX', quantity: 1, amount: 9_750, reason: 'late' },
      { sku: 'CARD', amount: 300 },
    )
    expect(await give(one)).toEqual({ line: 1, id: 'n1', status: 'updated' })
    expect(await give(one)).toEqual({ line: 1, id: 'n1', status: 'unchanged' })
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 10_050 })
    const events = server.db.sqlite
      .prepare<[], string>(`select properties from events where name = 'refund'`)
      .pluck()
      .all()
    expect(events.map((text) => JSON.parse(text))).toEqual([{ order_id: 'n1', lines: one.lines }])
    expect((await kept())?.lines).toMatchObject([
      { sku: 'BOX', quantity: 2, returned: 1, returnedMoney: 9_750 },
      { sku: 'CARD', quantity: 1, returned: 0, returnedMoney: 300 },
    ])
  })

  test('is taken but for the lines that the order does not have, which are told with their place', async () => {
    await post(gift)
    const told = await give({
      ...refund('r1', { sku: 'BOX', quantity: 1 }, { sku: 'HAT', quantity: 1 }, { quantity: 1 }),
      amount: 5_000,
    })
    expect(told).toMatchObject({ status: 'updated' })
    expect(fields(told)).toEqual([
      ['refunds.0.lines.1', 'no-such-line'],
      ['refunds.0.lines.2', 'missing-value'],
    ])
    expect(told?.faults?.[0]?.message.en).toContain('“HAT”')
    expect(told?.faults?.[0]?.message['zh-CN']).toContain('请写这笔订单明细里的 sku')
    expect((await kept())?.lines.map(({ returned }) => returned)).toEqual([1, 0])
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 5_000 })
  })

  test('gives back no more than was bought and not given back before', async () => {
    await post(gift)
    const first = { ...refund('r1', { sku: 'BOX', quantity: 1 }), amount: 100 }
    const second = { ...refund('r2', { sku: 'BOX', quantity: 2 }), amount: 200 }
    expect((await give(first))?.faults).toBeUndefined()
    const told = await give(first, second)
    expect(fields(told)).toEqual([['refunds.1.lines.0', 'too-many-back']])
    expect(told?.faults?.[0]?.message.en).toContain('2 were bought and 1 can')
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 300 })
    // Without a number it is of all that are left, which are counted once.
    const rest = { ...refund('r3', { sku: 'BOX' }), amount: 300 }
    expect((await give(rest))?.faults).toBeUndefined()
    expect(fields(await give({ ...rest, id: 'r4' }))).toEqual([['refunds.0.lines.0', 'too-many-back']])
    expect((await give(first, rest))?.status).toBe('unchanged')
    expect((await kept())?.lines.map(({ returned }) => returned)).toEqual([2, 0])
  })

  test('counts the lines of all refunds of one call together', async () => {
    const told = await give(
      { ...refund('r1', { sku: 'BOX', quantity: 1.5 }), amount: 100 },
      { ...refund('r2', { sku: 'BOX', quantity: 1 }, { sku: 'CARD', quantity: 1 }), amount: 100 },
    )
    expect(told?.status).toBe('created')
    expect(fields(told)).toEqual([['refunds.1.lines.0', 'too-many-back']])
    expect((await kept())?.lines.map(({ returned }) => returned)).toEqual([1.5, 1])
  })

  test('is left out itself where nothing says how much it was, and is told where its lines say more', async () => {
    const told = await give(
      refund('r1', { sku: 'BOX', quantity: 1 }),
      { ...refund('r2', { sku: 'CARD', amount: 300 }), amount: 200 },
      { id: 'r3', at: startAt },
    )
    expect(told?.status).toBe('created')
    expect(fields(told)).toEqual([
      ['refunds.0.amount', 'no-refund-amount'],
      ['refunds.1.amount', 'lines-over-refund'],
      ['refunds.2.amount', 'no-refund-amount'],
    ])
    expect(await order('m4', 'n1')).toMatchObject({ refunded: 200 })
  })

  test('is asked for by conditions as what is left of each line', async () => {
    await give({ ...refund('r1', { sku: 'BOX', quantity: 1 }, { sku: 'CARD', quantity: 1 }), amount: 10_050 })
    const members = async (test: object) => {
      const condition = { kind: 'events', event: '$order_line', window: { kind: 'ever' }, ...test }
      const { body } = await server.ask<{ count: number }>('POST', '/audiences/count', { condition })
      return body.count
    }
    const of = (sku: string) => ({ where: [{ property: 'sku', op: 'eq', value: sku }] })
    expect(
      await members({ ...of('BOX'), measure: 'sum', property: 'net_quantity', op: 'eq', value: 1 }),
    ).toBe(1)
    expect(
      await members({ ...of('BOX'), measure: 'sum', property: 'net_amount', op: 'eq', value: 9_750 }),
    ).toBe(1)
    expect(await members({ ...of('CARD'), op: 'gte', value: 1 })).toBe(0)
  })
})

describe('events told by the API', () => {
  const event = (id: string, more: object = {}) => ({ id, customerId: 'm1', name: 'page_viewed', ...more })

  test('are answered one by one where they come as a list or as a stream', async () => {
    const rows = [
      event('a'),
      event('a'),
      event('b', { customerId: 'nobody' }),
      event('c', { at: '9999-01-01' }),
      {},
    ]
    const codes = ['created', 'unchanged', 'unknown-customer', 'invalid-event', 'invalid-event']
    const { body } = await server.ask<RecordsAnswer>('POST', '/events', rows)
    expect(body.results.map(({ status, code = status }) => code)).toEqual(codes)
    expect(body.results[3]?.message?.en).toContain('1900 to 2200')
    const streamed = await server.app.inject({
      method: 'POST',
      url: '/api/v1/brands/own/events',
      headers: { 'content-type': 'application/x-ndjson' },
      payload: `${JSON.stringify(event('d'))}\n{\n${JSON.stringify(event('a'))}`,
    })
    const lines = streamed.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { line: 1, id: 'd', status: 'created' },
      { line: 2, status: 'refused', code: 'record-not-json' },
      { line: 3, id: 'a', status: 'unchanged' },
      { summary: { created: 1, updated: 0, unchanged: 1, refused: 1 } },
    ])
  })
})
