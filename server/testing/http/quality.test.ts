import { afterEach, beforeEach, expect, test } from 'vitest'
import type { QualityAnswer, QualityCheck } from '../../../shared/api/quality.ts'
import { addCustomers, addHistory, type NewCustomer } from '../../store/sqlite/seed.ts'
import { openTestApp, startAt, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

const dayMs = 86_400_000
let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

async function look(): Promise<QualityAnswer> {
  const { status, body, text } = await server.ask<QualityAnswer>('GET', '/data-quality')
  expect(status, text).toBe(200)
  return body
}
const found = ({ findings }: QualityAnswer, check: QualityCheck) =>
  findings.filter((one) => one.check === check)

const customer = (id: string, more: Partial<NewCustomer>): NewCustomer => ({
  ...{ id, name: id, phone: null, email: null, gender: 'female', birthday: '1990-05-04', city: '上海' },
  ...{
    registeredAt: startAt - dayMs,
    timezone: null,
    language: null,
    consentSms: false,
    consentEmail: false,
  },
  ...{ blacklisted: false, attributes: {} },
  ...more,
})
const event = (id: string, name: string, more: object = {}) => ({
  ...{ id, customerId: 'm1', name, at: startAt - dayMs, amount: null, properties: {} },
  ...more,
})

test('doubles, impossible days and missing addresses of customers are found, each with who it is', async () => {
  addCustomers(
    server.db,
    [
      customer('d1', { phone: '13800000001' }),
      customer('d2', { phone: '13800000001', email: 'D@example.com' }),
      customer('d3', { birthday: '1900-01-01', email: 'x@example.com' }),
      customer('d4', { birthday: '2090-01-01', registeredAt: 1_700_000_000, email: 'y@example.com' }),
    ],
    startAt,
  )
  const answer = await look()
  const [phones] = found(answer, 'same-phone')
  expect(phones).toMatchObject({ count: 2, examples: [{ customerId: 'd1' }, { customerId: 'd2' }] })
  expect(phones?.examples[0]?.value).toMatch(/^.{3}….{4}$/)
  expect(found(answer, 'great-age')).toMatchObject([{ count: 1, examples: [{ customerId: 'd3' }] }])
  expect(found(answer, 'future-birthday')).toMatchObject([{ examples: [{ customerId: 'd4' }] }])
  expect(found(answer, 'early-registration')).toMatchObject([{ examples: [{ customerId: 'd4' }] }])
  // m6 of the base has neither.
  expect(found(answer, 'no-address')).toMatchObject([{ count: 1, examples: [{ customerId: 'm6' }] }])
})

test('amounts and times of events that lie far outside are found, usual ones are not', async () => {
  const usual = Array.from({ length: 60 }, (_, nth) =>
    event(`u${nth}`, 'top_up', { amount: 5_000 + 400 * (nth % 17), at: startAt - nth * dayMs }),
  )
  addHistory(server.db, [
    ...usual,
    event('huge', 'top_up', { amount: 50_000_000 }),
    event('tiny', 'top_up', { amount: 1 }),
    event('late', 'visit', { at: startAt + 40 * dayMs }),
    event('seconds', 'visit', { at: 1_785_000_000 }),
  ])
  const answer = await look()
  const [far] = found(answer, 'far-amount')
  expect(far).toMatchObject({ subject: 'top_up', count: 2 })
  expect(far?.examples.map(({ eventId }) => eventId).sort()).toEqual(['huge', 'tiny'])
  expect(found(answer, 'future-event')).toMatchObject([{ subject: 'visit', examples: [{ eventId: 'late' }] }])
  expect(found(answer, 'early-event')).toMatchObject([{ examples: [{ eventId: 'seconds' }] }])
  expect(
    found(answer, 'unknown-event')
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual(['top_up', 'visit'])
})

test('days on which an event did not come that comes daily are named', async () => {
  const missed = new Set([5, 6, 20])
  const days = Array.from({ length: 40 }, (_, nth) => nth + 1).filter((nth) => !missed.has(nth))
  addHistory(
    server.db,
    days.map((nth) =>
      event(`v${nth}`, 'page_viewed', { at: startAt - nth * dayMs, properties: { url: '/' } }),
    ),
  )
  const [silent] = found(await look(), 'silent-days')
  expect(silent).toMatchObject({
    subject: 'page_viewed',
    count: 3,
    days: ['2026-07-22', '2026-08-05', '2026-08-06'],
  })
})

test('orders and refunds that do not fit together are found', async () => {
  addHistory(server.db, [
    event('bare', 'order'),
    event('paid', 'order', { amount: 1_000, properties: { items: [{ sku: 'a' }] } }),
    event('r1', 'refund', { amount: 1_500, properties: { order_id: 'paid' } }),
    event('r2', 'refund', { amount: 10, properties: { order_id: 'elsewhere' } }),
  ])
  const answer = await look()
  expect(found(answer, 'no-amount')).toMatchObject([{ count: 1, examples: [{ eventId: 'bare' }] }])
  expect(found(answer, 'no-lines')).toMatchObject([{ examples: [{ eventId: 'bare' }] }])
  expect(found(answer, 'refund-exceeds')).toMatchObject([{ examples: [{ eventId: 'paid', value: '500' }] }])
  expect(found(answer, 'refund-unknown')).toMatchObject([
    { examples: [{ eventId: 'r2', value: 'elsewhere' }] },
  ])
})

test('properties of standard events that are of another type, of no known name, or sometimes missing are found', async () => {
  const views = Array.from({ length: 30 }, (_, nth) =>
    event(`p${nth}`, 'product_viewed', {
      properties: nth === 0 ? { price: 'cheap', colour: '红' } : { sku: `s${nth}`, price: 990 },
    }),
  )
  addHistory(server.db, views)
  const answer = await look()
  expect(found(answer, 'wrong-type')).toMatchObject([
    { subject: 'product_viewed.price', count: 1, examples: [{ eventId: 'p0', value: '"cheap"' }] },
  ])
  expect(found(answer, 'unknown-property')).toMatchObject([{ subject: 'product_viewed.colour', count: 1 }])
  expect(found(answer, 'sometimes-missing')).toMatchObject([
    { subject: 'product_viewed.sku', count: 1, of: 30, examples: [{ eventId: 'p0' }] },
  ])
})

test('rows that were refused are counted by who brought them and why', async () => {
  const secret = await keyFor(server, 'write', 'Shop')
  const by = { authorization: `Bearer ${secret}` }
  const bad = [
    { id: 'a', customerId: 'm1', amount: 1 },
    { id: 'b', customerId: 'm1', amount: -1 },
    { id: 'c', customerId: 'm1' },
  ]
  await server.ask('POST', '/orders', bad, by)
  await server.ask('POST', '/orders', bad, by)
  await server.ask('POST', '/events', [{ id: 'x', customerId: 'm1', name: 'visit', at: 'never' }], by)
  const { refusals } = await look()
  const told = refusals.map(({ from, name, kind, count }) => [from, name, kind, count])
  expect(told).toContainEqual(['api', 'Shop', 'orders', 2])
  expect(told).toContainEqual(['api', 'Shop', 'events', 1])
  for (const { reason } of refusals) expect(reason.en).not.toMatch(/[{}]/)
})
