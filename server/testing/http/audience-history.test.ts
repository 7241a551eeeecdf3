import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { AudienceHistory } from '../../../shared/api/audience-history.ts'
import type { AudienceSummary, CustomerAnswer, customerList } from '../../../shared/api/customers.ts'
import type { ImportAnswer } from '../../../shared/api/imports.ts'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { expectProblem, formOf, openTestApp, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeAll(async () => {
  server = await openTestApp()
})
afterAll(() => server.close())

const name = (zh: string) => ({ 'zh-CN': zh })
const inTown = (city: string) => ({ kind: 'attribute', name: 'city', op: 'eq', value: city })
const audience = (key: string) => server.ask<AudienceSummary>('GET', `/audiences/${key}`)
const moveTo = (id: string, city: string) => server.ask('PATCH', `/customers/${id}`, { city })
const members = async (key: string) =>
  (await server.ask<{ customers: { id: string }[] }>('GET', `/customers?audience=${key}`)).body.customers.map(
    ({ id }) => id,
  )
const history = async (key: string) =>
  (await server.ask<AudienceHistory>('GET', `/audiences/${key}/history`)).body
const save = (key: string, condition: object) =>
  server.ask('POST', '/audiences', { key, name: name(key), condition })

describe('two who change one audience', () => {
  test('the second is told that it was changed meanwhile, and may still decide that hers stands', async () => {
    await save('both', inTown('上海'))
    const change = (condition: object, revision?: number) =>
      server.ask<AudienceSummary>('PUT', '/audiences/both', {
        key: 'both',
        name: name('both'),
        condition,
        ...(revision === undefined ? {} : { revision }),
      })
    const { revision } = (await audience('both')).body
    const first = await change(inTown('北京'), revision)
    expect(first.body).toMatchObject({ revision: revision + 1 })
    expectProblem(await change(inTown('成都'), revision), 409, 'audience-stale')
    expect((await audience('both')).body.condition).toEqual(inTown('北京'))
    expect((await change(inTown('成都'), first.body.revision)).status).toBe(200)
    // Whoever says no revision means whichever there is, as ever.
    expect((await change(inTown('上海'))).status).toBe(200)
  })
})

describe('a frozen audience', () => {
  test('keeps who was in it, is frozen anew, and follows its condition again once it is thawed', async () => {
    await save('towners', inTown('上海'))
    await save('others', {
      kind: 'all',
      of: [
        { kind: 'attribute', name: 'city', op: 'is_set' },
        { kind: 'audience', audience: 'towners', member: false },
      ],
    })
    const before = await members('towners')
    const outside = await members('others')
    const [stays = '', leaves = ''] = before
    const [joins = ''] = outside
    expect(before).toHaveLength(2)
    const frozen = await server.ask<AudienceSummary>('POST', '/audiences/towners/freeze')
    expect(frozen.body).toMatchObject({
      kind: 'list',
      condition: null,
      size: 2,
      frozen: { at: startAt, by: { kind: 'person' }, condition: inTown('上海') },
    })

    expect((await moveTo(leaves, '北京')).status).toBeLessThan(300)
    await moveTo(joins, '上海')
    expect(await members('towners')).toEqual(before)
    expect(await members('others')).toEqual(outside)
    expectProblem(
      await server.ask('PUT', '/audiences/towners', {
        key: 'towners',
        name: name('x'),
        condition: inTown('北京'),
      }),
      409,
      'audience-frozen',
    )

    await server.ask('POST', '/audiences/towners/freeze')
    expect(await members('towners')).toEqual([stays, joins].sort())
    await moveTo(stays, '北京')
    const thawed = await server.ask<AudienceSummary>('POST', '/audiences/towners/thaw')
    expect(thawed.body).toMatchObject({ kind: 'condition', condition: inTown('上海'), frozen: null, size: 1 })
    expect(await members('towners')).toEqual([joins])
    expectProblem(await server.ask('POST', '/audiences/towners/thaw'), 409, 'audience-not-frozen')
  })

  test('still uses what its condition names', async () => {
    await save('inner', inTown('杭州'))
    await save('outer', { kind: 'audience', audience: 'inner', member: true })
    await server.ask('POST', '/audiences/outer/freeze')
    expectProblem(await server.ask('DELETE', '/audiences/inner'), 409, 'audience-in-use')
  })
})

describe('a list from a file', () => {
  test('takes whom it knows by id or address, tells whom it does not, and is added to by another', async () => {
    const send = async (csv: string, fields: Readonly<Record<string, string>>) => {
      const { payload, headers } = formOf(csv, fields)
      const begun = await server.ask<ImportAnswer>('POST', '/audiences/came/list', payload, headers)
      if (begun.status !== 202) return begun
      const told = () => server.ask<ImportAnswer>('GET', `/imports/${begun.body.id}`)
      await expect.poll(async () => (await told()).body.state, { timeout: 60_000 }).toBe('done')
      return told()
    }
    expectProblem(await send('customer_id\nm1\n', {}), 404, 'not-found')
    const first = await send('customer_id\nm1\nstranger\nm1\n', { name: '{"en":"Came"}' })
    expect(first.body).toMatchObject({ imported: 1, rejected: 2 })
    expect((await send('customer_id\nm2\n', {})).body).toMatchObject({ imported: 1, rejected: 0 })
    expect(await members('came')).toEqual(['m1', 'm2'])
    await save('ruled', inTown('上海'))
    const { payload, headers } = formOf('customer_id\nm1\n', {})
    expectProblem(await server.ask('POST', '/audiences/ruled/list', payload, headers), 409, 'audience-exists')
  })
})

describe('a list of which nothing came', () => {
  const began = async (csv: string, fields: Readonly<Record<string, string>>) => {
    const { payload, headers } = formOf(csv, fields)
    const { body } = await server.ask<ImportAnswer>('POST', '/audiences/vain/list', payload, headers)
    const told = () => server.ask<ImportAnswer>('GET', `/imports/${body.id}`)
    await expect.poll(async () => (await told()).body.state, { timeout: 60_000 }).not.toBe('running')
    return (await told()).body
  }
  const status = async () => (await server.ask('GET', '/audiences/vain')).status
  const named = { name: '{"en":"In vain"}' }

  test('goes again: of a file that cannot be read, and of one in which nobody is found', async () => {
    expect(await began('colour\nred\n', named)).toMatchObject({ state: 'failed' })
    expect(await status()).toBe(404)
    expect(await began('customer_id\nstranger\n', named)).toMatchObject({ state: 'done', imported: 0 })
    expect(await status()).toBe(404)
  })

  test('stays where somebody came into it, also when a later file is in vain', async () => {
    await began('customer_id\nm1\n', named)
    await began('colour\nred\n', {})
    expect(await members('vain')).toEqual(['m1'])
  })

  test('stays where something names it by now', async () => {
    const { stores, act } = server.own
    await stores.audiences.addList(act(terminalActor), { key: 'named', name: { en: 'Named' } })
    await save('asks', { kind: 'audience', audience: 'named', member: false })
    await stores.audiences.removeUnfilled(act(terminalActor), 'named')
    expect((await server.ask('GET', '/audiences/named')).status).toBe(200)
    await server.ask('DELETE', '/audiences/asks')
    await stores.audiences.removeUnfilled(act(terminalActor), 'named')
    expect((await server.ask('GET', '/audiences/named')).status).toBe(404)
  })
})

describe('lists from files in a row', () => {
  const send = async (key: string, csv: string, fields: Readonly<Record<string, string>>) => {
    const { payload, headers } = formOf(csv, fields)
    const begun = await server.ask<ImportAnswer>('POST', `/audiences/${key}/list`, payload, headers)
    if (begun.status !== 202) return begun
    const told = () => server.ask<ImportAnswer>('GET', `/imports/${begun.body.id}`)
    await expect.poll(async () => (await told()).body.state, { timeout: 60_000 }).toBe('done')
    return told()
  }
  const fresh = { name: '{"zh-CN":"签到"}', mode: 'new' }

  test('are each their own: a new one never falls into one that is there', async () => {
    expect((await send('row', 'customer_id\nm1\n', fresh)).body).toMatchObject({ imported: 1 })
    expectProblem(await send('row', 'customer_id\nm2\n', fresh), 409, 'audience-exists')
    expect((await send('row-2', 'customer_id\nm2\nm3\n', fresh)).body).toMatchObject({ imported: 2 })
    expect([await members('row'), await members('row-2')]).toEqual([['m1'], ['m2', 'm3']])
  })

  test('are added to, and whoever is in one already is told as such', async () => {
    expect((await send('row-2', 'customer_id\nm3\nm4\n', {})).body).toMatchObject({
      ...{ imported: 1, unchanged: 1, removed: 0 },
    })
    expect(await members('row-2')).toEqual(['m2', 'm3', 'm4'])
  })

  test('are replaced by a file, but not by one in which nobody is found', async () => {
    expect((await send('row-2', 'customer_id\nstranger\n', { mode: 'replace' })).body).toMatchObject({
      ...{ imported: 0, rejected: 1, removed: 0 },
    })
    expect((await send('row-2', 'customer_id\nm4\nm5\nstranger\n', { mode: 'replace' })).body).toMatchObject({
      ...{ imported: 1, unchanged: 1, removed: 2, rejected: 1 },
    })
    expect(await members('row-2')).toEqual(['m4', 'm5'])
    const { payload, headers } = formOf('customer_id\nm1\n', { mode: 'swap' })
    const answer = await server.ask('POST', '/audiences/row-2/list', payload, headers)
    expectProblem(answer, 400, 'invalid-request')
  })
})

describe('the history of an audience', () => {
  test('begins with the first look, and tells who joined and left since', async () => {
    const [first, joins] = ['m1', 'm2'] as const
    await moveTo(first, '南京')
    await moveTo(joins, '北京')
    await save('seen', inTown('南京'))
    expect(await history('seen')).toEqual({ sizes: [], moves: [] })
    await server.ask('GET', '/audiences')
    expect((await history('seen')).sizes).toMatchObject([{ size: 1, joined: null, left: null }])
    const look = () => server.ask('POST', '/audiences/seen/look')
    expect((await look()).body).toEqual({ size: 1, joined: 0, left: 0 })
    await moveTo(first, '北京')
    await moveTo(joins, '南京')
    expect((await look()).body).toEqual({ size: 1, joined: 1, left: 1 })
    const { sizes, moves } = await history('seen')
    expect(sizes).toMatchObject([{ size: 1, joined: 1, left: 1 }])
    expect(moves.map(({ id, joined }) => [id, joined])).toEqual([
      [first, false],
      [joins, true],
    ])
    const since = async () =>
      (await server.ask<z.infer<typeof customerList>>('GET', '/customers?audience=seen')).body.customers.map(
        ({ id, memberSince }) => [id, memberSince?.before],
      )
    expect(await since()).toEqual([[joins, false]])
    const seenIn = async (id: string) =>
      (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body.audiences.filter(
        ({ key }) => key === 'seen',
      )
    expect(await seenIn(joins)).toMatchObject([{ since: startAt, before: false }])
    expect(await seenIn(first)).toEqual([])
    await moveTo('m3', '南京')
    // Nobody has looked since.
    expect(await since()).toEqual([
      [joins, false],
      ['m3', undefined],
    ])
    expectProblem(await server.ask('GET', '/audiences/none/history'), 404, 'not-found')
  })
})
