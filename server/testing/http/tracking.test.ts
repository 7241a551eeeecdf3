import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TrackingKey } from '../../../shared/api/tracking.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'
import { visitsForgotten } from '../../store/sqlite/tracking/forgetting.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

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
  server.ask('POST', '/collect', JSON.stringify({ key: key.id, visitor, ...told }), {
    ...{ 'content-type': 'text/plain', origin },
  })
async function signed(id: string) {
  const { body } = await server.ask<{ secret: string }>('GET', `/tracking/keys/${key.id}/secret`)
  return createHmac('sha256', body.secret).update(id).digest('hex')
}

/** As it was at some time, which the signature holds fast. */
async function signedAt(id: string, at: number) {
  const { body } = await server.ask<{ secret: string }>('GET', `/tracking/keys/${key.id}/secret`)
  const t = Math.floor(at / 1000)
  return `t=${t},v1=${createHmac('sha256', body.secret).update(`${t}.${id}`).digest('hex')}`
}

const words = (en: string) => ({ 'zh-CN': en, en })
/** Whoever comes in rests, and by one way out of that is greeted. */
const journeyOf = (start: object, rest: object, ways: object) =>
  journeySchema.parse({
    ...{ format: 1, id: 'visits', name: words('Visits') },
    nodes: {
      ...{ comes: start, rest },
      greet: {
        type: 'send',
        name: words('Greet'),
        config: { channel: 'in_app', purpose: 'service', text: { 'zh-CN': '欢迎回来' } },
      },
      done: { type: 'exit', name: words('Done'), config: {} },
    },
    edges: { comes: { entered: 'rest' }, rest: ways, greet: { sent: 'done', not_sent: 'done' } },
  })

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

  test('is told in a way that it may read when it is refused, and strangers are not', async () => {
    const { headers, status } = await collect({ events: 'many' })
    expect([status, headers['access-control-allow-origin']]).toEqual([400, shop])
    const stranger = await collect({ events: 'many' }, 'https://other.example')
    expect([stranger.status, stranger.headers['access-control-allow-origin']]).toEqual([403, undefined])
    expect((await server.ask('GET', '/collect', undefined, { origin: shop })).status).toBe(405)
  })

  test('tells so much at once and no more, and so often and no more', async () => {
    const many = (count: number, properties = {}) =>
      collect({ events: Array.from({ length: count }, (_, at) => ({ ...viewed, id: `v${at}`, properties })) })
    expect((await many(limits.collectEvents.value + 1)).status).toBe(400)
    expect((await many(1, { text: 'x'.repeat(limits.collectBodySize.value) })).status).toBe(413)
    expect((await many(1, { text: 'x'.repeat(limits.visitSize.value) })).status).toBe(204)
    expect(rows('select * from visits')).toEqual([])
    const calls = Array.from({ length: limits.collectCalls.value }, () => collect({}))
    expect((await Promise.all(calls)).map(({ status }) => status)).toContain(429)
  })

  test('is heard of one visitor to a bound, and forgotten after so many days', async () => {
    for (let at = 0; at <= limits.visitsOfOne.value; at += limits.collectEvents.value)
      await collect({
        events: Array.from({ length: limits.collectEvents.value }, (_, n) => ({
          ...viewed,
          id: `${at}.${n}`,
        })),
      })
    const [{ received_at: last = 0 } = {}] = server.db.sqlite
      .prepare<[], { received_at: number }>('select max(received_at) as received_at from visits')
      .all()
    expect(rows('select count(*) as n from visits')).toEqual([{ n: limits.visitsOfOne.value }])
    const days = limits.visitsKept.value * 86_400_000
    expect(visitsForgotten(server.db.sqlite, last + days)).toBeLessThan(limits.visitsOfOne.value)
    visitsForgotten(server.db.sqlite, last + days + 1)
    expect(rows('select * from visits')).toEqual([])
  })
})

describe('who the visitor is', () => {
  test('is believed by a signature of the last hour; of an older one the visits are taken all the same', async () => {
    const hour = limits.signatureAge.value * 60_000
    const owner = () => rows(`select customer_id as of from identifiers where kind = 'device'`)
    const old = { identify: { id: 'm1', signature: await signedAt('m1', startAt - hour - 1000) } }
    expectProblem(await collect({ events: [viewed], ...old }), 403, 'signature-old')
    const ahead = { identify: { id: 'm1', signature: await signedAt('m1', startAt + hour + 1000) } }
    expectProblem(await collect(ahead), 403, 'signature-old')
    expect(rows('select name from visits')).toEqual([{ name: 'page_viewed' }])
    const right = await signedAt('m1', startAt - hour)
    const later = right.replace(/^t=\d+/, `t=${startAt / 1000}`)
    expectProblem(await collect({ identify: { id: 'm1', signature: later } }), 403, 'signature-wrong')
    expectProblem(await collect({ identify: { id: 'm2', signature: right } }), 403, 'signature-wrong')
    expect(owner()).toEqual([])
    expect((await collect({ identify: { id: 'm1', signature: right } })).status).toBe(204)
    expect(owner()).toEqual([{ of: 'm1' }])
  })

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
    const visited = { filter: { event: 'page_viewed' }, limit: { amount: 2, unit: 'day' } }
    const { id } = await publishJourney(
      server,
      journeyOf(
        { type: 'manual', name: words('Picked'), config: {} },
        { type: 'wait_event', name: words('A visit'), config: visited },
        { happened: 'greet', timeout: 'done' },
      ),
    )
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    await server.ask('POST', '/clock/advance', { to: server.own.now() + 60_000 })
    await collect({ events: [{ ...viewed, ago: 0 }] })
    expect(rows('select * from messages')).toEqual([])
    await server.ask('POST', '/customers/m1/identifiers', { kind: 'device', value: visitor })
    await server.own.settle()
    expect(rows('select customer_id from messages')).toEqual([{ customer_id: 'm1' }])
  })

  test('is whoever logged in last on a shared computer, and nobody becomes another by that', async () => {
    await collect({ identify: { id: 'm1', signature: await signed('m1') } })
    await collect({ events: [viewed], identify: { id: 'm2', signature: await signed('m2') } })
    expect(rows(`select customer_id from events where id = 'v1'`)).toEqual([{ customer_id: 'm2' }])
    expect(rows('select * from aliases')).toEqual([])
  })

  test('is noted once, however often a page says it', async () => {
    const said = { identify: { id: 'm1', signature: await signed('m1') } }
    await collect(said)
    await collect(said)
    const noted = rows(`select actor_id from audit where action = 'customer.identified'`)
    expect(noted).toEqual([{ actor_id: 'track.js' }])
  })

  test('decides who enters a journey by a visit: a visitor never, whoever it was once that is known', async () => {
    const week = { kind: 'duration', span: { amount: 1, unit: 'week' } }
    const { id } = await publishJourney(
      server,
      journeyOf(
        { type: 'event', name: words('A visit'), config: { filter: { event: 'page_viewed' } } },
        { type: 'wait', name: words('A week'), config: { until: week } },
        { done: 'greet' },
      ),
    )
    await collect({ events: [{ ...viewed, ago: 0 }] })
    await server.own.settle()
    const entered = () => rows(`select customer_id from enrollments where journey_id = '${id}'`)
    expect(entered()).toEqual([])
    await collect({ identify: { id: 'm1', signature: await signed('m1') } })
    await server.own.settle()
    expect(entered()).toEqual([{ customer_id: 'm1' }])
  })

  test('is erased with what was joined, and with what names them and was not', async () => {
    await collect({ events: [viewed], identify: { id: 'm1', signature: await signed('m1') } })
    const [{ phone } = { phone: '' }] = server.db.sqlite
      .prepare<[], { phone: string }>(`select phone from customers where id = 'm1'`)
      .all()
    const told = { ...viewed, name: 'form_sent', properties: { phone } }
    await collect({
      visitor: visitor.replaceAll('0', 'f'),
      events: [told, { ...told, id: 'o', properties: {} }],
    })
    expect((await server.ask('POST', '/erasures', { customerIds: ['m1'] })).status).toBe(202)
    await server.own.settle()
    expect(rows('select * from identifiers')).toEqual([])
    expect(rows(`select * from events where name = 'page_viewed' and customer_id = 'm1'`)).toEqual([])
    expect(rows('select id from visits')).toEqual([{ id: 'o' }])
  })
})
