import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { UnreadableEntries } from '../../../shared/api/unreadable.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const story = async (id: string) => (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body
const order = '/customers/m1/events/order/o1'

describe('an order', () => {
  test('whose number was taken for its amount is corrected, and the totals with it', async () => {
    server.db.sqlite.exec(`update events set amount = 9000000000000000 where name = 'order'`)
    server.db.sqlite.exec(
      `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values ('o9', 'm1', 0, 'order', 1, 1, 9223372036854775807, '{}', 'history', 0)`,
    )
    const list = await server.ask<{ customers: object[] }>('GET', '/customers')
    expect(list.status).toBe(200)
    expect(list.body.customers).toHaveLength(6)
    expect((await server.ask('PUT', order, { amount: 30_000 })).status).toBe(204)
    expect((await server.ask('DELETE', '/customers/m1/events/order/o9')).status).toBe(204)
    expect(await story('m1')).toMatchObject({
      totals: { orders: 1, spent: 30_000 },
      orders: [{ amount: 30_000 }],
    })
    expectProblem(await server.ask('PUT', order, { amount: -1 }), 422, 'negative-order')
    expectProblem(await server.ask('PUT', order, { amount: 9e15 }), 400, 'invalid-request')
    expectProblem(await server.ask('DELETE', '/customers/m2/events/order/o1'), 404, 'not-found')
  })

  test('says what has been given back for it in all, and loses that with itself', async () => {
    await server.ask('PUT', order, { refunded: 10_000 })
    expect((await story('m1')).totals).toEqual({ orders: 1, spent: 20_000 })
    await server.ask('PUT', order, { refunded: 5_000, at: startAt - 1, properties: { items: ['茶'] } })
    expect(await story('m1')).toMatchObject({
      totals: { spent: 25_000 },
      orders: [{ at: startAt - 1, properties: { items: ['茶'] } }],
    })
    await server.ask('DELETE', order)
    expect((await story('m1')).totals).toEqual({ orders: 0, spent: 0 })
    expect(
      server.db.sqlite.prepare(`select count(*) from events where customer_id = 'm1'`).pluck().get(),
    ).toBe(0)
  })

  test('that is corrected or deleted takes the goals along that it has reached', async () => {
    const { id } = await publishJourney(server, giftJourney())
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4'] })
    await server.own.ingest([
      { customerId: 'm4', event: { id: 'n1', name: 'order', at: startAt, amount: 900, properties: {} } },
    ])
    const reached = async () =>
      (await server.ask<{ nodes: Record<string, { reached: number }> }>('GET', `/journeys/${id}/figures`))
        .body.nodes.bought?.reached
    const value = () => server.db.sqlite.prepare('select value from goal_hits').pluck().all()
    expect([await reached(), value()]).toEqual([1, [900]])
    await server.ask('PUT', '/customers/m4/events/order/n1', { amount: 700 })
    expect([await reached(), value()]).toEqual([1, [700]])
    await server.ask('DELETE', '/customers/m4/events/order/n1')
    expect([await reached(), value()]).toEqual([0, []])
  })
})

test('a customer of thousands of orders and refunds keeps nobody waiting', async () => {
  const { sqlite } = server.db
  const each = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)`
  const columns = 'id, customer_id, shard, name, at, received_at, amount, properties, source, pending'
  sqlite.exec(`insert into events (${columns}) ${each}
    select 'w' || i, 'm5', 0, 'order', i, 1, 1000, '{}', 'history', 0 from n`)
  sqlite.exec(`insert into events (${columns}) ${each}
    select 'r' || i, 'm5', 0, 'refund', i + 9000, 1, 100, json_object('order_id', 'w' || i), 'history', 0 from n`)
  const totals = { orders: 5000, spent: 5000 * 900 }
  expect(await story('m5')).toMatchObject({ totals })
  const list = await server.ask<{ customers: { id: string }[] }>('GET', '/customers')
  expect(list.body.customers.find(({ id }) => id === 'm5')).toMatchObject(totals)
  const condition = { kind: 'events', event: 'order', measure: 'sum', op: 'eq', value: totals.spent }
  expect((await server.ask('POST', '/audiences/count', { condition })).body).toMatchObject({ count: 1 })
})

describe('what cannot be read', () => {
  const unreadable = async () => (await server.ask<UnreadableEntries>('GET', '/unreadable')).body.entries

  test('is listed as text with its reason, mended where it stands, or dropped', async () => {
    const { id } = await publishJourney(server)
    const deep = `${'{"a":'.repeat(120)}1${'}'.repeat(120)}`
    server.db.sqlite.prepare('update journeys set draft = ?').run(deep)
    server.db.sqlite.exec(`update customers set attributes = '{"tier":' where id = 'm1'`)
    server.db.sqlite.exec(`update events set properties = 'x' where id = 'o1'`)
    const found = await unreadable()
    expect(found.map(({ place }) => place).sort()).toEqual([
      'customers.attributes',
      'events.properties',
      'journeys.draft',
    ])
    expect(await story('m1')).toMatchObject({
      customer: { unreadable: { en: expect.stringContaining('JSON') } },
    })
    const [draft] = found.filter(({ place }) => place === 'journeys.draft')
    const at = { place: 'journeys.draft', id: draft?.id ?? '' }
    const wrong = await server.ask('PUT', '/unreadable', { ...at, text: '{' })
    expectProblem(wrong, 422, 'row-unreadable')
    expect((await server.ask('POST', `/journeys/${id}/pause`)).body).toEqual({ status: 'paused' })
    expect((await server.ask('POST', `/journeys/${id}/stop`)).status).toBe(200)
    const text = JSON.stringify({ ...giftJourney(), id })
    expect((await server.ask('PUT', '/unreadable', { ...at, text })).status).toBe(204)
    expect((await server.ask('GET', `/journeys/${id}`)).status).toBe(200)
    for (const { place, id: row } of found.filter(({ drop }) => drop !== null))
      expect(
        (await server.ask('DELETE', `/unreadable?place=${place}&id=${encodeURIComponent(row)}`)).status,
      ).toBe(204)
    expect(await unreadable()).toEqual([])
    expect(await story('m1')).toMatchObject({ customer: { unreadable: null }, orders: [] })
  })

  test('is all that is mended: what can be read is changed by its own pages, and the log and versions by none', async () => {
    await publishJourney(server)
    const seq = server.db.sqlite.prepare('select max(seq) from audit').pluck().get()
    const graph = JSON.stringify({ ...giftJourney(), name: { en: 'Forged' } })
    const readable = [
      ['audit.detail', `[${seq}]`, '{"forged":"yes"}'],
      ['versions.graph', '["gift",1]', graph],
      ['customers.attributes', '["m1"]', '{"tier":"forged"}'],
      ['events.properties', '[1]', '{"forged":true}'],
    ] as const
    for (const [place, id, text] of readable) {
      expectProblem(await server.ask('PUT', '/unreadable', { place, id, text }), 404, 'not-found')
      const dropped = await server.ask('DELETE', `/unreadable?place=${place}&id=${encodeURIComponent(id)}`)
      expectProblem(dropped, 404, 'not-found')
    }
    expect(await story('m1')).toMatchObject({ orders: [{ id: 'o1' }] })
  })

  test('waits apart where it is an event that would start something, and is taken once it is mended', async () => {
    server.db.sqlite.exec(
      `insert into events (id, customer_id, shard, name, at, received_at, properties, source, pending) values
         ('v1', 'm1', 0, 'visited', ${startAt - 2}, 1, '{', 'api', 1), ('v2', 'm2', 0, 'visited', ${startAt - 1}, 1, '{}', 'api', 1)`,
    )
    await server.own.engine.tick(startAt)
    const pending = () =>
      server.db.sqlite.prepare(`select pending from events where name = 'visited' order by id`).pluck().all()
    expect(pending()).toEqual([2, 0])
    const [event] = await unreadable()
    await server.ask('PUT', '/unreadable', {
      place: 'events.properties',
      id: event?.id,
      text: '{"page":"home"}',
    })
    await server.own.engine.tick(startAt)
    expect(pending()).toEqual([0, 0])
  })
})
