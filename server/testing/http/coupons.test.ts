import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { by, sketch } from '../sketch.ts'
import { formOf, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const twenty = { key: 'twenty', name: { 'zh-CN': '满减券' }, kind: 'amount', value: 2000, validDays: 7 }
const save = (more: object = {}, revision: number | null = null) =>
  server.ask<{ revision: number; figures: { remaining: number; low: boolean } }>('PUT', '/coupons/twenty', {
    coupon: { ...twenty, ...more },
    revision,
  })
const add = (codes: readonly string[]) =>
  server.ask<{ added: number; bad: { line: number; reason: string }[] }>('POST', '/coupons/twenty/codes', {
    codes,
  })

/** Gives m1 the code of a pool of one. */
async function given(code = 'SHOP-0001'): Promise<string> {
  await save()
  await add([code])
  const { id } = await publishJourney(
    server,
    sketch({
      id: 'giving',
      nodes: { in: by.hand(), gift: ['coupon', { coupon: 'twenty' }], out: by.exit() },
      flow: ['in -> gift', 'gift -> out'],
    }),
  )
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
  return code
}
const redeem = (...rows: readonly object[]) =>
  server.ask<{ results: { status: string; code?: string }[]; code?: string }>(
    'POST',
    '/coupons/redemptions',
    rows,
  )

describe('coupons by the API', () => {
  test('one is made, changed by whoever has seen it, and refused to whoever has not', async () => {
    expect((await save()).status).toBe(200)
    expect((await save()).body).toMatchObject({ code: 'coupon-exists' })
    expect((await save({ value: 3000 }, 1)).body).toMatchObject({ revision: 2 })
    expect((await save({ value: 5000 }, 1)).body).toMatchObject({ code: 'coupon-stale' })
  })

  test('what makes no sense is refused with its place', async () => {
    const wrong = await save({ kind: 'percent' })
    expect(wrong.status).toBe(400)
    expect(JSON.stringify(wrong.body)).toContain('coupon.percent')
    expect(JSON.stringify((await save({ validDays: null })).body)).toContain('coupon.validDays')
    expect(JSON.stringify((await save({ pattern: 'QX####' })).body)).toContain('coupon.pattern')
  })

  test('codes that are known already, twice in the list or none at all are left out and told', async () => {
    await given('SHOP-0001')
    const { body } = await add(['SHOP-0002', 'SHOP-0002', 'SHOP-0001', 'has blank', 'SHOP-0003'])
    expect(body).toMatchObject({ added: 2, duplicates: 2, malformed: 1, remaining: 2 })
    expect(body.bad.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'twice'],
      [3, 'handed_out'],
      [4, 'malformed'],
    ])
    expect((await add(['SHOP-0002'])).body.bad).toMatchObject([{ reason: 'in_pool' }])
  })

  test('a file brings codes by the line, or in the first column of a table', async () => {
    await save()
    const { payload, headers } = formOf('\uFEFFcode,note\r\n"SHOP-0001",a\r\nSHOP-0002,b\r\n\r\nx\r\n', {})
    const { body } = await server.ask('POST', '/coupons/twenty/codes/file', payload, headers)
    expect(body).toMatchObject({ added: 2, malformed: 1, bad: [{ line: 5, code: 'x' }] })
  })

  test('a pool that runs low says so', async () => {
    await save({ warnBelow: 3 })
    const figures = async () =>
      (await server.ask<{ figures: { remaining: number; low: boolean } }>('GET', '/coupons/twenty')).body
        .figures
    expect(await figures()).toMatchObject({ remaining: 0, low: true })
    await server.ask('POST', '/coupons/twenty/codes', { make: 3 })
    expect(await figures()).toMatchObject({ remaining: 3, low: false })
  })

  test('one that a journey hands out is not deleted, nor one that customers have', async () => {
    await given()
    const { body } = await server.ask('DELETE', '/coupons/twenty')
    expect(body).toMatchObject({ code: 'coupon-in-use', uses: [{ state: 'running' }, { state: 'draft' }] })
  })

  test('a code is looked up however it is typed, with whom it was given to', async () => {
    await given('SHOP-0001')
    const { body } = await server.ask('GET', '/coupons/codes/shop-0001')
    expect(body).toMatchObject({ state: 'usable', coupon: 'twenty', held: { customerId: 'm1', value: 2000 } })
    expect((await server.ask('GET', '/customers/m1/coupons')).body).toMatchObject({
      codes: [{ code: 'SHOP-0001' }],
    })
    expect((await server.ask('GET', '/coupons/codes/NONE')).body).toMatchObject({
      code: 'coupon-code-unknown',
    })
  })
})

describe('codes that are used', () => {
  test('count once: the same order again is known, another is told that it was used', async () => {
    const code = await given()
    expect((await redeem({ code, orderId: 'o1' })).body.results).toMatchObject([{ status: 'created' }])
    expect((await redeem({ code, orderId: 'o1' })).body.results).toMatchObject([{ status: 'unchanged' }])
    expect((await redeem({ code, orderId: 'o2' })).body).toMatchObject({ code: 'records-refused' })
    const life = await server.ask('GET', `/coupons/codes/${code}`)
    expect(life.body).toMatchObject({ state: 'redeemed', held: { orderId: 'o1' } })
  })

  test('twice in one call count once', async () => {
    const code = await given()
    const { body } = await redeem({ code, orderId: 'o1' }, { code, orderId: 'o2' })
    expect(body.results).toMatchObject([{ status: 'created' }, { status: 'refused', code: 'coupon-used' }])
  })

  test('each row says why it does not count', async () => {
    const code = await given()
    const late = new Date(startAt + 30 * 86_400_000).toISOString()
    const rows = [{ code: 'NONE-0001' }, { code, customerId: 'm2' }, { code, at: late }, { code: '!' }]
    const whole = await redeem(...rows, { code, at: new Date(startAt - 60_000).toISOString() })
    expect(whole.body.results.map(({ status, code: why }) => [status, why])).toEqual([
      ['refused', 'coupon-code-unknown'],
      ['refused', 'coupon-not-theirs'],
      ['refused', 'coupon-used'],
      ['refused', 'invalid-request'],
      ['created', undefined],
    ])
  })

  test('over is over', async () => {
    const code = await given()
    const { body } = await redeem({ code, at: new Date(startAt + 30 * 86_400_000).toISOString() })
    expect(JSON.stringify(body)).toContain('coupon-expired')
  })

  test('by a stream, a line for each', async () => {
    const code = await given()
    const lines = `${JSON.stringify({ code })}\n${JSON.stringify({ code: 'NONE-0001' })}\n`
    const answer = await server.app.inject({
      ...{ method: 'POST', url: '/api/v1/brands/own/coupons/redemptions', payload: lines },
      headers: { 'content-type': 'application/x-ndjson' },
    })
    const [first, second, last] = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first).toMatchObject({ status: 'created' })
    expect(second).toMatchObject({ status: 'refused', code: 'coupon-code-unknown' })
    expect(last).toMatchObject({ summary: { created: 1, refused: 1 } })
  })

  test('an order that names an unknown code is taken, and the code is told', async () => {
    await given()
    const order = { id: 'o9', customerId: 'm1', name: 'order', amount: 9900 }
    const { body } = await server.ask('POST', '/events', {
      events: [{ ...order, properties: { coupon_code: 'NONE-0001' } }],
    })
    expect(body).toMatchObject({ accepted: 1, answers: [{ status: 'noted', code: 'coupon-code-unknown' }] })
  })
})
