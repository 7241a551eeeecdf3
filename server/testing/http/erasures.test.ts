import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Certificate, ErasureLook } from '../../../shared/api/erasures.ts'
import { AnalyticalCopy } from '../../analytics/copy/copy.ts'
import { copyFileOf } from '../../analytics/copy/files.ts'
import { eraserStore } from '../../store/sqlite/erasure/eraser.ts'
import { addCustomers, addHistory } from '../../store/sqlite/seed.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { memberOf } from '../members.ts'
import {
  expectProblem,
  formOf,
  giftJourney,
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

/** Somebody of whom nothing else in the data speaks. */
const person = {
  id: 'KX-20771',
  name: '欧阳慕雪',
  phone: '13912345678',
  email: 'muxue.ouyang@example.org',
  city: '敦煌',
  attributes: { shoe: '三十七码半', card: 'VIP-883311' },
}
const order = 'DD-556677'
const words = [
  ...[person.id, person.name, person.phone, person.email, person.city, person.attributes.shoe],
  ...[person.attributes.card, order, '别再给我发了好吗', '长期睡眠不好', '1391234'],
]

/** All that lies in the folder of data, by what is found in it of the person. */
function found(): string[] {
  const files = readdirSync(server.folder, { recursive: true, encoding: 'utf8' })
  return files.flatMap((name) => {
    const path = join(server.folder, name)
    if (!statSync(path).isFile()) return []
    const bytes = readFileSync(path)
    return words.flatMap((word) => (bytes.includes(word) ? [`${name}: ${word}`] : []))
  })
}

async function imported(text: string): Promise<void> {
  const { payload, headers } = formOf(text, {
    kind: 'customers',
    mapping: JSON.stringify({ id: 'customer_id', name: 'name', phone: 'phone', email: 'email' }),
  })
  const begun = await server.ask<{ id: string }>('POST', '/imports', payload, headers)
  expect(begun.status).toBe(202)
  await vi.waitFor(
    async () => {
      const { body } = await server.ask<{ state: string }>('GET', `/imports/${begun.body.id}`)
      expect(body.state).toBe('done')
    },
    { timeout: 60_000, interval: 20 },
  )
}

const moved = (to: string) => server.ask('POST', '/clock/advance', { to: Date.parse(to) })

/** Leaves something of the person everywhere that something can be left. */
async function lived(): Promise<string> {
  addCustomers(server.db, [memberOf(person.name, 9, person)], startAt)
  addHistory(server.db, [
    {
      ...{ id: order, customerId: person.id, name: 'order', amount: 88_800 },
      ...{ at: Date.parse('2025-08-20T12:00:00+08:00'), properties: { note: '长期睡眠不好' } },
    },
  ])
  const { id } = await publishJourney(server)
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: [person.id, 'm1'] })
  await moved('2026-08-16T12:00:00+08:00')
  const event = { id: 'r1', name: 'message_replied', at: server.own.now(), amount: null }
  const properties = { channel: 'sms', text: '别再给我发了好吗' }
  await server.own.ingest([{ customerId: person.id, event: { ...event, properties } }])
  await server.ask('POST', '/blacklist', {
    entries: [{ kind: 'email', address: person.email, reason: person.name }],
  })
  await server.ask('PUT', `/customers/${person.id}/events/order/${order}`, { amount: 77_700 })
  await server.ask('POST', `/customers/${person.id}/addresses`, { kind: 'phone', address: '13912340000' })
  await imported(
    `id,name,phone,email\n${person.id},${person.name},${person.phone},not-a-mailbox\nm9,别人,13900000099,nine@example.com\n`,
  )
  return id
}

async function erased(body: object = { customerIds: [person.id] }): Promise<Certificate> {
  const asked = await server.ask<{ id: string }>('POST', '/erasures', body)
  expect(asked.status).toBe(202)
  return (await server.ask<Certificate>('GET', `/erasures/${asked.body.id}`)).body
}

describe('rule 20: erasing a customer', () => {
  test('leaves nothing of the person in any table, log, report or file, free space and write-ahead log included', async () => {
    const journey = await lived()
    const copy = new AnalyticalCopy({ truth: openTruth(server.db.path), file: copyFileOf(server.db.path) })
    await copy.catchUp()
    expect(found().length).toBeGreaterThan(8)
    expect(found()).toContain(`own.sqlite.copy: ${person.name}`)
    const before = (await server.ask<object>('GET', `/reports/journeys/${journey}`)).body
    const certificate = await erased()
    expect(certificate).toMatchObject({ status: 'done', records: 1, remembered: true })
    expect(certificate.finishedAt).not.toBeNull()
    expect(certificate.sweptAt).not.toBeNull()
    expect(certificate.removed.tables).toMatchObject({
      customers: { removed: 1 },
      addresses: { removed: 3 },
      events: { removed: expect.any(Number) },
      messages: { stripped: expect.any(Number) },
      audit: { stripped: expect.any(Number) },
    })
    expect(certificate.removed.files).toEqual({ files: 1, lines: 1 })
    expect(found()).toEqual([])
    // Whoever had the copy open makes another one.
    await copy.catchUp()
    expect(found()).toEqual([])
    await copy.close()
    // What was counted stays as numbers.
    const after = (await server.ask<{ endings: object }>('GET', `/reports/journeys/${journey}`)).body
    expect({ ...after, endings: {}, ended: 0, byDay: [] }).toEqual({
      ...before,
      endings: {},
      ended: 0,
      byDay: [],
    })
    expectProblem(await server.ask('GET', `/customers/${person.id}`), 404, 'not-found')
  })

  test('ends the journeys that they are in and withdraws what is queued, and nobody else’s', async () => {
    addCustomers(server.db, [memberOf(person.name, 9, person)], startAt)
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: [person.id, 'm1'] })
    const flight = async () =>
      (await server.ask<{ inFlight: number }>('GET', `/journeys/${id}/figures`)).body.inFlight
    expect(await flight()).toBe(2)
    await erased()
    expect(await flight()).toBe(1)
    expect((await server.ask('GET', `/reports/journeys/${id}`)).body).toMatchObject({
      entered: 2,
      endings: { erased: 1 },
    })
    await moved('2026-08-17T12:00:00+08:00')
    const sent = await server.ask<{ messages: { customerId: string }[] }>('GET', '/messages')
    expect(sent.body.messages.map(({ customerId }) => customerId)).toEqual(['m3', 'm2', 'm1'])
  })

  test('shows first what there is, and which other records bear an address of theirs', async () => {
    addCustomers(
      server.db,
      [
        memberOf(person.name, 9, person),
        memberOf('分身', 10, { id: 'KX-2', phone: person.phone, email: null }),
        memberOf('家人', 11, { id: 'KX-3', phone: '13900000077', email: person.email }),
      ],
      startAt,
    )
    const look = await server.ask<ErasureLook>('GET', `/customers/${person.id}/erasure`)
    expect(look.body).toMatchObject({
      customer: { id: person.id, name: person.name },
      holds: { underWay: 0, messages: 0, addresses: 2 },
      sharing: [
        { id: 'KX-2', addresses: ['139****5678'] },
        { id: 'KX-3', name: '家人' },
      ],
    })
    // The family member is somebody else: their record stays whole.
    await erased({ customerIds: [person.id, 'KX-2'] })
    expect((await server.ask('GET', '/customers/KX-3')).body).toMatchObject({
      customer: { email: person.email },
    })
    expectProblem(await server.ask('GET', '/customers/KX-2'), 404, 'not-found')
  })

  test('knows the address again as opted out when a later file brings it back, and the blacklisted as blacklisted', async () => {
    await lived()
    await erased()
    await imported(`id,name,phone,email\nnew-1,新来的,${person.phone},${person.email}\n`)
    expect((await server.ask('GET', '/customers/new-1')).body).toMatchObject({
      customer: { blacklisted: true, unsubscribed: expect.arrayContaining(['sms']) },
    })
  })

  test('forgets even that, where it is told to', async () => {
    await lived()
    await erased({ customerIds: [person.id], remember: false })
    await imported(`id,name,phone,email\nnew-1,新来的,${person.phone},${person.email}\n`)
    expect((await server.ask('GET', '/customers/new-1')).body).toMatchObject({
      customer: { blacklisted: false, unsubscribed: [] },
    })
  })

  test('killed half-way, is finished by the next start', async () => {
    await lived()
    const asked = { id: 'e1', customerIds: [person.id], remember: true }
    const actor = { kind: 'person', id: 'owner', via: 'browser' } as const
    await server.own.stores.erasures.ask({ actor, at: startAt, realAt: startAt }, asked)
    const half = eraserStore(server.db)
    await half.forget('e1', startAt)
    await half.step('e1')
    expect(found().length).toBeGreaterThan(0)
    // Whoever works next with the data finds it as it was left.
    await server.own.settle()
    expect((await server.ask('GET', '/erasures/e1')).body).toMatchObject({ status: 'done' })
    expect(found()).toEqual([])
  })

  test('says where a person has written of them, which only a person can change', async () => {
    addCustomers(server.db, [memberOf(person.name, 9, person)], startAt)
    const { id } = await publishJourney(
      server,
      giftJourney(`您好，{{ customer.name }}，客服 ${person.phone}`),
    )
    const condition = { kind: 'attribute', name: 'email', op: 'eq', value: person.email }
    await server.ask('POST', '/audiences', { key: 'one', name: { en: 'One' }, condition })
    expect((await erased()).removed.written).toEqual([
      { kind: 'journey', id, name: expect.any(Object) },
      { kind: 'audience', id: 'one', name: { en: 'One' } },
    ])
  })

  test('of nobody is refused, and then nobody is erased', async () => {
    const asked = await server.ask('POST', '/erasures', { customerIds: ['m1', 'nobody'] })
    expectProblem(asked, 422, 'unknown-customer')
    expect((await server.ask('GET', '/customers/m1')).status).toBe(200)
    expect((await server.ask('GET', '/erasures')).body).toEqual({ erasures: [], total: 0 })
    expectProblem(await server.ask('GET', '/erasures/none'), 404, 'not-found')
  })
})
