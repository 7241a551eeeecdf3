import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const orders = (amount: number) => [{ id: 'n1', customerId: 'm1', amount }]
const send = (key: string, body: unknown, more: Record<string, string> = {}) =>
  server.ask<{ results: { status: string }[] }>('POST', '/orders', body, { 'idempotency-key': key, ...more })
const kept = () => server.db.sqlite.prepare('select count(*) from idempotent_calls').pluck().get()

describe('a call with an Idempotency-Key', () => {
  test('is made once: the same again is answered as the first, over the end of the process too', async () => {
    const first = await send('"a-1"', orders(500))
    expect(first.body.results).toMatchObject([{ status: 'created' }])
    const again = await send('a-1', orders(500))
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([
      200,
      first.text,
      'true',
    ])
    await server.restart()
    expect((await send('"a-1"', orders(500))).text).toBe(first.text)
  })

  test('is refused with another body, and is another call under another key, at another address or by another caller', async () => {
    await send('k', orders(500))
    expectProblem(await send('k', orders(600)), 422, 'idempotency-key-reused')
    expect((await send('l', orders(500))).body.results).toMatchObject([{ status: 'unchanged' }])
    const secret = await keyFor(server, 'write')
    const byKey = await send('k', orders(600), { authorization: `Bearer ${secret}` })
    expect(byKey.body.results).toMatchObject([{ status: 'updated' }])
    const products = await server.ask('POST', '/products', [{ id: 'p1' }], { 'idempotency-key': 'k' })
    expect(products.status).toBe(200)
  })

  test('is refused while the first is being answered; what another process left unanswered is made again', async () => {
    await send('k', orders(500))
    server.db.sqlite.exec('update idempotent_calls set status = null, answer = null')
    expectProblem(await send('k', orders(500)), 409, 'idempotency-key-under-way')
    server.db.sqlite.exec(`update idempotent_calls set process = 'another'`)
    expect((await send('k', orders(500))).body.results).toMatchObject([{ status: 'unchanged' }])
    expect((await send('k', orders(500))).headers['idempotency-replayed']).toBe('true')
  })

  test('that is refused for what it says is refused alike', async () => {
    const first = await send('k', [{ id: 'n1', customerId: 'nobody', amount: 1 }])
    const again = await send('k', [{ id: 'n1', customerId: 'nobody', amount: 1 }])
    expect([again.status, again.text]).toEqual([first.status, first.text])
  })

  test('has a key that can be kept, and is no stream', async () => {
    expectProblem(await send('', orders(1)), 400, 'idempotency-key-invalid')
    expectProblem(await send('"', orders(1)), 400, 'idempotency-key-invalid')
    const longest = limits.idempotencyKeyLength.value
    expectProblem(await send('x'.repeat(longest + 1), orders(1)), 400, 'idempotency-key-invalid')
    expect((await send('x'.repeat(longest), orders(1))).status).toBe(200)
    const stream = { 'content-type': 'application/x-ndjson' }
    expectProblem(await send('s', '{"id":"n9"}\n', stream), 422, 'idempotency-key-stream')
  })

  test('is remembered for a day', async () => {
    await send('old', orders(500))
    server.db.sqlite.exec(`update idempotent_calls set begun_at = begun_at - 86400000`)
    expect((await send('old', orders(700))).body.results).toMatchObject([{ status: 'updated' }])
    expect(kept()).toBe(1)
  })

  test('makes one journey, however often it comes', async () => {
    const make = () =>
      server.ask<{ journey: { id: string } }>(
        'POST',
        '/journeys',
        { name: { en: 'New' } },
        { 'idempotency-key': 'j' },
      )
    const [first, again] = [await make(), await make()]
    expect(again.body.journey.id).toBe(first.body.journey.id)
    expect(again.status).toBe(first.status)
  })
})

test('the API says which calls take the header', async () => {
  const { body } = await server.ask<{
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>
  }>('GET', '/api/openapi.json')
  const of = (path: string) =>
    body.paths[`/api/v1/brands/{brand}${path}`]?.post?.parameters?.filter((one) => one.in === 'header')
  expect(of('/orders')).toMatchObject([{ name: 'idempotency-key' }])
  expect(of('/journeys')).toMatchObject([{ name: 'idempotency-key' }])
  expect(of('/audiences/count') ?? []).toEqual([])
})
