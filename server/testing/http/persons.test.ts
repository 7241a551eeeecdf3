import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import type {
  DuplicateList,
  IdentifierAnswer,
  Merge,
  MergeList,
  UndoAnswer,
} from '../../../shared/api/persons.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const merged = (from: string, into: string) =>
  server.ask<{ merge: Merge; ended: number }>('POST', '/customers/merge', { from, into })
const identify = (id: string, given: object) =>
  server.ask<IdentifierAnswer>('POST', `/customers/${id}/identifiers`, given)
const customer = async (id: string) => (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body
const save = (id: string, fields: object) => server.ask('PATCH', `/customers/${id}`, fields)
const rows = (sql: string, ...given: unknown[]) => server.db.sqlite.prepare(sql).all(...given)
/** All that is kept of customers, so that nothing is left out of a comparison. */
const everything = () =>
  [
    'customers',
    'events',
    'tags',
    'addresses',
    'identifiers',
    'aliases',
    'enrollments',
    'messages',
    'audience_members',
  ].map((table) =>
    rows(`select * from ${table}`)
      .map((row) => JSON.stringify(Object.assign({}, row, { updated_at: 0, noted: 0 })))
      .sort(),
  )

describe('making two records one', () => {
  test('what is of the one becomes the other’s, whose own values stand', async () => {
    await save('m1', { tags: { add: ['vip'] }, city: null })
    await save('m2', { tags: { add: ['vip', 'new'] }, attributes: { tier: 'silver', shoe: 37 } })
    const { status, body } = await merged('m2', 'm1')
    expect(status).toBe(200)
    expect(body.merge.moved).toMatchObject({ events: 1, tags: 1, addresses: 2 })
    const story = await customer('m1')
    expect(story.customer).toMatchObject({
      name: '会员1',
      city: '成都',
      attributes: { tier: 'gold', shoe: 37 },
    })
    expect(story.tags).toEqual(['new', 'vip'])
    expect(story.orders.map(({ id }) => id).sort()).toEqual(['o1', 'o2'])
    const { body: told } = await server.ask<{ addresses: { address: string }[] }>(
      'GET',
      '/customers/m1/addresses',
    )
    expect(told.addresses.map(({ address }) => address)).toContain('19900000002')
  })

  test('the earlier id goes on being known at every door', async () => {
    await merged('m2', 'm1')
    expect((await customer('m2')).customer.id).toBe('m1')
    await server.ask('POST', '/events', { events: [{ id: 'e1', customerId: 'm2', name: 'page_viewed' }] })
    const order = await server.ask('POST', '/orders', [{ id: 'o9', customerId: 'm2', amount: 500 }])
    expect(order.body).toMatchObject({ created: 1 })
    await server.ask('POST', '/customers', [{ id: 'm2', city: '昆明' }])
    expect(rows(`select customer_id from events where id in ('e1', 'o9')`)).toEqual([
      { customer_id: 'm1' },
      { customer_id: 'm1' },
    ])
    expect((await customer('m1')).customer).toMatchObject({ city: '昆明' })
    const { id } = await publishJourney(server)
    const { body } = await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m2'] })
    expect(body).toMatchObject({ entered: 1 })
    expect(rows('select customer_id from enrollments')).toEqual([{ customer_id: 'm1' }])
  })

  test('who is in one journey twice stays in it once, and the story says why', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    await server.ask('POST', '/clock/advance', { to: startAt + 60_000 })
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m2'] })
    const { body } = await merged('m1', 'm2')
    expect(body.ended).toBe(1)
    const story = await customer('m2')
    expect(story.enrollments.map(({ ending }) => ending).sort()).toEqual(['merged', null])
    const standing = story.enrollments.find(({ ending }) => ending === null)
    expect(standing?.enteredAt).toBe(startAt)
    // What it waits for goes on being waited for.
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T10:01:00+08:00') })
    expect(rows(`select customer_id, recipient from messages where customer_id <> 'm3'`)).toEqual([
      { customer_id: 'm2', recipient: '19900000002' },
    ])
  })

  test('a refusal of either holds for the person', async () => {
    for (const channel of ['sms', 'in_app'])
      await server.own.stores.customers.unsubscribe(
        server.own.act({ kind: 'person', id: 'local', via: 'api' }),
        { customerId: 'm2', channel, address: null },
      )
    await merged('m2', 'm1')
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    expect(rows(`select closed_why from address_states where kind = 'customer' and address = 'm1'`)).toEqual([
      { closed_why: 'opted_out' },
    ])
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T10:01:00+08:00') })
    expect(rows('select recipient from messages where customer_id = ?', 'm1')).toEqual([])
  })

  test('nobody is merged with themselves, nor with whom nobody knows', async () => {
    expectProblem(await merged('m1', 'm1'), 422, 'merge-of-one')
    expectProblem(await merged('m1', 'm9'), 422, 'unknown-customer')
    await merged('m2', 'm1')
    expectProblem(await merged('m2', 'm1'), 422, 'merge-of-one')
  })
})

describe('undoing it', () => {
  const undo = (id: string) => server.ask<UndoAnswer>('POST', `/merges/${id}/undo`)

  test('all goes back to where it was', async () => {
    await save('m1', { tags: { add: ['vip'] }, phone: '19900000002' })
    await save('m2', { tags: { add: ['vip', 'new'] }, attributes: { shoe: 37 } })
    await identify('m2', { kind: 'card', value: 'V2' })
    const before = everything()
    const { body } = await merged('m2', 'm1')
    expect(everything()).not.toEqual(before)
    expect((await undo(body.merge.id)).status).toBe(200)
    expect(everything()).toEqual(before)
    expectProblem(await undo(body.merge.id), 409, 'merge-undone')
  })

  test('what has happened since stays with the survivor and is told', async () => {
    const { body } = await merged('m2', 'm1')
    await server.ask('POST', '/events', { events: [{ id: 'e1', customerId: 'm2', name: 'page_viewed' }] })
    await save('m1', { city: '三亚' })
    const { body: undone } = await undo(body.merge.id)
    expect(undone).toMatchObject({ stayed: 1, back: { events: 1 }, merge: { undoable: 'undone' } })
    expect((await customer('m1')).customer).toMatchObject({ city: '三亚' })
    expect((await customer('m2')).customer).toMatchObject({ id: 'm2', city: '成都' })
  })

  test('a later merge is undone first', async () => {
    const first = await merged('m3', 'm2')
    const second = await merged('m2', 'm1')
    expect((await customer('m3')).customer.id).toBe('m1')
    expectProblem(await undo(first.body.merge.id), 409, 'merge-undo-later')
    await undo(second.body.merge.id)
    expect((await customer('m3')).customer.id).toBe('m2')
    await undo(first.body.merge.id)
    expect((await customer('m3')).customer.id).toBe('m3')
    const { body } = await server.ask<MergeList>('GET', '/merges')
    expect(body.merges.map(({ from, undoable }) => [from.id, undoable])).toEqual([
      ['m2', 'undone'],
      ['m3', 'undone'],
    ])
  })
})

describe('identifiers', () => {
  const card = { kind: 'card', value: 'V-1', verified: true }
  const phone = { kind: 'phone', value: '+86 139 0000 0001', verified: true }

  test('two of whom one verified value is told are one: the older stands', async () => {
    expect((await identify('m3', card)).body).toMatchObject({ outcome: 'added', customerId: 'm3' })
    expect((await identify('m3', card)).body).toMatchObject({ outcome: 'known' })
    expect((await identify('m1', card)).body).toEqual({ outcome: 'merged', customerId: 'm1', others: ['m3'] })
    expect((await server.ask('GET', '/customers/by/card/V-1')).body).toEqual({ customerId: 'm1' })
    const { body } = await server.ask('GET', '/customers/m3/identifiers')
    expect(body).toMatchObject({ identifiers: [{ kind: 'card', verified: true }], formerIds: ['m3'] })
  })

  test('what is not verified merges nobody and waits for a person', async () => {
    await identify('m3', card)
    const { body } = await identify('m1', { ...card, verified: false })
    expect(body).toEqual({ outcome: 'waiting', customerId: 'm3', others: ['m3'] })
    const { body: list } = await server.ask<DuplicateList>('GET', '/duplicates')
    expect(list.groups).toMatchObject([
      { kind: 'card', why: 'unverified', customers: [{ id: 'm1' }, { id: 'm3' }] },
    ])
  })

  test('one phone of two names, or of a household, merges nobody', async () => {
    await identify('m1', phone)
    expect((await identify('m2', phone)).body.outcome).toBe('waiting')
    await save('m3', { name: '会员1' })
    expect((await identify('m3', phone)).body.outcome).toBe('waiting')
    const { body } = await server.ask<DuplicateList>('GET', '/duplicates')
    expect(body).toMatchObject({ total: 1, groups: [{ kind: 'phone', why: 'household', total: 3 }] })
    expectProblem(await server.ask('GET', '/customers/by/phone/13900000001'), 422, 'identifier-shared')
  })

  test('one verified phone of two records without another name is one person', async () => {
    await save('m2', { name: null })
    await identify('m1', phone)
    expect((await identify('m2', phone)).body).toMatchObject({ outcome: 'merged', others: ['m2'] })
  })

  test('a rule of the brand holds for its kind', async () => {
    const brand = server.own.brand()
    await server.ask('PUT', '/settings/brand', { ...brand, merging: { card: 'never' } })
    await identify('m1', card)
    expect((await identify('m2', card)).body.outcome).toBe('apart')
    expect((await server.ask<MergeList>('GET', '/merges')).body.merges).toEqual([])
  })

  test('who are said to be two are not proposed again', async () => {
    await identify('m1', phone)
    await identify('m2', phone)
    await server.ask('POST', '/duplicates/apart', { customers: ['m1', 'm2'] })
    expect((await server.ask<DuplicateList>('GET', '/duplicates')).body).toMatchObject({
      groups: [],
      total: 0,
    })
    await save('m2', { name: null })
    expect((await identify('m2', phone)).body.outcome).not.toBe('merged')
  })

  test('two records of one phone that come in by rows are on the list', async () => {
    await server.ask('POST', '/customers', [
      { id: 'a1', name: '王芳', phone: '13911112222' },
      { id: 'a2', name: '王芳', phone: '13911112222' },
    ])
    const { body } = await server.ask<DuplicateList>('GET', '/duplicates')
    expect(body.groups).toMatchObject([{ why: 'unverified', customers: [{ id: 'a1' }, { id: 'a2' }] }])
    expect(body.groups[0]?.hint).not.toContain('13911112222')
  })

  test('an app’s id needs its app, and is another’s in another app', async () => {
    expectProblem(await identify('m1', { kind: 'openid', value: 'o1' }), 422, 'identifier-scope')
    await identify('m1', { kind: 'openid', scope: 'wx1', value: 'o1', verified: true })
    await identify('m2', { kind: 'openid', scope: 'wx2', value: 'o1', verified: true })
    expect((await server.ask('GET', '/customers/by/openid/o1?scope=wx2')).body).toEqual({ customerId: 'm2' })
    expect((await server.ask('DELETE', '/customers/m2/identifiers/openid/o1?scope=wx2')).status).toBe(204)
    expect((await server.ask('GET', '/customers/by/openid/o1?scope=wx2')).status).toBe(404)
  })

  test('a key that only writes learns of nobody', async () => {
    await identify('m3', { ...card, verified: false })
    const authorization = `Bearer ${await keyFor(server, 'write')}`
    const { body } = await server.ask('POST', '/customers/m1/identifiers', card, { authorization })
    expect(body).toMatchObject({ customerId: 'm1', others: [] })
    expect((await server.ask('GET', '/customers/by/card/V-1', undefined, { authorization })).status).toBe(403)
  })
})

test('an erasure takes the person out under every id that they had', async () => {
  await identify('m2', { kind: 'unionid', value: 'u-secret' })
  await merged('m2', 'm1')
  const { body } = await server.ask<{ id: string }>('POST', '/erasures', { customerIds: ['m2'] })
  expect((await server.ask('GET', `/erasures/${body.id}`)).body).toMatchObject({ status: 'done' })
  for (const table of ['identifiers', 'aliases', 'merges', 'duplicates'])
    expect(rows(`select * from ${table}`)).toEqual([])
  expect(rows(`select seq from audit where object_id in ('m1', 'm2') or detail like '%"m2"%'`)).toEqual([])
})
