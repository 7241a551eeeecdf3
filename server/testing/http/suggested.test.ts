import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OverlapAnswer } from '../../../shared/api/overlap.ts'
import type { SuggestedAnswer } from '../../../shared/api/suggested.ts'
import { expectProblem, openTestApp, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeAll(async () => {
  server = await openTestApp()
  const { sqlite } = server.db
  sqlite.exec(
    `insert into tags (customer_id, tag, at) values ('m1', 'vip', 1), ('m3', 'vip', 1), ('m3', '生日月', 1), ('nobody', 'gone', 1)`,
  )
  const more = { level: '金卡', points: 30, member: true, since: '2024-05-01T08:00:00Z', likes: '茶|花' }
  sqlite
    .prepare(`update customers set attributes = json_patch(attributes, ?) where id in ('m1', 'm2')`)
    .run(JSON.stringify(more))
  sqlite.exec(`update customers set attributes = '{' where id = 'm6'`)
  for (const [name, type] of Object.entries({
    points: 'number',
    member: 'yes_no',
    since: 'time',
    likes: 'list',
  }))
    expect((await server.ask('PUT', `/attributes/${name}`, { type, format: null })).status, name).toBe(200)
  const line = (category: string) => ({ sku: 's', category })
  sqlite
    .prepare(
      `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values ('v1', 'm1', 0, 'view', ?, 0, null, ?, 'history', 0)`,
    )
    .run(startAt, JSON.stringify({ lines: [line('茶'), line('花')], seconds: 30, 'a.b': 'with a point' }))
})
afterAll(() => server.close())

const query = (asked: Readonly<Record<string, string | number>>) =>
  new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)])).toString()

async function suggested(asked: Readonly<Record<string, string | number>>): Promise<SuggestedAnswer> {
  const answer = await server.ask<SuggestedAnswer>('GET', `/customers/values?${query(asked)}`)
  expect([answer.status, answer.text]).toEqual([200, expect.anything()])
  return answer.body
}
const pairs = async (asked: Readonly<Record<string, string | number>>) =>
  (await suggested(asked)).values.map(({ value, count }) => [value, count])

describe('somebody who writes a condition is suggested', () => {
  test('the values of an attribute, with how many have each, the most frequent first', async () => {
    expect(await pairs({ field: 'attribute', name: 'city' })).toEqual([
      ['上海', 2],
      ['北京', 1],
      ['成都', 1],
      ['杭州', 1],
    ])
    expect(await pairs({ field: 'attribute', name: 'tier' })).toEqual([
      ['silver', 3],
      ['gold', 2],
    ])
    expect(await pairs({ field: 'attribute', name: 'level' })).toEqual([['金卡', 2]])
  })

  test('values as their declared types have them', async () => {
    expect(await pairs({ field: 'attribute', name: 'points' })).toEqual([[30, 2]])
    expect(await pairs({ field: 'attribute', name: 'member' })).toEqual([[true, 2]])
    expect(await pairs({ field: 'attribute', name: 'since' })).toEqual([['2024-05-01T08:00:00.000Z', 2]])
    expect(await pairs({ field: 'attribute', name: 'likes' })).toEqual([
      ['花', 2],
      ['茶', 2],
    ])
  })

  test('those alone that begin as was written, whether in capitals or not, and so many at most', async () => {
    expect(await pairs({ field: 'attribute', name: 'tier', q: 'GO' })).toEqual([['gold', 2]])
    expect(await pairs({ field: 'attribute', name: 'tier', q: '%' })).toEqual([])
    expect(await suggested({ field: 'attribute', name: 'city', limit: 1 })).toEqual({
      values: [{ value: '上海', count: 2 }],
      more: true,
    })
    expect(await suggested({ field: 'attribute', name: 'points', q: 3 })).toMatchObject({ more: false })
  })

  test('nothing of what names one person', async () => {
    for (const name of ['customer_id', 'name', 'phone', 'email', 'birthday', 'registered_at'])
      expect([name, await pairs({ field: 'attribute', name })]).toEqual([name, []])
  })

  test('the names of attributes and events, and tags', async () => {
    const names = Object.fromEntries(await pairs({ field: 'attributes' }))
    expect(names).toMatchObject({ customer_id: 6, city: 5, tier: 5, level: 2, points: 2 })
    expect(await pairs({ field: 'attributes', q: 'lev' })).toEqual([['level', 2]])
    expect(await pairs({ field: 'event' })).toEqual([
      ['order', 3],
      ['view', 1],
    ])
    expect(await pairs({ field: 'tag' })).toEqual([
      ['vip', 2],
      ['生日月', 1],
    ])
  })

  test('the properties of an event and what they say, also within its lines', async () => {
    const properties = (await pairs({ field: 'properties', event: 'view' })).map(([name]) => name)
    expect(properties).toEqual(['a.b', 'lines', 'lines.category', 'lines.sku', 'seconds'])
    expect(await pairs({ field: 'property', event: 'view', name: 'lines.category' })).toEqual([
      ['花', 1],
      ['茶', 1],
    ])
    expect(await pairs({ field: 'property', event: 'view', name: 'a.b' })).toEqual([['with a point', 1]])
    expect(await pairs({ field: 'property', event: 'order', name: 'amount' })).toEqual([[30_000, 3]])
    expect(await pairs({ field: 'property', event: 'order', name: 'items' })).toEqual([['礼盒', 3]])
    expect(await pairs({ field: 'property', event: 'order', name: 'order_id', q: 'O2' })).toEqual([['o2', 1]])
    expect(await pairs({ field: 'property', event: 'order', name: 'never said' })).toEqual([])
  })

  test('nothing where it was not said whose values', async () => {
    for (const asked of [
      '',
      'field=attribute',
      'field=property&event=order',
      'field=properties',
      'field=other',
    ])
      expectProblem(await server.ask('GET', `/customers/values?${asked}`), 400, 'invalid-request')
    expectProblem(await server.ask('GET', '/customers/values?field=tag&limit=51'), 400, 'invalid-request')
  })
})

describe('the overlap of audiences', () => {
  beforeAll(async () => {
    const save = async (key: string, condition: object) =>
      expect((await server.ask('POST', '/audiences', { key, name: { en: key }, condition })).status).toBe(201)
    await save('shanghai', { kind: 'attribute', name: 'city', op: 'eq', value: '上海' })
    await save('gold', { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' })
    const once = { where: [], measure: 'count', window: { kind: 'ever' }, op: 'gte', value: 1 }
    await save('buyers', { kind: 'events', event: 'order', ...once })
    await save('nobody', { kind: 'tag', tag: 'no such tag', has: true })
  })

  test('says how many are in each, in each two, and in which of them alone', async () => {
    const audiences = ['shanghai', 'gold', 'buyers']
    const { body } = await server.ask<OverlapAnswer>('POST', '/audiences/overlap', { audiences })
    // m1 and m3 are in Shanghai, m1 and m2 are gold, m1 to m3 have bought.
    expect(body).toEqual({
      of: 6,
      audiences: [
        { key: 'shanghai', size: 2, unknown: false },
        { key: 'gold', size: 2, unknown: false },
        { key: 'buyers', size: 3, unknown: false },
      ],
      pairs: [
        { audiences: ['shanghai', 'gold'], both: 1 },
        { audiences: ['shanghai', 'buyers'], both: 2 },
        { audiences: ['gold', 'buyers'], both: 2 },
      ],
      regions: [
        { audiences: ['shanghai', 'buyers'], only: 1 },
        { audiences: ['gold', 'buyers'], only: 1 },
        { audiences: ['shanghai', 'gold', 'buyers'], only: 1 },
      ],
    })
  })

  test('of one that nobody is in is empty', async () => {
    const asked = { audiences: ['nobody', 'gold'] }
    expect((await server.ask<OverlapAnswer>('POST', '/audiences/overlap', asked)).body).toMatchObject({
      pairs: [{ audiences: ['nobody', 'gold'], both: 0 }],
      regions: [{ audiences: ['gold'], only: 2 }],
    })
  })

  test('is told of two to five audiences that there are, each once', async () => {
    const ask = (audiences: readonly string[]) => server.ask('POST', '/audiences/overlap', { audiences })
    expectProblem(await ask(['gold', 'no-such']), 404, 'not-found')
    for (const audiences of [['gold'], ['gold', 'gold'], ['a', 'b', 'c', 'd', 'e', 'f']])
      expectProblem(await ask(audiences), 400, 'invalid-request')
  })
})
