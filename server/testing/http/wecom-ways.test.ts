import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { ContactWay, contactWays } from '../../../shared/api/wecom-ways.ts'
import { friendRemoved } from '../peers/wecom-callbacks.ts'
import { expectProblem } from './harness.ts'
import { openWecomBrand, type WecomBrand } from './wecom-setup.ts'

let brand: WecomBrand
beforeEach(async () => {
  brand = await openWecomBrand()
})
afterEach(() => brand.close())

const store = { name: '门店海报', state: 'store', users: ['li', 'wang'] }
const make = (way: object = store) => brand.server.ask<ContactWay>('POST', '/wecom/ways', way)
const ways = async () =>
  (await brand.server.ask<z.output<typeof contactWays>>('GET', '/wecom/ways')).body.ways
const log = async () => JSON.stringify((await brand.server.ask('GET', '/audit')).body)

describe('a QR code by which customers add employees', () => {
  test('is made by WeCom with its source, and its picture stands among the brand’s', async () => {
    const member = { name: '李店长', wecom: 'li', phone: null, email: null, team: null }
    await brand.server.ask('PUT', '/staff/s1', member)
    const { status, body } = await make()
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...{ name: '门店海报', state: 'store', skipVerify: true, made: true, friends: 0, still: 0 },
      employees: [
        { user: 'li', name: '李店长' },
        { user: 'wang', name: null },
      ],
      picture: { key: 'qr_store' },
    })
    expect(brand.peer.callsOf('externalcontact/add_contact_way')).toMatchObject([
      { type: 2, scene: 2, remark: '门店海报', skip_verify: true, state: 'store', user: ['li', 'wang'] },
    ])
    const shown = await brand.server.ask('GET', body.picture?.path ?? '')
    expect(shown).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
    const kept = await brand.server.ask('GET', '/assets/qr_store')
    expect(kept.body).toMatchObject({ name: { 'zh-CN': '门店海报' } })
    expect(await log()).toContain('wecom_way.added')
    expect(await log()).toContain('wecom_way.made')
  })

  test('tells how many have come by it, and how many are still there', async () => {
    await make()
    await brand.add('wm1', 'li', 'store')
    await brand.add('wm1', 'wang', 'store')
    await brand.add('wm2', 'li', 'store')
    await brand.add('wm3', 'li', 'elsewhere')
    brand.clock.advance(1000)
    await brand.tell(friendRemoved({ customer: 'wm2', employee: 'li', at: brand.clock.now() }))
    expect(await ways()).toMatchObject([{ friends: 2, still: 1 }])
  })

  test('has a source of its own, of thirty bytes at most', async () => {
    await make()
    expectProblem(await make({ ...store, name: '另一张' }), 409, 'wecom-source-taken')
    for (const state of ['一二三四五六七八九十一', 'a b', ''])
      expectProblem(await make({ ...store, state }), 400, 'invalid-request')
    expect((await make({ ...store, state: '一二三四五六七八九十' })).status).toBe(201)
    expect(brand.peer.ways.size).toBe(2)
  })

  test('leads to others from then on, and its picture stays', async () => {
    const { body } = await make()
    const changed = { name: '海报 2', users: ['zhao'], skipVerify: false }
    const answer = await brand.server.ask('PUT', `/wecom/ways/${body.id}`, changed)
    expect(answer.body).toMatchObject({ name: '海报 2', skipVerify: false, picture: body.picture })
    expect([...brand.peer.ways.values()]).toMatchObject([
      { remark: '海报 2', users: ['zhao'], skipVerify: false, state: 'store' },
    ])
    expect(await log()).toContain('wecom_way.changed')
  })

  test('that WeCom refuses is not kept, and the answer says why', async () => {
    brand.peer.resign('wang')
    const answer = await make()
    expectProblem(answer, 502, 'wecom-refused')
    expect(answer.text).toContain('84074')
    expect(await ways()).toEqual([])
    expect((await make({ ...store, users: ['li'] })).status).toBe(201)
  })

  test('whose answer was lost is looked for, and made once', async () => {
    brand.peer.behave((path) => (path === 'externalcontact/add_contact_way' ? 'reset-after' : 'answer'))
    expectProblem(await make(), 502, 'wecom-silent')
    brand.peer.behave('answer')
    const [{ id = 0, made } = {}] = await ways()
    expect(made).toBe(false)
    const mended = await brand.server.ask('POST', `/wecom/ways/${id}/mend`)
    expect(mended.body).toMatchObject({ made: true, picture: { key: 'qr_store' } })
    expect(brand.peer.ways.size).toBe(1)
  })

  test('that never reached WeCom is made when it is mended', async () => {
    brand.peer.behave((path) => (path === 'externalcontact/add_contact_way' ? 'error-after' : 'answer'))
    await make()
    const [{ id = 0 } = {}] = await ways()
    const [config = ''] = brand.peer.ways.keys()
    brand.peer.behave('answer')
    await brand.server.ask('DELETE', `/wecom/ways/${id}`)
    expect(await ways()).toEqual([])
    expect(brand.peer.ways.has(config)).toBe(true)
    brand.peer.behave((path) => (path === 'externalcontact/add_contact_way' ? 'reset-before' : 'answer'))
    expect((await make({ ...store, state: 'shop' })).status).toBe(502)
    brand.peer.behave('answer')
    for (const way of await ways()) await brand.server.ask('POST', `/wecom/ways/${way.id}/mend`)
    expect(await ways()).toMatchObject([{ state: 'shop', made: true }])
  })

  test('stands without its picture where that cannot be fetched, and gets it later', async () => {
    brand.peer.showPictures(false)
    const { body } = await make()
    expect(body).toMatchObject({ made: true, picture: null })
    brand.peer.showPictures(true)
    const mended = await brand.server.ask<ContactWay>('POST', `/wecom/ways/${body.id}/mend`)
    expect(mended.body.picture).toMatchObject({ key: 'qr_store' })
    const again = await brand.server.ask<ContactWay>('POST', `/wecom/ways/${body.id}/mend`)
    expect(again.body.picture).toEqual(mended.body.picture)
  })

  test('is taken away in WeCom and here, with the picture that nothing shows', async () => {
    const { body } = await make()
    expect((await brand.server.ask('DELETE', `/wecom/ways/${body.id}`)).status).toBe(204)
    expect(brand.peer.ways.size).toBe(0)
    expect(await ways()).toEqual([])
    expect((await brand.server.ask('GET', '/assets/qr_store')).status).toBe(404)
    expect(await log()).toContain('wecom_way.removed')
  })

  test('that WeCom no longer has can be taken away here', async () => {
    const { body } = await make()
    brand.peer.forgetWays()
    expect((await brand.server.ask('DELETE', `/wecom/ways/${body.id}`)).status).toBe(204)
    expect(await ways()).toEqual([])
  })

  test('needs a WeCom', async () => {
    await brand.server.ask('DELETE', '/settings/channels/wecom?running=keep-waiting')
    expectProblem(await make(), 409, 'channel-absent')
    expect(await ways()).toEqual([])
  })
})

test('sources of QR codes are suggested before anybody has come by them', async () => {
  await make()
  const asked = 'field=property&event=wecom_friend_added&name=state'
  const suggested = () => brand.server.ask('GET', `/customers/values?${asked}`)
  expect((await suggested()).body).toEqual({ values: [{ value: 'store', count: 0 }], more: false })
  await brand.add('wm1', 'li', 'store')
  await brand.add('wm2', 'li', 'fair')
  const { body } = await suggested()
  expect(JSON.stringify(body)).toContain('fair')
  expect(JSON.stringify(body).match(/"store"/g)).toHaveLength(1)
  const others = await brand.server.ask('GET', `/customers/values?${asked}&q=fa`)
  expect(JSON.stringify(others.body)).not.toContain('store')
})
