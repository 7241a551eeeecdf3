import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone } from '../../../ports/claims.ts'
import type { ClaimedMessage, Settlement } from '../../../ports/dispatch.ts'
import { testClock } from '../../../testing/clock.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { ingester } from '../events/ingest.ts'
import { messageNamed } from './list.ts'
import { createOutboxStore } from './outbox.ts'
import { earlyReceipts } from './receipts-early.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  for (const id of ['c1', 'c2'])
    db.sqlite.prepare('insert into customers (id, shard, phone, updated_at) values (?, 0, ?, 0)').run(id, id)
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, created_at, updated_at) values ('j', '', 'live', '', 1, 0, 0)`,
    )
    .run()
  db.sqlite
    .prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, due_at, created_at, parts, cost_milli)
       values (0, 7, 'hello', 1, 'j', 1, 'c1', 'sms', 'c1', 'x', 'marketing', 'queued', 10, 0, 1, 0)`,
    )
    .run()
})
afterEach(() => db.close())

/** The message is in the hands of its channel: its answer is still to come. */
async function handedOver(): Promise<ClaimedMessage> {
  const { messages } = await createOutboxStore(db).claim({
    by: alone(testClock(100)),
    channel: 'sms',
    now: 100,
    limit: 1,
    begins: false,
    verdict: () => ({ kind: 'send' }),
  })
  const [message] = messages
  if (message === undefined) throw new Error('nothing was claimed')
  return message
}

const settle = (message: ClaimedMessage, more: Partial<Settlement> = {}) =>
  createOutboxStore(db).settle(
    [{ message, status: 'sent', dueAt: null, providerId: 'p1', error: null, endpoint: 'answered', ...more }],
    200,
  )

const told = (kind: string, at: number, properties: Record<string, string>, customerId = 'c1') =>
  ingester(db)(
    [{ id: `${kind}-${at}`, customerId, name: `message_${kind}`, at, amount: null, properties }],
    at,
  )

const standing = () => db.sqlite.prepare('select status, error from messages').get()
const receipts = () => db.sqlite.prepare('select kind, at from receipts order by at').all()
const figures = () =>
  Object.fromEntries(
    db.sqlite
      .prepare<[], { kind: string; count: number }>('select kind, count from figures where count <> 0')
      .all()
      .map(({ kind, count }) => [kind, count]),
  )

describe('a report that is there before the answer (rule 23)', () => {
  test('that it failed stands over the answer that it was taken', async () => {
    const message = await handedOver()
    told('failed', 150, { message_id: '1', detail: 'no such number' })
    await settle(message)
    expect(standing()).toEqual({ status: 'failed', error: 'no such number' })
    expect(figures()).toEqual({ 'message:failed': 1 })
  })

  test('that it arrived stands over an answer that was lost, and over another attempt', async () => {
    for (const status of ['unknown', 'queued'] as const) {
      db.sqlite.prepare(`update messages set status = 'queued', due_at = 10`).run()
      const message = await handedOver()
      told('delivered', 150, { message_id: '1' })
      await settle(message, { status, dueAt: status === 'queued' ? 300 : null, providerId: null })
      expect(standing()).toEqual({ status: 'sent', error: null })
    }
    expect(figures()).toEqual({ 'receipt:delivered': 1 })
    expect(db.sqlite.prepare('select due_at from messages').pluck().get()).toBeNull()
  })

  test('rule 23: a report that is there before the answer stands over the end of the process that was waiting for it', async () => {
    await handedOver()
    told('delivered', 150, { message_id: '1' })
    await createOutboxStore(db).recover({
      idempotent: new Set(),
      now: 300,
      by: alone(testClock(100)),
      own: true,
    })
    expect(standing()).toEqual({ status: 'sent', error: null })
    expect(figures()).toEqual({ 'receipt:delivered': 1 })
  })

  test.each([
    ['by the provider’s id alone', {}],
    ['by the provider’s id and its channel', { channel: 'sms' }],
  ])('is kept until the answer tells whose it is: %s', async (_, properties) => {
    const message = await handedOver()
    told('delivered', 150, { provider_id: 'p1', ...properties })
    told('clicked', 160, { provider_id: 'p1', ...properties })
    expect(receipts()).toEqual([])
    await settle(message)
    expect(receipts()).toEqual([
      { kind: 'delivered', at: 150 },
      { kind: 'clicked', at: 160 },
    ])
    expect(figures()).toEqual({ 'receipt:delivered': 1, 'receipt:clicked': 1 })
    expect(db.sqlite.prepare('select count(*) from early_receipts').pluck().get()).toBe(0)
  })

  test('names nobody: the answer tells the customer too, and the event is there for who waits for it', async () => {
    const message = await handedOver()
    const early = earlyReceipts(db)
    const report = { id: 'sms:r1', name: 'message_failed', at: 150, channel: 'sms', customerId: null }
    const properties = { provider_id: 'p1', detail: 'refused', channel: 'sms' }
    expect(early.keep({ ...report, providerId: 'p1', properties }, 150)).toBe(true)
    expect(early.keep({ ...report, providerId: 'p1', properties }, 151)).toBe(false)
    await settle(message)
    expect(standing()).toEqual({ status: 'failed', error: 'refused' })
    expect(
      db.sqlite.prepare('select customer_id, name, at, pending, properties from events').get(),
    ).toMatchObject({
      customer_id: 'c1',
      name: 'message_failed',
      at: 150,
      pending: 1,
      properties: expect.stringContaining('"node":"hello"'),
    })
  })

  test('of another customer or another channel is not taken for this message’s', async () => {
    const message = await handedOver()
    told('delivered', 150, { provider_id: 'p1' }, 'c2')
    told('opened', 151, { provider_id: 'p1', channel: 'email' })
    await settle(message)
    expect(receipts()).toEqual([])
  })

  test('that fits nothing for a week is let go', () => {
    const day = 86_400_000
    told('delivered', 1, { provider_id: 'p8' })
    told('delivered', 9 * day, { provider_id: 'p9' })
    expect(db.sqlite.prepare('select provider_id from early_receipts').pluck().all()).toEqual(['p9'])
  })
})

describe('one id with two providers', () => {
  test('a report of one channel is never taken for a message of another', async () => {
    await settle(await handedOver(), { providerId: '17' })
    db.sqlite.prepare(`update messages set channel = 'in_app'`).run()
    told('failed', 300, { provider_id: '17', channel: 'sms' })
    expect(standing()).toEqual({ status: 'sent', error: null })
    expect(messageNamed(db, { providerId: '17', channel: 'sms' })).toBeNull()
    expect(messageNamed(db, { providerId: '17', channel: 'in_app' })).toMatchObject({ id: 1 })
    told('delivered', 400, { provider_id: '17' })
    expect(receipts()).toEqual([{ kind: 'delivered', at: 400 }])
  })
})

describe('the later report stands (rule 23)', () => {
  test('whatever order they come in', async () => {
    await settle(await handedOver())
    told('delivered', 400, { message_id: '1' })
    told('failed', 300, { message_id: '1', detail: 'busy' })
    expect(standing()).toEqual({ status: 'sent', error: null })
    told('failed', 500, { message_id: '1', detail: 'bounced' })
    expect(standing()).toEqual({ status: 'failed', error: 'bounced' })
    told('opened', 600, { message_id: '1' })
    expect(standing()).toEqual({ status: 'sent', error: null })
    expect(figures()).toEqual({ 'receipt:delivered': 1, 'receipt:opened': 1 })
  })

  test('of what was in doubt, failure too', async () => {
    await settle(await handedOver(), { status: 'unknown', providerId: null, error: 'in doubt' })
    told('failed', 300, { message_id: '1', detail: 'no such number' })
    expect(standing()).toEqual({ status: 'failed', error: 'no such number' })
    expect(figures()).toEqual({ 'message:failed': 1 })
  })

  test('what was taken back before anybody had it stays taken back', () => {
    db.sqlite.prepare(`update messages set status = 'cancelled', due_at = null`).run()
    told('delivered', 300, { message_id: '1' })
    expect(standing()).toEqual({ status: 'cancelled', error: null })
  })
})

describe('a coupon', () => {
  beforeEach(() =>
    db.sqlite
      .prepare(
        `insert into coupons (code, enrollment_id, node, customer_id, journey_id, value, min_spend, name,
           issued_at, expires_at) values ('QXGCLHQ9', 7, 'gift', 'c1', 'j', 1000, 0, '', 0, 1000)`,
      )
      .run(),
  )
  const redeem = (customerId: string, code: string) =>
    ingester(db)(
      [
        {
          id: `r-${customerId}`,
          customerId,
          name: 'coupon_redeemed',
          at: 50,
          amount: null,
          properties: { code },
        },
      ],
      50,
    )
  const redeemed = () => db.sqlite.prepare('select redeemed_at from coupons').pluck().get()
  const kept = () => db.sqlite.prepare('select name, properties from events').get()

  test.each(['QXGCLHQ9', 'qxgclhq9', ' QXGC LHQ9 ', 'ＱＸＧＣＬＨＱ９', 'qxgc-lhq9'])(
    'is redeemed by its own customer who writes %j',
    (code) => {
      redeem('c1', code)
      expect(redeemed()).toBe(50)
      expect(kept()).toEqual({ name: 'coupon_redeemed', properties: '{"code":"QXGCLHQ9"}' })
    },
  )

  test('is not redeemed by another, however it is written', () => {
    redeem('c2', 'qxgclhq9')
    expect(redeemed()).toBeNull()
    expect(kept()).toMatchObject({ name: 'coupon_refused' })
  })
})
