import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const inShanghai = { kind: 'attribute', name: 'city', op: 'eq', value: '上海' }
const shanghai = { key: 'shanghai', name: { 'zh-CN': '上海会员' }, condition: inShanghai }

interface Page {
  customers: { id: string; phone: string | null }[]
  total: number
  next: string | null
}

describe('customers', () => {
  test('are found by id, name, phone and e-mail, page by page, with masked phones', async () => {
    const first = await server.ask<Page>('GET', '/customers?limit=4')
    expect(first.body).toMatchObject({ total: 6, next: 'm4' })
    expect(first.body.customers[0]).toMatchObject({
      id: 'm1',
      phone: '199****0001',
      orders: 1,
      spent: 30_000,
      lastOrderAt: expect.any(Number),
    })
    const rest = await server.ask<Page>('GET', `/customers?limit=4&after=${first.body.next}`)
    expect(rest.body).toMatchObject({ customers: [{ id: 'm5' }, { id: 'm6', phone: null }], next: null })
    for (const search of ['m2', '会员2', '19900000002', 'm2@example'])
      expect(
        (await server.ask<Page>('GET', `/customers?search=${encodeURIComponent(search)}`)).body.customers,
        search,
      ).toMatchObject([{ id: 'm2' }])
    expect((await server.ask<Page>('GET', '/customers?search=%25')).body.total).toBe(0)
  })

  test('are narrowed by an audience and a tag', async () => {
    await server.ask('POST', '/audiences', shanghai)
    server.db.sqlite.prepare(`insert into tags (customer_id, tag, at) values ('m3', 'vip', 1)`).run()
    const ids = async (query: string) =>
      (await server.ask<Page>('GET', `/customers?${query}`)).body.customers.map(({ id }) => id)
    expect(await ids('audience=shanghai')).toEqual(['m1', 'm3'])
    expect(await ids('audience=shanghai&tag=vip')).toEqual(['m3'])
    expectProblem(await server.ask('GET', '/customers?audience=none'), 404, 'not-found')
  })

  test('each has a page with profile, orders, passages and a timeline', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T12:00:00+08:00') })
    const { body } = await server.ask<{ timeline: { kind: string; title: string; nodeName: object }[] }>(
      'GET',
      '/customers/m1',
    )
    expect(body).toMatchObject({
      customer: { id: 'm1', phone: '19900000001', attributes: { tier: 'gold' }, blacklisted: false },
      totals: { orders: 1, spent: 30_000 },
      orders: [{ id: 'o1', amount: 30_000, properties: { items: ['礼盒'] } }],
      enrollments: [{ journeyId: 'gift', journeyName: { en: 'Gift' }, state: 'week', status: 'live' }],
    })
    expect(body.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['step', 'message', 'receipt', 'event']),
    )
    expect(body.timeline.find(({ kind }) => kind === 'message')).toMatchObject({
      title: 'sms',
      node: 'greet',
      nodeName: { en: 'Greet' },
      text: expect.stringContaining('会员1'),
      status: 'sent',
    })
    expectProblem(await server.ask('GET', '/customers/nobody'), 404, 'not-found')
  })
})

test('a branch in the timeline tells what the version asked, though the draft asks otherwise by now', async () => {
  const asked = (city: string) => ({ kind: 'attribute', name: 'city', op: 'eq', value: city }) as const
  const journey = (city: string) => {
    const fork = {
      type: 'branch',
      name: { en: 'Where' },
      config: { branches: [{ id: 'here', name: { en: 'Here' }, when: asked(city) }] },
    }
    const gift = giftJourney()
    return {
      ...gift,
      nodes: { ...gift.nodes, fork },
      edges: { ...gift.edges, picked: { entered: 'fork' }, fork: { here: 'done', otherwise: 'rest' } },
    }
  }
  const { id, revision } = await publishJourney(server, journey('杭州'))
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
  await server.ask('PUT', `/journeys/${id}/draft`, { revision, journey: journey('成都') })
  const { body } = await server.ask<CustomerAnswer>('GET', '/customers/m1')
  expect(body.timeline.find(({ node }) => node === 'fork')).toMatchObject({
    outcome: 'otherwise',
    reason: { seen: [{ actual: '上海', holds: false }] },
    tests: [asked('杭州')],
  })
})

describe('audiences', () => {
  test('are saved, counted, changed and deleted', async () => {
    const saved = await server.ask('POST', '/audiences', shanghai)
    expect(saved).toMatchObject({ status: 201, body: { key: 'shanghai', kind: 'condition', size: 2 } })
    expectProblem(await server.ask('POST', '/audiences', shanghai), 409, 'audience-exists')
    const changed = { ...shanghai, condition: { kind: 'not', of: inShanghai } }
    expect((await server.ask('PUT', '/audiences/shanghai', changed)).body).toMatchObject({ size: 4 })
    expectProblem(await server.ask('PUT', '/audiences/other', shanghai), 400, 'invalid-request')
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({ audiences: [{ key: 'shanghai' }] })
    expect((await server.ask('DELETE', '/audiences/shanghai')).status).toBe(204)
    expectProblem(await server.ask('DELETE', '/audiences/shanghai'), 404, 'not-found')
  })

  test('one in use is not deleted, and its user is named', async () => {
    await server.ask('POST', '/audiences', shanghai)
    const reference = { kind: 'audience', audience: 'shanghai', member: false }
    await server.ask('POST', '/audiences', { key: 'elsewhere', name: { en: 'Else' }, condition: reference })
    const refused = await server.ask('DELETE', '/audiences/shanghai')
    expectProblem(refused, 409, 'audience-in-use')
    expect(refused.body).toMatchObject({ details: { user: 'elsewhere' } })
    expect((await server.ask('DELETE', '/audiences/elsewhere')).status).toBe(204)
    expect((await server.ask('DELETE', '/audiences/shanghai')).status).toBe(204)
  })

  test('that would name each other in a circle are refused, with the names and the place', async () => {
    const named = (audience: string, member = true) => ({ kind: 'audience', audience, member })
    const save = (key: string, condition: object, verb: 'POST' | 'PUT' = 'POST') => {
      const path = verb === 'POST' ? '/audiences' : `/audiences/${key}`
      return server.ask(verb, path, { key, name: { en: key }, condition })
    }
    expectProblem(await save('own', { kind: 'any', of: [inShanghai, named('own')] }), 422, 'audience-circle')
    await save('a', inShanghai)
    await save('b', { kind: 'all', of: [named('a')] })
    await save('c', { kind: 'not', of: named('b', false) })
    const closed = await save('a', { kind: 'all', of: [inShanghai, { kind: 'not', of: named('c') }] }, 'PUT')
    expectProblem(closed, 422, 'audience-circle')
    expect(closed.body).toMatchObject({ place: 'condition.of.1.of', details: { circle: 'a → c → b → a' } })
    expect((await save('a', { kind: 'not', of: inShanghai }, 'PUT')).body).toMatchObject({ size: 4 })
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: expect.arrayContaining([expect.objectContaining({ key: 'c', size: 4, unknown: false })]),
    })
  })

  test('that name one which does not exist are refused with the place, and so is a journey', async () => {
    const condition = { kind: 'any', of: [inShanghai, { kind: 'audience', audience: 'gone', member: false }] }
    const saved = await server.ask('POST', '/audiences', { key: 'rest', name: { en: 'Rest' }, condition })
    expectProblem(saved, 422, 'audience-missing')
    expect(saved.body).toMatchObject({ place: 'condition.of.1', details: { audience: 'gone' } })
    const journey = giftJourney()
    const buyers = {
      ...journey.nodes.buyers,
      config: { ...journey.nodes.buyers?.config, audience: condition },
    }
    const file = JSON.stringify({ ...journey, nodes: { ...journey.nodes, buyers } })
    const made = await server.ask<{ revision: number }>('POST', '/journeys', { file })
    const published = await server.ask('POST', '/journeys/gift/publish', { revision: made.body.revision })
    expectProblem(published, 422, 'journey-has-errors')
    expect(published.body).toMatchObject({
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ code: 'audience-missing', node: 'buyers', field: 'audience.of.1' }),
      ]),
    })
    // Nobody is in it, and nobody is not in it.
    const count = (one: object) => server.ask('POST', '/audiences/count', { condition: one })
    for (const member of [true, false])
      expect((await count({ kind: 'audience', audience: 'gone', member })).body).toMatchObject({ count: 0 })
    expect((await count({ kind: 'not', of: { kind: 'audience', audience: 'gone' } })).body).toMatchObject({
      count: 0,
    })
  })

  test('that stand in a circle from earlier days let nobody in, say so and hide nothing', async () => {
    const ring = (key: string, next: string) =>
      `('${key}', '{"en":"${key}"}', 'condition',
        '{"kind":"any","of":[{"kind":"audience","audience":"${next}","member":false},{"kind":"tag","tag":"vip"}]}',
        null, 1, 1)`
    server.db.sqlite.exec(
      `insert into audiences (key, name, kind, condition, journey_id, created_at, updated_at) values ${ring('x', 'y')}, ${ring('y', 'x')}`,
    )
    await server.ask('POST', '/audiences', shanghai)
    const { body } = await server.ask('GET', '/audiences')
    const told = {
      size: 0,
      unknown: true,
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'audience-in-circle', field: 'condition.of.0' }),
      ]),
    }
    expect(body).toMatchObject({
      audiences: [
        { key: 'shanghai', size: 2, unknown: false, findings: [] },
        { key: 'x', ...told },
        { key: 'y', ...told },
      ],
    })
    for (const member of [true, false]) {
      const condition = { kind: 'audience', audience: 'x', member }
      const count = await server.ask('POST', '/audiences/count', { condition })
      expect(count.body).toMatchObject({ count: 0, of: 6, findings: [{ code: 'audience-in-circle' }] })
      const turned = { condition: { kind: 'not', of: condition } }
      expect((await server.ask('POST', '/audiences/count', turned)).body).toMatchObject({ count: 0 })
    }
    expect((await server.ask('GET', '/customers?audience=x')).body).toMatchObject({ total: 0 })
    const mended = { key: 'x', name: { en: 'x' }, condition: inShanghai }
    expect((await server.ask('PUT', '/audiences/x', mended)).body).toMatchObject({ size: 2, unknown: false })
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: expect.arrayContaining([expect.objectContaining({ key: 'y', size: 4, unknown: false })]),
    })
  })

  test('that name one below twice, thirty deep, are counted as one below the other', async () => {
    await server.ask('POST', '/audiences', { ...shanghai, key: 'level-0' })
    for (let level = 1; level <= 30; level += 1) {
      const below = { kind: 'audience', audience: `level-${level - 1}` }
      const condition = { kind: 'all', of: [below, { kind: 'not', of: { ...below, member: false } }] }
      const saved = await server.ask('POST', '/audiences', {
        key: `level-${level}`,
        name: { en: 'Level' },
        condition,
      })
      expect(saved.body).toMatchObject({ size: 2 })
    }
    const { body } = await server.ask<{ audiences: { size: number }[] }>('GET', '/audiences')
    expect(body.audiences.map(({ size }) => size)).toEqual(Array(31).fill(2))
  })

  test('a list that a journey fills keeps being a list', async () => {
    server.db.sqlite.exec(
      `insert into audiences (key, name, kind, condition, journey_id, created_at, updated_at) values ('buyers', '{"en":"Buyers"}', 'list', null, 'gift', 1, 1);
       insert into audience_members values ('buyers', 'm1', 1, null)`,
    )
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: [{ key: 'buyers', kind: 'list', size: 1, condition: null }],
    })
    expectProblem(
      await server.ask('PUT', '/audiences/buyers', { ...shanghai, key: 'buyers' }),
      409,
      'audience-is-list',
    )
  })

  test('a list was changed when its last member joined, and stands where that puts it', async () => {
    server.db.sqlite.exec(
      `insert into audiences (key, name, kind, condition, journey_id, created_at, updated_at) values
         ('buyers', '{"en":"Buyers"}', 'list', null, 'gift', 1, 1),
         ('visitors', '{"en":"Visitors"}', 'list', null, 'gift', 2, 2);
       insert into audience_members values ('buyers', 'm1', 5, null), ('buyers', 'm2', 9, null)`,
    )
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: [
        { key: 'buyers', size: 2, updatedAt: 9 },
        { key: 'visitors', size: 0, updatedAt: 2 },
      ],
    })
  })

  test('a condition is counted before it is saved, and anew after something has come in', async () => {
    const ordered = { kind: 'events', event: 'order', measure: 'count', op: 'gte', value: 1 }
    const count = () => server.ask('POST', '/audiences/count', { condition: ordered })
    expect((await count()).body).toMatchObject({
      count: 3,
      of: 6,
      sample: [{ id: 'm1', name: '会员1' }, {}, {}],
    })
    await server.ask('POST', '/events', { events: [{ id: 'x', customerId: 'm5', name: 'order', amount: 1 }] })
    expect((await count()).body).toMatchObject({ count: 4 })
    const answer = await server.ask('POST', '/audiences/count', { condition: { kind: 'tag' } })
    expectProblem(answer, 400, 'invalid-request')
    expect(answer.body).toMatchObject({ place: 'condition.tag' })
  })

  test('a condition that means nothing is told of when it is counted, saved and listed', async () => {
    await server.ask('PUT', '/attributes/tier', { type: 'number' })
    const findings = async (condition: object) => {
      const { body } = await server.ask<{ findings: unknown }>('POST', '/audiences/count', { condition })
      return body.findings
    }
    const unfit = { kind: 'attribute', name: 'tier', op: 'gte', value: '金卡' }
    expect(await findings(unfit)).toMatchObject([{ code: 'operand-unfit', node: null, field: 'condition' }])
    expect(await findings({ kind: 'history', node: 'sms', op: 'gte', value: 1 })).toMatchObject([
      { code: 'asks-before-entry' },
    ])
    expect(await findings({ kind: 'attribute', name: 'tier', op: 'gte', value: 100 })).toEqual([])
    const name = { 'zh-CN': '积分' }
    const saved = await server.ask('POST', '/audiences', { key: 'points', name, condition: unfit })
    expect(saved.body).toMatchObject({ key: 'points', findings: [{ code: 'operand-unfit' }] })
    expect((await server.ask('GET', '/audiences')).body).toMatchObject({
      audiences: [{ key: 'points', findings: [{ code: 'operand-unfit' }] }],
    })
  })

  test('the vocabulary tells attributes, events with their properties, and tags; nobody’s contacts', async () => {
    server.db.sqlite.prepare(`insert into tags (customer_id, tag, at) values ('m3', 'vip', 1)`).run()
    const { body, text } = await server.ask('GET', '/vocabulary')
    expect(body).toMatchObject({
      attributes: expect.arrayContaining([
        { name: 'city', examples: expect.arrayContaining(['上海']) },
        { name: 'tier', examples: ['silver', 'gold'] },
        { name: 'phone', examples: [] },
      ]),
      events: [{ name: 'order', count: 3, properties: ['amount', 'items', 'order_id'] }],
      tags: ['vip'],
    })
    expect(text).not.toContain('1990000')
  })
})

test('an address in a condition is the one that is meant, however it is written', async () => {
  const count = async (name: string, op: string, value: unknown) =>
    (
      await server.ask<{ sample: { id: string }[] }>('POST', '/audiences/count', {
        condition: { kind: 'attribute', name, op, value },
      })
    ).body.sample.map(({ id }) => id)
  for (const value of ['+86 199 0000 0002', '0086-19900000002', '１９９０００００００２'])
    expect([value, await count('phone', 'eq', value)]).toEqual([value, ['m2']])
  expect(await count('phone', 'in', ['199-0000-0001', '+8619900000003'])).toEqual(['m1', 'm3'])
  expect(await count('phone', 'ne', '+86 199 0000 0002')).not.toContain('m2')
  expect(await count('email', 'eq', ' M2@Example.COM')).toEqual(['m2'])
  expect(await count('phone', 'starts_with', '1990000000')).toContain('m2')
})

describe('events', () => {
  const event = { id: 'e1', customerId: 'm4', name: 'order', amount: 9900, at: '2026-08-11 09:30' }

  test('come in once, at their own time in the brand’s zone', async () => {
    const post = () => server.ask('POST', '/events', { events: [event] })
    expect((await post()).body).toMatchObject({ accepted: 1, duplicates: 0 })
    expect((await post()).body).toMatchObject({ accepted: 0, duplicates: 1 })
    expect((await server.ask('GET', '/customers/m4')).body).toMatchObject({
      orders: [{ id: 'e1', at: Date.parse('2026-08-11T09:30:00+08:00'), amount: 9900 }],
    })
  })

  test('with a number too long to be held are taken, and the loss is told', async () => {
    const text =
      '{"events":[{"id":"e9","customerId":"m4","name":"view","properties":{"item":2781230000000000123}}]}'
    const { body } = await server.ask('POST', '/events', text, { 'content-type': 'application/json' })
    expect(body).toMatchObject({
      accepted: 1,
      answers: [{ index: 0, status: 'noted', code: 'number-too-long' }],
    })
  })

  test('reach a goal within the same tick', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4'] })
    await server.ask('POST', '/clock/advance', { by: 'hour' })
    await server.ask('POST', '/events', { events: [{ ...event, at: '2026-08-11 10:30' }] })
    expect((await server.ask('GET', `/journeys/${id}/figures`)).body).toMatchObject({
      nodes: { bought: { reached: 1, reachedControl: 0 } },
    })
  })

  test('one that cannot be taken is refused with its reason, and keeps no other out', async () => {
    const events = [
      event,
      { ...event, id: 'e2', customerId: 'stranger' },
      { ...event, id: 'e3', amount: -1 },
      { ...event, id: 'e4', at: 'soon' },
      { ...event, id: 'e5', price: 1 },
      event,
    ]
    const answer = await server.ask('POST', '/events', { events })
    expect(answer.body).toMatchObject({
      accepted: 1,
      duplicates: 1,
      refused: 4,
      answers: [
        { index: 1, id: 'e2', status: 'refused', code: 'unknown-customer' },
        {
          index: 2,
          id: 'e3',
          status: 'refused',
          code: 'negative-order',
          mend: { en: expect.stringContaining('refund') },
        },
        { index: 3, id: 'e4', status: 'refused', code: 'invalid-event' },
        { index: 4, id: 'e5', status: 'refused', code: 'invalid-event' },
        { index: 5, id: event.id, status: 'duplicate' },
      ],
    })
  })

  test('where none at all can be taken, the call is refused for the first reason', async () => {
    const answer = await server.ask('POST', '/events', { events: [{ ...event, customerId: 'stranger' }] })
    expectProblem(answer, 422, 'unknown-customer')
    expect(answer.body).toMatchObject({ place: 'events.0', details: { customer: 'stranger' } })
    const negative = await server.ask('POST', '/events', { events: [{ ...event, amount: -9900 }] })
    expectProblem(negative, 422, 'negative-order')
  })

  test('an order of another customer is refused aloud', async () => {
    await server.ask('POST', '/events', { events: [event] })
    const other = await server.ask('POST', '/events', { events: [{ ...event, customerId: 'm5' }] })
    expectProblem(other, 409, 'order-claimed')
  })

  test('the lines of an order are kept, and a null is absent', async () => {
    const items = [
      { title: '茶', price: 9900, gift: null },
      { title: '香', price: 1990 },
    ]
    const sent = { ...event, properties: { items, coupon: null } }
    expect((await server.ask('POST', '/events', { events: [sent] })).body).toMatchObject({ accepted: 1 })
    expect((await server.ask('GET', '/customers/m4')).body).toMatchObject({
      orders: [
        {
          properties: {
            items: [
              { title: '茶', price: 9900 },
              { title: '香', price: 1990 },
            ],
          },
        },
      ],
    })
  })

  test('too deep, too long or too large is refused, with the limits', async () => {
    const deep = { a: [{ b: { c: [{ d: [[1]] }] } }] }
    const long = { list: Array.from({ length: 201 }, () => 1) }
    const large = { text: 'x'.repeat(66_000) }
    const events = [deep, long, large].map((properties, index) => ({ ...event, id: `p${index}`, properties }))
    const answer = await server.ask('POST', '/events', { events: [event, ...events] })
    expect(answer.body).toMatchObject({ accepted: 1, refused: 3 })
    expect(JSON.stringify(answer.body)).toContain('properties-too-large')
  })

  test('a wrong time or field is named', async () => {
    const wrong = await server.ask('POST', '/events', { events: [{ ...event, at: 'soon' }] })
    expectProblem(wrong, 400, 'invalid-request')
    expect(wrong.body).toMatchObject({ place: 'events.0.at' })
    const unknown = await server.ask('POST', '/events', { events: [{ ...event, price: 1 }] })
    expect(unknown.body).toMatchObject({ place: 'events.0.price' })
  })
})

describe('the clock', () => {
  test('stands still, and moves when it is told to', async () => {
    expect((await server.ask('GET', '/clock')).body).toEqual({
      now: startAt,
      sandbox: true,
      moving: null,
      settable: true,
      nextDueAt: null,
    })
    expect((await server.ask('POST', '/clock/advance', { by: 'day' })).body).toMatchObject({
      now: startAt + 86_400_000,
    })
  })

  test('of a live brand is not moved', async () => {
    await server.close()
    server = await openTestApp({ mode: 'live' })
    expectProblem(await server.ask('POST', '/clock/advance', { by: 'day' }), 409, 'clock-real')
  })
})
