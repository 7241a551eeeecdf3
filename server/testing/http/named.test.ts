import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordResult, RecordsAnswer } from '../../../shared/api/records.ts'
import { expectProblem, openTestApp, type TestApp, urlOf } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const rows = (sql: string, ...given: unknown[]) =>
  server.db.sqlite.prepare<unknown[], Record<string, unknown>>(sql).all(...given)
const unionid = { kind: 'unionid', value: 'u-1' }
const card = { kind: 'card', value: 'V-9' }
const phone = (value: string) => ({ kind: 'phone', value })
const event = (id: string, by: object) => ({ id, by, name: 'page_viewed' })
const makeStrangers = () => server.ask('PUT', '/settings/brand', { ...server.own.brand(), strangers: 'made' })
const lines = (...all: object[]) => all.map((one) => JSON.stringify(one)).join('\n')
const stream = (path: string, ...all: object[]) =>
  server.app.inject({
    ...{ method: 'POST', url: urlOf(path), payload: lines(...all) },
    headers: { 'content-type': 'application/x-ndjson' },
  })
const results = (text: string): RecordResult[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

beforeEach(async () => {
  await server.ask('POST', '/customers/m2/identifiers', unionid)
})

describe('events, orders and customers name whoever they are of by an identifier', () => {
  test('an event by any of them, in a call, a list and a stream alike', async () => {
    const call = await server.ask('POST', '/events', { events: [event('e1', unionid)] })
    expect(call.body).toMatchObject({ accepted: 1, refused: 0 })
    const list = await server.ask<RecordsAnswer>('POST', '/events', [
      event('e2', phone('+86 199-0000-0003')),
      { id: 'e3', customerId: 'm1', name: 'page_viewed' },
    ])
    expect(list.body.results.map(({ id, status }) => [id, status])).toEqual([
      ['e2', 'created'],
      ['e3', 'created'],
    ])
    expect((await stream('/events', event('e4', unionid))).statusCode).toBe(200)
    expect(rows(`select id, customer_id as of from events where id like 'e%' order by id`)).toEqual([
      { id: 'e1', of: 'm2' },
      { id: 'e2', of: 'm3' },
      { id: 'e3', of: 'm1' },
      { id: 'e4', of: 'm2' },
    ])
  })

  test('an order and a change of a customer too, who keep what they have', async () => {
    const order = await server.ask('POST', '/orders', { id: 'b1', by: unionid, amount: 900 })
    expect(order.body).toMatchObject({ created: 1 })
    const changed = await server.ask<RecordsAnswer>('POST', '/customers', [
      { by: unionid, city: '昆明' },
      { by: phone('19900000003'), phone: '13911112222' },
    ])
    expect(changed.body.results).toMatchObject([
      { id: 'm2', status: 'updated' },
      { id: 'm3', status: 'updated' },
    ])
    expect(rows(`select id, city, phone from customers where id in ('m2', 'm3') order by id`)).toEqual([
      { id: 'm2', city: '昆明', phone: '19900000002' },
      { id: 'm3', city: '上海', phone: '13911112222' },
    ])
    const [kept] = rows(`select customer_id, properties from events where id = 'b1'`)
    expect(kept).toEqual({ customer_id: 'm2', properties: '{}' })
  })

  test('whom nobody knows is refused, row by row and with a reason, where the brand says so', async () => {
    const { body } = await server.ask<RecordsAnswer>('POST', '/events', [
      event('e1', card),
      event('e2', unionid),
      event('e3', { kind: 'openid', value: 'o1' }),
      event('e4', phone('12')),
      { ...event('e5', unionid), customerId: 'm1' },
      { id: 'e6', name: 'page_viewed' },
      event('e7', { kind: 'fax', value: '1' }),
    ])
    expect(body.results.map(({ status, code }) => code ?? status)).toEqual([
      'identifier-unknown',
      'created',
      'identifier-scope',
      'not-an-address',
      'invalid-event',
      'invalid-event',
      'invalid-event',
    ])
    expect(body.results[4]?.message?.['zh-CN']).toContain('只说一次')
    const orders = await stream(
      '/orders',
      { id: 'b1', by: card, amount: 1 },
      { id: 'b2', by: unionid, customerId: 'm1', amount: 1 },
      { id: 'b3', by: { kind: 'fax', value: '1' }, amount: 1 },
    )
    expect(results(orders.body).map(({ code, place }) => [code, place])).toEqual([
      ['identifier-unknown', 'by'],
      ['customer-named-twice', 'by'],
      ['record-invalid', 'by.kind'],
      [undefined, undefined],
    ])
    expectProblem(
      await server.ask('POST', '/events', { events: [event('e1', card)] }),
      422,
      'identifier-unknown',
    )
  })

  test('or made once, and found by it from then on', async () => {
    await makeStrangers()
    await server.ask('POST', '/events', [
      event('e1', card),
      event('e2', card),
      event('e3', phone('13911112222')),
    ])
    await server.ask('POST', '/orders', [{ id: 'b1', by: card, amount: 5 }])
    const cancelled = { id: 'b2', by: { kind: 'card', value: 'V-10' }, amount: 5, status: '已取消' }
    await server.ask('POST', '/orders', [cancelled, { id: 'b3', by: phone('13911112222'), amount: 5 }])
    expect(rows(`select distinct customer_id as of from events where id in ('e1', 'e2', 'b1')`)).toEqual([
      { of: 'card:V-9' },
    ])
    expect(rows(`select phone from customers where id = '13911112222'`)).toEqual([{ phone: '13911112222' }])
    expect(rows(`select count(*) as n from customers`)).toEqual([{ n: 8 }])
    expect((await server.ask('GET', '/customers/by/card/V-9')).body).toEqual({ customerId: 'card:V-9' })
    const receipt = { ...event('r1', { kind: 'card', value: 'V-11' }), name: 'message_delivered' }
    const { status } = await server.ask('POST', '/events', { events: [receipt] })
    expect(status).toBe(422)
  })

  test('a customer who is made by an identifier has it; said twice in a call they are one', async () => {
    const made = { kind: 'custom', scope: 'crm', value: '77' }
    const { body } = await server.ask<RecordsAnswer>('POST', '/customers', [
      { by: made, name: '王芳' },
      { by: made, city: '大理' },
      { by: phone('13911113333'), name: '李娜' },
      { id: 'm9', by: made },
    ])
    expect(body.results.map(({ id, status, code }) => [id, code ?? status])).toEqual([
      ['custom:crm:77', 'created'],
      ['custom:crm:77', 'updated'],
      ['13911113333', 'created'],
      ['m9', 'customer-named-twice'],
    ])
    expect(rows(`select name, city from customers where id = 'custom:crm:77'`)).toEqual([
      { name: '王芳', city: '大理' },
    ])
    expect((await server.ask('GET', '/customers/by/custom/77?scope=crm')).body).toEqual({
      customerId: 'custom:crm:77',
    })
  })

  test('one that several have is nobody’s, and nobody is changed by it', async () => {
    await server.ask('POST', '/customers', [{ id: 'm1', phone: '19900000003' }])
    const shared = phone('19900000003')
    const answers = await Promise.all([
      server.ask<RecordsAnswer>('POST', '/events', [event('e1', shared), event('e2', unionid)]),
      server.ask<RecordsAnswer>('POST', '/orders', [
        { id: 'b1', by: shared, amount: 1 },
        { id: 'b2', by: unionid, amount: 1 },
      ]),
      server.ask<RecordsAnswer>('POST', '/customers', [
        { by: shared, city: '三亚' },
        { by: unionid, city: '三亚' },
      ]),
    ])
    expect(answers.map(({ body }) => body.results.map(({ code, status }) => code ?? status))).toEqual([
      ['identifier-shared', 'created'],
      ['shared-address', 'created'],
      ['identifier-shared', 'updated'],
    ])
  })

  test('after a merge it is the survivor’s', async () => {
    await server.ask('POST', '/customers/merge', { from: 'm2', into: 'm1' })
    await server.ask('POST', '/events', { events: [event('e1', unionid)] })
    expect(rows(`select customer_id as of from events where id = 'e1'`)).toEqual([{ of: 'm1' }])
  })

  test('a text of that name is what it was: a property, or an attribute', async () => {
    await server.ask('POST', '/orders', { id: 'b1', customerId: 'm1', amount: 1, by: '店员三' })
    await server.ask('POST', '/customers', { id: 'm1', by: '店员三' })
    expect(rows(`select properties from events where id = 'b1'`)).toEqual([{ properties: '{"by":"店员三"}' }])
    const [own] = rows(`select attributes from customers where id = 'm1'`)
    expect(JSON.parse(String(own?.attributes))).toMatchObject({ by: '店员三' })
  })
})
