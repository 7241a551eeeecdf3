import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Journey } from '../../../shared/journey/graph.ts'
import { expectProblem, formOf, giftJourney, openTestApp, type TestApp } from './harness.ts'
import { writesTo } from './writes.ts'

let server: TestApp
let written: () => number
beforeEach(async () => {
  server = await openTestApp()
  written = writesTo(server.db.path)
})
afterEach(() => server.close())

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), 1)
const negated = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((of) => ({ kind: 'not', of }), { kind: 'tag', tag: 'vip' })

/** Nothing was written, and the lists are there. */
async function expectUntouched(before: number): Promise<void> {
  expect(written()).toBe(before)
  for (const list of ['journeys', 'audiences', 'customers'])
    expect((await server.ask('GET', `/${list}`)).status).toBe(200)
}

test('writes are counted, and only those that were kept', async () => {
  const before = written()
  await server.ask('GET', '/journeys')
  expect(written()).toBe(before)
  await server.ask('POST', '/journeys', { name: { en: 'New' } })
  expect(written()).toBeGreaterThan(before)
})

describe('more values than are read at once', () => {
  const many = (one: string) => `[${Array(1_000_001).fill(one).join(',')}]`
  const asJson = { 'content-type': 'application/json' }

  test.each([
    ['lists', many('[]')],
    ['numbers', many('1')],
    ['objects', many('{}')],
    ['texts', many('""')],
  ])('are refused as %s before any is read', async (_what, list) => {
    const before = written()
    expectProblem(await server.ask('POST', '/events', `{"events":${list}}`, asJson), 413, 'json-too-many')
    await expectUntouched(before)
  })

  test('are counted without those that a text speaks of', async () => {
    const note = '[{,'.repeat(300_000)
    const answer = await server.ask('POST', '/events', { events: [{ note }] })
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('json-too-many')
  })

  test('of events that are all malformed, the first is told of', async () => {
    const events = Array.from({ length: 10_000 }, () => ({ id: 'e' }))
    const answer = await server.ask('POST', '/events', { events })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('events.0')
    expect(answer.text).not.toContain('events.1')
  })
})

describe('a draft nested beyond what a journey may be', () => {
  test.each([98, 99, 100, 120, 130, 1100, 50_000])(
    'by %i levels is refused, and not saved',
    async (levels) => {
      const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
        file: JSON.stringify(giftJourney()),
      })
      const { journey, revision } = made.body
      const node = { type: 'exit', name: { en: 'Deep' }, config: { deep: nested(levels) } }
      const body = { journey: { ...journey, nodes: { ...journey.nodes, node } }, revision }
      const before = written()
      const text = JSON.stringify({ ...body, journey: { ...body.journey, nodes: {} } }).replace(
        '"nodes":{}',
        `"nodes":{"deep":{"type":"exit","name":{"en":"Deep"},"config":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}}`,
      )
      const answer = await server.ask('PUT', '/journeys/gift/draft', text, {
        'content-type': 'application/json',
      })
      expect(answer.status).toBe(400)
      await expectUntouched(before)
      expect((await server.ask('GET', '/journeys/gift')).body).toMatchObject({ revision })
      expect((await server.ask('DELETE', '/journeys/gift')).status).toBe(204)
    },
  )

  test('as deep as it may be is saved, read and deleted', async () => {
    const made = await server.ask<{ journey: Journey; revision: number }>('POST', '/journeys', {
      file: JSON.stringify(giftJourney()),
    })
    const { journey, revision } = made.body
    const node = { type: 'exit', name: { en: 'Deep' }, config: { deep: nested(96) } }
    const body = { journey: { ...journey, nodes: { ...journey.nodes, node } }, revision }
    expect((await server.ask('PUT', '/journeys/gift/draft', body)).status).toBe(200)
    expect((await server.ask('GET', '/journeys/gift')).status).toBe(200)
  })

  test('in a file is refused too', async () => {
    const before = written()
    const journey = giftJourney()
    const node = { type: 'exit', name: { en: 'Deep' }, config: { deep: nested(120) } }
    const file = JSON.stringify({ ...journey, nodes: { ...journey.nodes, node } })
    expectProblem(await server.ask('POST', '/journeys', { file }), 422, 'journey-too-deep')
    await expectUntouched(before)
  })
})

describe('an audience', () => {
  test.each([127, 200, 1100, 60_000])('of %i denials is refused, and not saved', async (levels) => {
    const before = written()
    const condition = `${'{"kind":"not","of":'.repeat(levels)}{"kind":"tag","tag":"vip"}${'}'.repeat(levels)}`
    const body = `{"key":"deep","name":{"en":"Deep"},"condition":${condition}}`
    const answer = await server.ask('POST', '/audiences', body, { 'content-type': 'application/json' })
    expect([400, 413]).toContain(answer.status)
    await expectUntouched(before)
  })

  test('of as many as may be is saved, counted and deleted', async () => {
    const body = { key: 'deep', name: { en: 'Deep' }, condition: negated(126) }
    expect((await server.ask('POST', '/audiences', body)).status).toBe(201)
    expect((await server.ask('GET', '/audiences')).status).toBe(200)
    expect((await server.ask('POST', '/audiences/count', { condition: body.condition })).status).toBe(200)
    expect((await server.ask('DELETE', '/audiences/deep')).status).toBe(204)
  })
})

describe('values that no list could show', () => {
  const event = { id: 'o9', customerId: 'm1', name: 'order' }

  test.each([
    [{ ...event, amount: 9_000_000_000_000_000 }, 'events.0.amount'],
    [{ ...event, amount: -9_000_000_000_000_000 }, 'events.0.amount'],
    [{ ...event, amount: 1e300 }, 'events.0.amount'],
    [{ ...event, id: 'o\u0000' }, 'events.0.id'],
    [{ ...event, properties: { note: 'half \ud83d' } }, 'events.0.properties.note'],
    [{ ...event, at: '9999-12-31T00:00:00Z' }, 'events.0.at'],
    [{ ...event, at: '0001-01-01T00:00:00Z' }, 'events.0.at'],
  ])('are refused with their place, and only that is noted: %j', async (one, place) => {
    const before = written()
    const answer = await server.ask('POST', '/events', { events: [one] })
    expectProblem(answer, 400, 'invalid-request')
    expect(answer.body).toMatchObject({ place })
    await expectUntouched(before + 1)
    expect(server.db.sqlite.prepare('select sum(count) from refused_rows').pluck().get()).toBe(1)
  })

  test('cost none of the other events', async () => {
    const events = [
      { ...event, id: 'good', amount: 100 },
      { ...event, id: 'half', properties: { note: '\ud83d' } },
      { ...event, id: 'large', amount: 1e15 },
    ]
    const answer = await server.ask('POST', '/events', { events })
    expect(answer.body).toMatchObject({
      accepted: 1,
      refused: 2,
      answers: [
        { index: 1, code: 'invalid-event' },
        { index: 2, code: 'invalid-event' },
      ],
    })
  })

  test.each([
    ['POST', '/journeys', { name: { en: 'A\u0000' } }, 'text-broken', 'name.en'],
    ['POST', '/journeys', { name: { en: '\udc00' } }, 'text-broken', 'name.en'],
    [
      'POST',
      '/blacklist',
      { entries: [{ kind: 'phone', address: '1\u00003' }] },
      'text-broken',
      'entries.0.address',
    ],
    [
      'POST',
      '/audiences',
      '{"key":"a","name":{"en":"A"},"condition":{"kind":"entry","property":"x","op":"eq","value":12345678901234567890}}',
      'number-lost',
      'condition.value',
    ],
    ['POST', '/journeys', '{"name":{"en":"A","__proto__":{"a":1}}}', 'name-reserved', 'name.__proto__'],
  ] as const)('are refused at every door: %s %s %j', async (method, path, body, code, place) => {
    const before = written()
    const answer = await server.ask(method, path, body, { 'content-type': 'application/json' })
    expectProblem(answer, 400, code)
    expect(answer.body).toMatchObject({ place })
    await expectUntouched(before)
  })

  test.each([
    ['2026-02-30T10:00:00+08:00', '不是日历上的时间', 'no moment of the calendar'],
    ['0000-00-00', '不是日历上的时间', 'no moment of the calendar'],
    ['0001-01-01T00:00:00Z', '不在 1900 年到 2200 年之间', 'outside the years'],
    ['9999-12-31T00:00:00Z', '不在 1900 年到 2200 年之间', 'outside the years'],
  ])('are told of in both languages where an event is of %s', async (at, zh, en) => {
    const told = { id: 'e1', customerId: 'm1', name: 'x', at }
    const { status, body } = await server.ask('POST', '/events', { events: [told] })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      place: 'events.0.at',
      message: { 'zh-CN': expect.stringContaining(zh), en: expect.stringContaining(en) },
    })
  })

  test('are told of in both languages where an event says too much', async () => {
    const properties = { a: [[[[[['deep']]]]]] }
    const { body } = await server.ask('POST', '/events', {
      events: [{ id: 'e1', customerId: 'm1', name: 'x', properties }],
    })
    expect(body).toMatchObject({
      code: 'properties-too-large',
      message: { 'zh-CN': '事件 e1 的属性太大：> 5 层', en: expect.stringContaining('> 5 levels') },
    })
  })

  test('in an address are told of in both languages', async () => {
    const { body } = await server.ask('GET', '/customers/%E0%A4%A')
    expect(body).toMatchObject({
      code: 'invalid-request',
      message: { 'zh-CN': expect.stringContaining('编码不出字符'), en: expect.stringContaining('%') },
    })
  })

  test('in a journey file are named by their place', async () => {
    const file = JSON.stringify({ ...giftJourney(), name: { en: 'A\u0000' } })
    const answer = await server.ask('POST', '/journeys', { file })
    expectProblem(answer, 400, 'text-broken')
    expect(answer.body).toMatchObject({ place: 'name.en' })
  })

  test('among imported orders are left out, each with its reason', async () => {
    const { payload, headers } = formOf(
      'order,customer,amount,at\na1,m1,20260819100000123,2026-08-01\na2,m1,12.50,2026-08-01\na3,m1,1,9998-01-01\n',
      {
        kind: 'orders',
        mapping: '{"order":"order_id","customer":"customer_id","amount":"amount","at":"ordered_at"}',
      },
    )
    const { body } = await server.ask<{ id: string }>('POST', '/imports', payload, headers)
    const found = () => server.ask<{ state: string }>('GET', `/imports/${body.id}`)
    await expect.poll(async () => (await found()).body.state, { timeout: 80_000 }).not.toBe('running')
    const text = JSON.stringify((await found()).body)
    expect(text).toContain('amount-too-large')
    expect(text).toContain('time-outside')
    expect((await server.ask('GET', '/customers')).status).toBe(200)
  }, 90_000)
})
