import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { importFile } from '../../imports/index.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

const inPage = { 'sec-fetch-site': 'same-origin' }
let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const originsOf = async (id: string) =>
  (await server.ask<CustomerAnswer>('GET', `/customers/${id}`)).body.origins

async function imported(text: string, at = startAt, id = 'i1') {
  const request = { kind: 'customers', name: 'members.csv', zone: 'Asia/Shanghai', currency: 'CNY' } as const
  await importFile(server.db, { ...request, id, source: Buffer.from(text), receivedAt: at })
}

const file = { kind: 'import', name: 'members.csv', reference: 'i1', at: startAt, from: null }
const demo = { kind: 'demo', at: startAt }

describe('where a value of a customer came from', () => {
  test('is the file that brought it, as long as nobody says otherwise', async () => {
    await imported('customer_id,name,city,tags,tier\nc1,王芳,成都,vip,gold\n')
    const { profile, attributes, tags } = await originsOf('c1')
    expect(profile).toEqual({
      name: { ...file, journeyName: null },
      city: { ...file, journeyName: null },
    })
    expect([attributes.tier, tags.vip]).toMatchObject([file, file])
    // What is known already brings nothing.
    await imported('customer_id,name,city\nc1,王芳,苏州\n', startAt + 5, 'i2')
    const after = (await originsOf('c1')).profile
    expect([after.name, after.city]).toMatchObject([file, { reference: 'i2', at: startAt + 5 }])
  })

  test('is the key over the API, and the person in the page', async () => {
    const headers = { authorization: `Bearer ${await keyFor(server, 'write', 'Shop')}` }
    const shop = { kind: 'key', name: 'Shop', reference: 'api', at: startAt }
    await server.ask(
      'PUT',
      '/customers/c1',
      { name: '王芳', city: '成都', tier: 'gold', tags: ['vip'] },
      headers,
    )
    await server.ask(
      'POST',
      '/customers/c1/edits',
      { of: 'profile', name: 'city', value: '苏州', was: '成都' },
      inPage,
    )
    await server.ask('POST', '/customers/c1/tags', { add: ['regular'] }, inPage)
    const local = { kind: 'person', name: 'local', reference: 'browser', at: startAt }
    const { profile, attributes, tags } = await originsOf('c1')
    expect([profile.name, attributes.tier, tags.vip]).toMatchObject([shop, shop, shop])
    expect([profile.city, tags.regular]).toMatchObject([local, local])
  })

  test('is the journey that gave a tag', async () => {
    const name = (en: string) => ({ en })
    const journey = journeySchema.parse({
      ...{ format: 1, id: 'mark', name: name('Mark') },
      nodes: {
        picked: { type: 'manual', name: name('Picked'), config: {} },
        tag: { type: 'tag', name: name('Tag'), config: { add: ['marked'], remove: [] } },
        done: { type: 'exit', name: name('Done'), config: {} },
      },
      edges: { picked: { entered: 'tag' }, tag: { done: 'done' } },
    })
    await publishJourney(server, journey)
    await server.ask('POST', '/journeys/mark/enter', { customerIds: ['m1'] })
    await server.ask('POST', '/clock/advance', { to: startAt + 1000 })
    expect((await originsOf('m1')).tags.marked).toMatchObject({
      ...{ kind: 'journey', name: 'mark', journeyName: { en: 'Mark' } },
    })
  })

  test('stays with a value through a merge, which says with whom it came, and goes back with an undoing', async () => {
    await server.ask('PATCH', '/customers/m1', { city: null })
    await server.ask('PATCH', '/customers/m2', { shoe: '37' })
    const before = await originsOf('m1')
    const { body } = await server.ask<{ merge: { id: string } }>('POST', '/customers/merge', {
      ...{ from: 'm2', into: 'm1' },
    })
    const { profile, attributes } = await originsOf('m1')
    expect(profile.name).toMatchObject({ ...demo, from: null })
    expect(profile.city).toMatchObject({ ...demo, from: 'm2' })
    expect(attributes.shoe).toMatchObject({ kind: 'person', from: 'm2' })
    expect((await server.ask('POST', `/merges/${body.merge.id}/undo`, {})).status).toBe(200)
    expect(await originsOf('m1')).toEqual(before)
    expect((await originsOf('m2')).attributes.shoe).toMatchObject({ kind: 'person', from: null })
  })

  test('is unknown of what stood before it was written down, also beside what came later', async () => {
    server.db.sqlite.exec(
      `update customers set origins = null where id = 'm1';
       insert into tags (customer_id, tag, at) values ('m1', 'old', 1)`,
    )
    await server.ask('PATCH', '/customers/m1', { city: '苏州' })
    const { profile, tags } = await originsOf('m1')
    expect([profile.name, tags.old]).toMatchObject([{ kind: 'unknown' }, { kind: 'unknown' }])
    expect(profile.name?.at).toBeGreaterThan(0)
    expect(profile.city).toMatchObject({ kind: 'person' })
  })

  test('is an identifier that was attached, of an address that nobody had said', async () => {
    await server.ask('POST', '/customers/m6/identifiers', {
      ...{ kind: 'phone', value: '13900000001', verified: true },
    })
    expect((await originsOf('m6')).profile.phone).toMatchObject({ kind: 'person', reference: 'api' })
  })

  test('is told by nothing where it cannot be read', async () => {
    server.db.sqlite.exec(`update customers set origins = '{"*":' where id = 'm1'`)
    expect((await originsOf('m1')).profile.name).toMatchObject({ kind: 'unknown' })
  })
})
