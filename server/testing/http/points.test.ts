import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerPoints, PointLedger } from '../../../shared/api/points.ts'
import type { RecordsAnswer } from '../../../shared/api/records.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  for (const id of ['a', 'b']) await server.ask('POST', '/customers', { id, name: id })
})
afterEach(() => server.close())

const book = async (rows: unknown) => (await server.ask<RecordsAnswer>('POST', '/points', rows)).body
const of = async (id: string) => (await server.ask<CustomerPoints>('GET', `/customers/${id}/points`)).body
const logged = (action: string) =>
  server.db.sqlite
    .prepare<[string], number>('select count(*) from audit where action = ?')
    .pluck()
    .get(action)

describe('points by the API', () => {
  test('are added and taken each by itself, and more than there is is refused', async () => {
    const { results } = await book([
      { customerId: 'a', points: 100, key: 'o1', orderId: 'o1' },
      { customerId: 'a', points: -30, key: 'gift', reason: 'a mug' },
      { customerId: 'a', points: -71, key: 'more' },
      { customerId: 'nobody', points: 5, key: 'x' },
      { customerId: 'b', points: 0, key: 'y' },
    ])
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      ['created', undefined],
      ['created', undefined],
      ['refused', 'points-insufficient'],
      ['refused', 'unknown-customer'],
      ['refused', 'invalid-request'],
    ])
    const { balance, lines } = await of('a')
    expect(balance).toBe(70)
    expect(lines).toMatchObject([
      { points: -30, kind: 'spent', source: 'api', reason: 'a mug' },
      { points: 100, kind: 'earned', reference: 'o1' },
    ])
    expect((await of('b')).balance).toBeNull()
    expect(logged('points.booked')).toBe(1)
  })

  test('the same again changes nothing, and a key for something else is refused', async () => {
    const row = { customerId: 'a', points: 100, key: 'o1' }
    await book(row)
    expect(await book(row)).toMatchObject({ unchanged: 1 })
    expect(await book([row, { ...row, points: 90 }, { ...row, customerId: 'b' }])).toMatchObject({
      unchanged: 1,
      results: [{}, { code: 'points-key-other' }, { code: 'points-key-other' }],
    })
    expect((await of('a')).balance).toBe(100)
  })

  test('a person adjusts with a reason, which the log keeps, and cannot take more than there is', async () => {
    const answer = await server.ask('POST', '/customers/a/points', { points: 40, reason: '补偿', key: 'k1' })
    expect(answer.body).toMatchObject({
      balance: 40,
      lines: [{ kind: 'adjusted', source: 'person', reason: '补偿' }],
    })
    expectProblem(
      await server.ask('POST', '/customers/a/points', { points: -41, reason: 'x', key: 'k2' }),
      409,
      'points-insufficient',
    )
    expectProblem(
      await server.ask('POST', '/customers/a/points', { points: 1, reason: '', key: 'k3' }),
      400,
      'invalid-request',
    )
    expect(logged('points.adjusted')).toBe(1)
    const { body } = await server.ask<PointLedger>('GET', '/points')
    expect(body).toMatchObject({ outstanding: 40, lines: [{ customerId: 'a', points: 40 }] })
  })
})
