import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TrackingKey } from '../../../shared/api/tracking.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'

const shop = 'https://shop.example'
const visitor = '0123456789abcdef0123456789abcdef'
let server: TestApp
let key: TrackingKey
beforeEach(async () => {
  server = await openTestApp()
  key = (await server.ask<TrackingKey>('POST', '/tracking/keys', { name: 'Shop', origins: [`${shop}/x`] }))
    .body
})
afterEach(() => server.close())

const rows = (sql: string) => server.db.sqlite.prepare(sql).all()
const viewed = { id: 'v1', name: 'page_viewed', ago: 1000, properties: { path: '/gift' } }
const collect = (told: object, origin = shop) =>
  server.ask('POST', 'http://localhost/collect', JSON.stringify({ key: key.id, visitor, ...told }), {
    ...{ 'content-type': 'text/plain', origin },
  })
async function signed(id: string) {
  const { body } = await server.ask<{ secret: string }>('GET', `/tracking/keys/${key.id}/secret`)
  return createHmac('sha256', body.secret).update(id).digest('hex')
}

describe('a page of the shop', () => {
  test('tells of visits of somebody whom nobody knows, who is no customer', async () => {
    const before = (await server.ask<{ total: number }>('GET', '/customers')).body.total
    const { status, text, headers } = await collect({ events: [viewed, viewed] })
    expect([status, text, headers['access-control-allow-origin']]).toEqual([204, '', shop])
    expect((await server.ask<{ total: number }>('GET', '/customers')).body.total).toBe(before)
    const { body } = await server.ask('GET', '/tracking')
    expect(body).toMatchObject({ recent: [{ visitor, name: 'page_viewed', page: '/gift' }] })
  })

  test('is heard from the sites of its key alone', async () => {
    expectProblem(await collect({ events: [viewed] }, 'https://other.example'), 403, 'tracking-refused')
    expectProblem(await collect({ key: 'mgt_unknown', events: [viewed] }), 403, 'tracking-refused')
    await server.ask('DELETE', `/tracking/keys/${key.id}`)
    expectProblem(await collect({ events: [viewed] }), 403, 'tracking-refused')
    expect(rows('select * from visits')).toEqual([])
  })

  test('makes no purchase, no refund and no report of a provider', async () => {
    const names = ['order', 'refund', 'message_replied']
    await collect({ events: names.map((name) => ({ ...viewed, id: name, name })) })
    expect(rows('select * from visits')).toEqual([])
  })
})

describe('who the visitor is', () => {
  test('is believed by a signature: the visits become events of theirs', async () => {
    await collect({ events: [viewed, { ...viewed, id: 'v0', ago: 3 * 86_400_000 }] })
    expect((await collect({ identify: { id: 'm1', signature: await signed('m1') } })).status).toBe(204)
    expect(rows(`select id, source from events where name = 'page_viewed' order by id`)).toEqual([
      { id: 'v0', source: 'history' },
      { id: 'v1', source: 'api' },
    ])
    expect(rows('select * from visits')).toEqual([])
    await collect({ events: [{ ...viewed, id: 'v2' }] })
    expect(rows(`select customer_id from events where id = 'v2'`)).toEqual([{ customer_id: 'm1' }])
  })

  test('is believed nobody without one, nor by that of another', async () => {
    await collect({ events: [viewed] })
    const forged = { identify: { id: 'm1', signature: await signed('m2') } }
    expectProblem(await collect(forged), 403, 'signature-wrong')
    expect((await collect({ identify: { phone: '19900000001' } })).status).toBe(400)
    expect(rows('select * from identifiers')).toEqual([])
    expect(rows(`select * from events where name = 'page_viewed'`)).toEqual([])
  })

  test('can be told by the shop’s server, and a journey that waits hears of the visit', async () => {
    const journey = giftJourney()
    const wait = {
      type: 'wait',
      name: { en: 'A visit' },
      config: {
        until: { kind: 'event', filter: { event: 'page_viewed' }, limit: { amount: 2, unit: 'day' } },
      },
    }
    const { rest: _rest, ...nodes } = journey.nodes
    const edges = { ...journey.edges, rest: { event: 'greet', timeout: 'done' } }
    const { id } = await publishJourney(
      server,
      journeySchema.parse({ ...journey, nodes: { ...nodes, rest: wait }, edges }),
    )
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    await server.ask('POST', '/clock/advance', { to: server.own.now() + 60_000 })
    await collect({ events: [{ ...viewed, ago: 0 }] })
    expect(rows('select * from messages')).toEqual([])
    await server.ask('POST', '/customers/m1/identifiers', { kind: 'device', value: visitor })
    await server.own.settle()
    expect(rows('select customer_id from messages')).toEqual([{ customer_id: 'm1' }])
  })
})
