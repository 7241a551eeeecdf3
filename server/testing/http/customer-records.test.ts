import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type { RecordResult, RecordsAnswer } from '../../../shared/api/records.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import {
  type Answered,
  expectProblem,
  openTestApp,
  publishJourney,
  startAt,
  type TestApp,
} from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const read = async (id: string) => (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body
const put = (id: string, body: object) => server.ask<RecordResult>('PUT', `/customers/${id}`, body)
const patch = (id: string, body: object) => server.ask<RecordResult>('PATCH', `/customers/${id}`, body)
const post = (body: object) => server.ask<RecordsAnswer>('POST', '/customers', body)

/** Sends lines as a stream, and divides the answer into its lines. */
async function stream(lines: string | Buffer): Promise<{ results: RecordResult[]; summary: object }> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/brands/own/customers',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: lines,
  })
  expect(answer.statusCode).toBe(200)
  const told: (RecordResult & { summary?: object })[] = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const { summary = {} } = told.pop() ?? {}
  return { results: told, summary }
}
const ndjson = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n')
const statuses = ({ results }: { results: readonly RecordResult[] }) => results.map(({ status }) => status)

describe('a customer saved by PUT', () => {
  test('is made, and read as a file would be', async () => {
    const answer = await put('c1', {
      name: '王芳',
      phone: '+86 138-0000-0001',
      email: 'Wang.Fang@Example.com',
      gender: '女',
      birthday: '1990/5/1',
      registeredAt: startAt,
      language: '中文',
      consentSms: { given: true, at: '2026-01-02T10:00:00+08:00', proof: 'form 7' },
      tags: ['VIP'],
      tier: 'gold',
      attributes: { points: 120, agreed: true },
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ line: 1, id: 'c1', status: 'created' })
    const { customer, tags } = await read('c1')
    expect(customer).toMatchObject({
      ...{ name: '王芳', phone: '13800000001', email: 'wang.fang@example.com', gender: 'female' },
      ...{ birthday: '1990-05-01', registeredAt: startAt, language: 'zh-CN', consentSms: true },
      attributes: { tier: 'gold', points: 120, agreed: true },
    })
    expect(tags).toEqual(['VIP'])
    const { body } = await server.ask<{ addresses: { states: object[] }[] }>('GET', '/customers/c1/addresses')
    expect(body.addresses.flatMap(({ states }) => states)).toMatchObject([
      {
        channel: 'sms',
        consent: true,
        consentSource: 'api',
        consentProof: 'form 7',
        consentAt: Date.parse('2026-01-02T10:00:00+08:00'),
      },
    ])
  })

  test('is without what the record leaves out; a consent and tags that it does not speak of stay', async () => {
    await put('c1', {
      name: 'A',
      city: '上海',
      phone: '13800000001',
      consentSms: true,
      tags: ['VIP'],
      tier: 'gold',
    })
    const answer = await put('c1', { name: 'A', points: 3 })
    expect(answer).toMatchObject({ status: 200, body: { status: 'updated' } })
    const { customer, tags } = await read('c1')
    expect(customer).toMatchObject({ name: 'A', city: null, phone: null, attributes: { points: 3 } })
    expect(customer.attributes).toEqual({ points: 3 })
    expect(tags).toEqual(['VIP'])
    await put('c1', { name: 'A', points: 3, tags: ['new'] })
    expect((await read('c1')).tags).toEqual(['new'])
  })

  test('is taken as it was answered, changing nothing', async () => {
    const { customer } = await read('m1')
    expect((await put('m1', customer)).body).toEqual({ line: 1, id: 'm1', status: 'unchanged' })
  })

  test('keeps what cannot be read as it was, and says so', async () => {
    await put('c1', { name: 'A', phone: '13800000001' })
    const { body } = await put('c1', { name: 'B', phone: 'call me', closed: { sms: 'opted_out' } })
    expect(body).toMatchObject({
      status: 'updated',
      faults: [
        { field: 'closed', code: 'told-field' },
        {
          field: 'phone',
          value: 'call me',
          code: 'invalid-phone',
          message: { en: expect.stringContaining('“phone”') },
        },
      ],
    })
    expect((await read('c1')).customer).toMatchObject({ name: 'B', phone: '13800000001' })
  })

  test('is refused where the id differs, is too long, or the body is no object', async () => {
    expectProblem(await put('c1', { id: 'c2' }), 422, 'record-id-differs')
    expectProblem(await put('x'.repeat(10_000), { name: 'A' }), 400, 'invalid-request')
    expectProblem(await server.ask('PUT', '/customers/c1', []), 400, 'invalid-request')
    expectProblem(await put('c%00', { name: 'A' }), 400, 'text-broken')
  })
})

describe('a customer changed by PATCH', () => {
  test('keeps what is not said; null takes away, of fields and of attributes', async () => {
    await put('c1', { name: 'A', city: '上海', tier: 'gold', points: 3 })
    await patch('c1', { city: null, attributes: { tier: null }, points: '4' })
    expect((await read('c1')).customer).toMatchObject({ name: 'A', city: null, attributes: { points: 4 } })
    expect((await read('c1')).customer.attributes).toEqual({ points: 4 })
  })

  test('gets tags added and taken away', async () => {
    await put('c1', { tags: ['a', 'b'] })
    await patch('c1', { tags: ['c'] })
    expect((await read('c1')).tags).toEqual(['a', 'b', 'c'])
    await patch('c1', { tags: { remove: ['a'], add: ['d'] } })
    expect((await read('c1')).tags).toEqual(['b', 'c', 'd'])
  })

  test('must be known', async () => {
    expectProblem(await patch('nobody', { name: 'A' }), 404, 'not-found')
    expect((await server.ask('GET', '/customers/nobody')).status).toBe(404)
  })

  test('tells which value its attribute’s type cannot read, and keeps it', async () => {
    await patch('m2', { points: 7 })
    await server.ask('PUT', '/attributes/points', { type: 'number' })
    const { body } = await patch('m1', { points: 'many' })
    expect(body.faults).toMatchObject([{ field: 'points', value: 'many', code: 'not-a-number' }])
    expect((await read('m1')).customer.attributes).toMatchObject({ points: 'many' })
  })

  test('stays opted out by a yes without its date', async () => {
    await patch('m1', { unsubscribed: ['sms'] })
    await patch('m1', { consentSms: true })
    expect((await read('m1')).customer).toMatchObject({ closed: { sms: 'opted_out' } })
  })
})

describe('customers sent together', () => {
  test('are taken each by itself: a result per row, with its line and why', async () => {
    const { body } = await post([
      { id: 'c1', name: 'A' },
      { name: 'nobody' },
      'no record',
      { id: 'm1', name: '会员1' },
      { id: 'c\u0000', name: 'B' },
    ])
    expect(body).toMatchObject({ created: 1, updated: 0, unchanged: 1, refused: 3 })
    expect(body.results).toMatchObject([
      { line: 1, id: 'c1', status: 'created' },
      { line: 2, id: null, status: 'refused', code: 'no-key', message: { 'zh-CN': expect.any(String) } },
      { line: 3, status: 'refused', code: 'record-not-object' },
      { line: 4, id: 'm1', status: 'unchanged' },
      { line: 5, status: 'refused', code: 'text-broken', place: 'id' },
    ])
  })

  test('change nothing when they are sent again', async () => {
    const rows = [{ id: 'c1', name: 'A', tags: ['x'] }, { email: 'new@example.com' }]
    expect(statuses((await post(rows)).body)).toEqual(['created', 'created'])
    const before = (await server.own.stores.audit.page({ limit: 50 })).entries.length
    expect(statuses((await post(rows)).body)).toEqual(['unchanged', 'unchanged'])
    expect((await server.own.stores.audit.page({ limit: 50 })).entries).toHaveLength(before)
  })

  test('are found by their address where they have no id, also one that stands in the same call', async () => {
    const { body } = await post([
      { phone: '19900000001', city: '广州' },
      { id: 'c1', phone: '13800000001' },
      { phone: '+8613800000001', name: 'A' },
    ])
    expect(body.results).toMatchObject([
      { id: 'm1', status: 'updated' },
      { id: 'c1', status: 'created' },
      { id: 'c1', status: 'updated' },
    ])
  })

  test('are refused as a whole where none can be taken, or there is none', async () => {
    const none = await post([{ name: 'A' }, 7])
    expectProblem(none, 422, 'records-refused')
    expect(none.body.results).toHaveLength(2)
    expectProblem(await post([]), 400, 'records-missing')
    expectProblem(await post(Array.from({ length: 10_001 }, () => ({}))), 413, 'records-too-many')
  })

  test('may be one', async () => {
    expect((await post({ id: 'c1' })).body).toMatchObject({ created: 1, results: [{ id: 'c1' }] })
  })
})

describe('a stream of customers', () => {
  test('is taken line by line: a broken one costs only itself', async () => {
    const lines = Buffer.concat([
      Buffer.from(`${ndjson({ id: 'c1' }, { id: 'c2' })}\n{"id": "c3"\n\n`),
      Buffer.from([0xff, 0xfe, 10]),
      Buffer.from(`{"id":"c4","x":"${'y'.repeat(300_000)}"}\r\n{"id":"c\\u0000"}\n`),
      Buffer.from('{"id":"c6","attributes":{"__proto__":{"vip":true}}}\n'),
      Buffer.from(ndjson({ id: 'c5', name: '王' })),
    ])
    const { results, summary } = await stream(lines)
    expect(results.map(({ line, status, code }) => [line, status, code])).toEqual([
      [1, 'created', undefined],
      [2, 'created', undefined],
      [3, 'refused', 'record-not-json'],
      [5, 'refused', 'record-not-json'],
      [6, 'refused', 'record-too-large'],
      [7, 'refused', 'text-broken'],
      [8, 'refused', 'name-reserved'],
      [9, 'created', undefined],
    ])
    expect(summary).toEqual({ created: 3, updated: 0, unchanged: 0, refused: 5 })
    expect((await read('c5')).customer.name).toBe('王')
  })

  test('is one line of the log, whatever its length', async () => {
    await stream(ndjson(...Array.from({ length: 1_200 }, (_, index) => ({ id: `s${index}` }))))
    const { entries } = await server.own.stores.audit.page({ limit: 50, action: 'records.taken' })
    expect(entries).toMatchObject([
      { action: 'records.taken', detail: { kind: 'customers', imported: 1_200, updated: 0, rejected: 0 } },
    ])
  })

  test('is refused under another type', async () => {
    const answer = await server.ask('POST', '/customers', '{"id":"c1"}', { 'content-type': 'text/csv' })
    expectProblem(answer, 415, 'unsupported-media')
  })
})

describe('DELETE of a customer', () => {
  test('erases; asked again it does nothing more', async () => {
    const first: Answered<unknown> = await server.ask('DELETE', '/customers/m1')
    expect(first.status).toBe(202)
    await server.own.settle()
    expect((await server.ask('GET', '/customers/m1')).status).toBe(404)
    expect((await server.ask('DELETE', '/customers/m1')).status).toBe(204)
    expect((await server.ask<{ total: number }>('GET', '/erasures')).body.total).toBe(1)
  })
})

describe('whoever comes in or is changed by the API', () => {
  const name = (en: string) => ({ en, 'zh-CN': en })
  const joining = (on: 'join' | 'leave') =>
    journeySchema.parse({
      format: 1,
      id: on,
      name: name(on),
      nodes: {
        come: {
          type: 'audience_at',
          name: name('Come'),
          config: { audience: { kind: 'audience', audience: 'vips' }, at: { kind: on } },
        },
        week: {
          type: 'wait',
          name: name('A week'),
          config: { until: { kind: 'duration', span: { amount: 1, unit: 'week' } } },
        },
        done: { type: 'exit', name: name('Done'), config: {} },
      },
      edges: { come: { entered: 'week' }, week: { done: 'done' } },
    })
  const inside = async (id: string) => (await read(id)).enrollments.map(({ journeyId }) => journeyId)

  test('joins and leaves audiences at once, and journeys start', async () => {
    await server.ask('POST', '/audiences', {
      key: 'vips',
      name: { en: 'VIPs' },
      condition: {
        kind: 'any',
        of: [
          { kind: 'tag', tag: 'VIP', has: true },
          { kind: 'attribute', name: 'level', op: 'eq', value: 'diamond' },
        ],
      },
    })
    const join = await publishJourney(server, joining('join'))
    const leave = await publishJourney(server, joining('leave'))
    await server.own.settle()
    await post([
      { id: 'c1', level: 'diamond' },
      { id: 'm1', tags: ['VIP'] },
      { id: 'c2', level: 'silver' },
    ])
    expect(await inside('c1')).toEqual([join.id])
    expect(await inside('m1')).toEqual([join.id])
    expect(await inside('c2')).toEqual([])
    await patch('m1', { tags: { remove: ['VIP'] } })
    await put('c1', { level: 'silver' })
    expect(await inside('m1')).toContain(leave.id)
    expect(await inside('c1')).toContain(leave.id)
  })
})
