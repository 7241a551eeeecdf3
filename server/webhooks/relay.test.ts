import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { taskDecision, taskMade } from '../../shared/api/tasks.ts'
import { type NoticeKindName, notice, noticeKinds, type WebhookSave } from '../../shared/api/webhooks.ts'
import { terminalActor } from '../../shared/audit/actor.ts'
import { createNoticePoster } from '../channels/notices.ts'
import { machineElapsed } from '../clock/machine.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { eraserStore } from '../store/sqlite/erasure/eraser.ts'
import { erasureStore } from '../store/sqlite/erasure/store.ts'
import { ingester } from '../store/sqlite/events/ingest.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { addCustomers, addHistory, type NewCustomer } from '../store/sqlite/seed.ts'
import { taskStore } from '../store/sqlite/tasks/store.ts'
import { noticesForgotten } from '../store/sqlite/webhooks/forgetting.ts'
import { webhookOutbox } from '../store/sqlite/webhooks/outbox.ts'
import { webhookStore } from '../store/sqlite/webhooks/store.ts'
import { testKeys } from '../testing/keys.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { createRelay, type Relay } from './relay.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const hourMs = 3_600_000
let realNow = Date.parse('2026-08-11T10:00:00+08:00')
let db: BrandDatabase
let peer: GatewayPeer
let relays: Relay[] = []

beforeEach(async () => {
  db = openDatabase(':memory:', { durability: 'off' })
  peer = await startHttpGatewayPeer({ secret, now: () => realNow, notices: true })
})
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop(0)))
  relays = []
  await peer.close()
  db.close()
})

const vault = () => openVault(db, brandScope('own'), testKeys)
const store = () => webhookStore(db, vault())
const act = () => ({ actor: terminalActor, at: realNow, realAt: realNow })
const told: string[][] = []

/** A process that tells; another one is as after a crash. */
function relayNow({ sandbox = false } = {}): Relay {
  const relay = createRelay({
    outbox: webhookOutbox(db, vault()),
    poster: createNoticePoster({ timeouts: { connectMs: 2000, answerMs: 2000 } }, () => realNow),
    sandbox,
    now: () => realNow,
    realNow: () => realNow,
    elapsed: machineElapsed,
    newId: () => `msg_${randomUUID()}`,
    onOff: (names) => void told.push([...names]),
    onError: (error) => {
      throw error
    },
  })
  relays.push(relay)
  return relay
}
async function tellAll(relay = relayNow()): Promise<void> {
  await relay.run()
  await relay.idle()
}
const made = (kinds: readonly NoticeKindName[], more: Partial<WebhookSave> = {}) =>
  store().make(act(), {
    ...{
      id: `w${db.sqlite.prepare('select count(*) from webhook_endpoints').pluck().get()}`,
      secret,
      name: 'CRM',
    },
    ...{ url: peer.url, kinds: [...kinds], events: null, allowPrivate: true, inSandbox: false, on: true },
    ...more,
  })
const customer = (id: string): NewCustomer => ({
  ...{ id, name: id, phone: null, email: `${id}@example.com`, gender: null, birthday: null, city: null },
  ...{ registeredAt: null, timezone: null, language: null, consentSms: false, consentEmail: false },
  ...{ blacklisted: false, attributes: { tier: 'gold' } },
})
const happen = (id: string, name = 'order', more: object = {}) =>
  ingester(db)(
    [{ ...{ id, customerId: 'c1', name, at: realNow, amount: 990, properties: {} }, ...more }],
    realNow,
  )
const bodies = () => [...peer.received.values()].map(({ body }) => notice.parse(body))
const states = () => db.sqlite.prepare('select state, attempts from webhook_deliveries order by id').all()
const later = (ms: number) => {
  realNow += ms
}

describe('what happens', () => {
  test('is told in its order, each as its kind says, signed as the standard has it', async () => {
    await made(['event.received', 'customer.created', 'customer.changed'])
    addCustomers(db, [customer('c1')], realNow)
    for (const nth of [1, 2, 3]) happen(`o${nth}`, 'order', { properties: { items: ['花', { sku: 'x' }] } })
    db.sqlite.exec(`update customers set city = '上海' where id = 'c1'`)
    db.sqlite.exec(`insert into tags (customer_id, tag, at) values ('c1', 'vip', 0)`)
    await tellAll()
    expect(peer.unsigned).toEqual([])
    expect(bodies().map(({ type, data }) => [type, data.id ?? data.city])).toEqual([
      ['customer.created', '上海'],
      ['event.received', 'o1'],
      ['event.received', 'o2'],
      ['event.received', 'o3'],
      ['customer.changed', '上海'],
    ])
    for (const { type, data } of bodies()) {
      const kind = Object.entries(noticeKinds).find(([name]) => name === type)?.[1]
      expect(kind?.data.parse(data)).toEqual(data)
    }
    expect(bodies().at(-1)?.data).toMatchObject({ tags: ['vip'], attributes: { tier: 'gold' } })
  })

  test('is told only to whom it concerns: by kind, by the name of an event, and never of history or receipts', async () => {
    await made(['event.received'], { events: ['order', "it's"] })
    addCustomers(db, [customer('c1')], realNow)
    happen('v1', 'view')
    happen('o1')
    happen('i1', "it's")
    addHistory(db, [{ id: 'h1', customerId: 'c1', name: 'order', at: realNow, amount: 1, properties: {} }])
    await tellAll()
    expect(bodies().map(({ data }) => data.id)).toEqual(['o1', 'i1'])
    await store().remove(act(), 'w0')
    await made(['event.received'])
    happen('r1', 'message_delivered')
    happen('v2', 'view')
    await tellAll()
    expect(bodies().map(({ data }) => data.id)).toEqual(['o1', 'i1', 'v2'])
  })

  test('is told of tasks that somebody makes by hand too, and of what came of them', async () => {
    await made(['task.made', 'task.decided'])
    addCustomers(db, [customer('c1')], realNow)
    const tasks = taskStore(db)
    const task = taskMade.parse({ customerId: 'c1', title: '回访', due: realNow + hourMs })
    const id = await tasks.make(act(), task)
    await tasks.decide(act(), id, taskDecision.parse({ button: 'reached' }), null)
    await tellAll()
    const of = { taskId: id, customerId: 'c1', journeyId: null, enrollmentId: null, node: null }
    expect(bodies()).toMatchObject([
      { type: 'task.made', data: { ...of, button: null, by: null } },
      { type: 'task.decided', data: { ...of, button: 'reached', by: 'local' } },
    ])
  })

  test('costs nothing where nobody wants to know', async () => {
    const triggers = () =>
      db.sqlite
        .prepare(`select count(*) from sqlite_master where type = 'trigger' and name like 'webhook%'`)
        .pluck()
        .get()
    expect(triggers()).toBe(0)
    const { id } = await made(
      Object.keys(noticeKinds).filter((name): name is NoticeKindName => name in noticeKinds),
    )
    expect(triggers()).toBeGreaterThan(8)
    await store().remove(act(), id)
    expect(triggers()).toBe(0)
  })

  test('is told of an erased customer by the id alone, and then nothing is kept of them', async () => {
    await made(['customer.created', 'customer.erased'])
    addCustomers(db, [customer('c-secret')], realNow)
    await tellAll()
    await erasureStore(db).ask(act(), { id: 'e1', customerIds: ['c-secret'], remember: false })
    const eraser = eraserStore(db)
    await eraser.forget('e1', realNow)
    while ((await eraser.step('e1')) > 0);
    await tellAll()
    expect(bodies().at(-1)).toMatchObject({ type: 'customer.erased', data: { customerId: 'c-secret' } })
    const kept = ['webhook_happenings', 'webhook_messages', 'webhook_deliveries'].map((table) =>
      JSON.stringify(db.sqlite.prepare(`select * from ${table}`).all()),
    )
    expect(kept.join()).not.toContain('c-secret')
  })
})

describe('a webhook that does not take it', () => {
  test('is tried again later and later, with the same id, and once it is well it gets what waits', async () => {
    await made(['event.received'])
    addCustomers(db, [customer('c1')], realNow)
    happen('o1')
    peer.behave('error')
    await tellAll()
    expect(states()).toEqual([{ state: 'waiting', attempts: 1 }])
    await tellAll()
    expect(peer.requests).toBe(1)
    later(5_000)
    await tellAll()
    expect(peer.requests).toBe(2)
    later(299_000)
    await tellAll()
    expect(peer.requests).toBe(2)
    later(1_000)
    peer.behave('accept')
    await tellAll()
    expect(states()).toEqual([{ state: 'delivered', attempts: 3 }])
    expect([peer.requests, peer.clashes, peer.received.size]).toEqual([3, [], 1])
  })

  test('is left alone for as long as it asks', async () => {
    await made(['event.received'])
    addCustomers(db, [customer('c1')], realNow)
    happen('o1')
    peer.behave('too-many', { retryAfter: '600' })
    await tellAll()
    later(599_000)
    await tellAll()
    expect(peer.requests).toBe(1)
    later(1_000)
    await tellAll()
    expect(peer.requests).toBe(2)
  })

  test('is switched off after three days, is told of, and is sent what it missed', async () => {
    const { id } = await made(['event.received'])
    addCustomers(db, [customer('c1')], realNow)
    happen('o1')
    peer.behave('unavailable')
    for (let hours = 0; hours <= 80; hours += 1) {
      await tellAll()
      later(hourMs)
    }
    expect(await store().list()).toMatchObject([{ off: 'failing' }])
    expect(told.at(-1)).toEqual(['CRM'])
    happen('o2')
    peer.behave('accept')
    await tellAll()
    expect(bodies()).toEqual([])
    const [hook] = await store().list()
    const saved = { name: 'CRM', url: peer.url, kinds: hook?.kinds ?? [], events: null }
    await store().change(act(), id, { ...saved, allowPrivate: true, inSandbox: false, on: true })
    expect(await store().replay(act(), id, realNow - 100 * hourMs, false)).toBe(2)
    await tellAll()
    expect(bodies().map(({ data }) => data.id)).toEqual(['o1', 'o2'])
    expect(told.at(-1)).toEqual([])
  })

  test('is refused where it leads into one’s own network and may not', async () => {
    await made(['event.received'], { allowPrivate: false })
    addCustomers(db, [customer('c1')], realNow)
    happen('o1')
    await tellAll()
    expect(peer.requests).toBe(0)
    const { deliveries } = await store().deliveries('w0', { limit: 10 })
    expect(deliveries).toMatchObject([{ status: null, error: expect.stringContaining('blocked_address') }])
  })
})

describe('a process that dies', () => {
  test.each(['hang-after', 'reset-after'] as const)(
    'while the other side had taken it (%s) tells it again under the same id',
    async (death) => {
      await made(['event.received'])
      addCustomers(db, [customer('c1')], realNow)
      for (const nth of [1, 2, 3]) happen(`o${nth}`)
      peer.behave(death)
      const dying = relayNow()
      await dying.run()
      while (peer.received.size < 3) await new Promise((done) => setTimeout(done, 5))
      await dying.stop(0)
      peer.behave('accept')
      later(60_000)
      await tellAll()
      expect(peer.received.size).toBe(3)
      expect([...peer.received.values()].map(({ repeats }) => repeats)).toEqual([1, 1, 1])
      expect(peer.clashes).toEqual([])
      expect(states()).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }, { state: 'delivered' }])
    },
  )

  test('before it has told anything has lost nothing', async () => {
    await made(['event.received'])
    addCustomers(db, [customer('c1')], realNow)
    happen('o1')
    await webhookOutbox(db, vault()).gather({ now: realNow, realNow, sandbox: false, newId: () => 'msg_1' })
    happen('o2')
    await tellAll()
    expect(bodies().map(({ data }) => data.id)).toEqual(['o1', 'o2'])
  })
})

test('a sandbox tells nobody but who asked for it, and the log shows what would have been sent', async () => {
  await made(['event.received'])
  await made(['event.received'], { inSandbox: true })
  addCustomers(db, [customer('c1')], realNow)
  happen('o1')
  await tellAll(relayNow({ sandbox: true }))
  expect(peer.received.size).toBe(1)
  expect(states()).toMatchObject([{ state: 'sandbox' }, { state: 'delivered' }])
})

test('for a day after its renewal the former secret signs beside the new one', async () => {
  await made(['event.received'])
  addCustomers(db, [customer('c1')], realNow)
  const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
  await store().renewSecret(act(), 'w0', other, realNow + 24 * hourMs)
  happen('o1')
  await tellAll()
  expect(peer.received.size).toBe(1)
  later(25 * hourMs)
  happen('o2')
  await tellAll()
  // The peer knows the former one alone.
  expect([peer.received.size, peer.unsigned]).toEqual([1, ['mismatch']])
})

test('the log is cut by age', async () => {
  await made(['event.received'])
  addCustomers(db, [customer('c1')], realNow)
  happen('o1')
  await tellAll()
  expect(noticesForgotten(db.sqlite, realNow + 29 * 24 * hourMs)).toBe(0)
  expect(noticesForgotten(db.sqlite, realNow + 31 * 24 * hourMs)).toBe(1)
  expect(states()).toEqual([])
})
