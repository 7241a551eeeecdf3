import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { boundTags } from '../../../shared/api/wecom-tags.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { friendEdited, tagDeleted } from '../peers/wecom-callbacks.ts'
import { by, sketch } from '../sketch.ts'
import { expectProblem, publishJourney } from './harness.ts'
import { openWecomBrand, type WecomBrand } from './wecom-setup.ts'

let brand: WecomBrand
let vip: string
beforeEach(async () => {
  brand = await openWecomBrand()
  brand.peer.tags.create('等级', '普通')
  vip = brand.peer.tags.create('等级', 'VIP 会员')
})
afterEach(() => brand.close())

const bind = (tag = 'vip', tagId = vip) => brand.server.ask('POST', '/wecom/tags', { tag, tagId })
const bound = async () => (await brand.server.ask<z.output<typeof boundTags>>('GET', '/wecom/tags')).body.tags
/** A tag is put on somebody here, or taken away, as another system does it. */
async function tag(id: string, add: readonly string[], remove: readonly string[] = []): Promise<void> {
  await brand.server.ask('POST', '/customers', { id })
  const answer = await brand.server.ask('POST', `/customers/${id}/tags`, { add, remove })
  expect(answer.status).toBe(204)
  await brand.settled()
}
const edited = (customer: string, employee = 'li') =>
  brand.tell(friendEdited({ customer, employee, at: brand.clock.now() }))
async function tagsOf(id: string): Promise<string[]> {
  const rows = brand.server.db.sqlite
    .prepare('select tag from tags where customer_id = ? order by tag')
    .pluck()
  return rows.all(id) as string[]
}
const marks = () => brand.peer.callsOf('externalcontact/mark_tag')
const later = () => brand.clock.advance(61_000)

describe('a tag that is bound', () => {
  test('is one that WeCom has', async () => {
    const { body } = await brand.server.ask('GET', '/wecom/corp-tags')
    expect(body).toEqual({
      groups: [
        {
          id: 'group-等级',
          name: '等级',
          tags: [
            { id: 'et-1', name: '普通' },
            { id: vip, name: 'VIP 会员' },
          ],
        },
      ],
    })
    expectProblem(await bind('vip', 'et-none'), 404, 'not-found')
    expect((await bind()).body).toMatchObject({ tags: [{ tag: 'vip', group: '等级', name: 'VIP 会员' }] })
    expectProblem(await bind('vip', 'et-1'), 409, 'wecom-tag-bound')
    expectProblem(await bind('other', vip), 409, 'wecom-tag-bound')
    const log = JSON.stringify((await brand.server.ask('GET', '/audit')).body)
    expect(log).toContain('wecom_tag.bound')
  })

  test('is put on in WeCom with each employee who has the friend, once, and taken away again', async () => {
    await brand.add('wm1', 'li')
    await brand.add('wm1', 'wang')
    await bind()
    await tag('wm1', ['vip', 'unbound'])
    expect(marks()).toEqual([
      { userid: 'li', external_userid: 'wm1', add_tag: [vip] },
      { userid: 'wang', external_userid: 'wm1', add_tag: [vip] },
    ])
    // What our own call has changed is told back, and comes to nothing.
    await edited('wm1')
    await brand.settled()
    expect(marks()).toHaveLength(2)
    await tag('wm1', [], ['vip'])
    expect(brand.peer.tags.on('wm1')).toEqual([])
    expect(marks()).toHaveLength(4)
    await edited('wm1')
    expect(await tagsOf('wm1')).toEqual(['unbound'])
  })

  test('is put on by a journey, and told of', async () => {
    await brand.add('wm1')
    await bind()
    const journey = sketch({
      id: 'mark',
      nodes: { hand: by.hand(), vip: ['tag', { add: ['vip'] }], done: by.exit() },
      flow: ['hand -> vip', 'vip -> done'],
    })
    await publishJourney(brand.server, journeySchema.parse(journey))
    await brand.server.ask('POST', '/journeys/mark/enter', { customerIds: ['wm1'] })
    await brand.settled()
    expect(brand.peer.tags.on('wm1')).toEqual([vip])
  })

  test('that customers have already is told of at once, and of who becomes a friend later', async () => {
    await brand.add('wm1')
    await tag('wm1', ['vip'])
    await tag('wm2', ['vip'])
    await bind()
    await brand.settled()
    expect(brand.peer.tags.on('wm1')).toEqual([vip])
    expect(await bound()).toMatchObject([{ customers: 1, waiting: 0, failed: 0 }])
    await brand.add('wm2')
    expect(brand.peer.tags.on('wm2')).toEqual([vip])
  })

  test('comes in from WeCom with its origin, and is not told back', async () => {
    await brand.add('wm1')
    await bind()
    brand.peer.tags.put('wm1', 'li', [vip])
    await edited('wm1')
    expect(await tagsOf('wm1')).toEqual(['vip'])
    expect(marks()).toEqual([])
    const { body } = await brand.server.ask('GET', '/customers/wm1')
    expect(body).toMatchObject({ origins: { tags: { vip: { kind: 'provider', name: 'wecom' } } } })
    brand.peer.tags.take('wm1', 'li', [vip])
    brand.clock.advance(1000)
    await edited('wm1')
    expect(await tagsOf('wm1')).toEqual([])
    expect(marks()).toEqual([])
  })

  test('stays while another employee has it on them', async () => {
    await brand.add('wm1', 'li')
    await brand.add('wm1', 'wang')
    await bind()
    brand.peer.tags.put('wm1', 'li', [vip])
    brand.peer.tags.put('wm1', 'wang', [vip])
    await edited('wm1')
    brand.peer.tags.take('wm1', 'li', [vip])
    brand.clock.advance(1000)
    await edited('wm1')
    expect(await tagsOf('wm1')).toEqual(['vip'])
  })

  test('that is put on here is not taken away by a telling of before WeCom heard of it', async () => {
    await brand.add('wm1')
    await bind()
    brand.peer.behave((path) => (path === 'externalcontact/mark_tag' ? 'unavailable' : 'answer'))
    await tag('wm1', ['vip'])
    await edited('wm1')
    expect(await tagsOf('wm1')).toEqual(['vip'])
    brand.peer.behave('answer')
    later()
    await brand.settled()
    expect(brand.peer.tags.on('wm1')).toEqual([vip])
    expect(await tagsOf('wm1')).toEqual(['vip'])
  })

  test('whose telling was not answered is told again, which changes nothing twice', async () => {
    await brand.add('wm1')
    await bind()
    brand.peer.behave((path) => (path === 'externalcontact/mark_tag' ? 'reset-after' : 'answer'))
    await tag('wm1', ['vip'])
    expect(await bound()).toMatchObject([{ waiting: 1 }])
    brand.peer.behave('answer')
    later()
    await brand.settled()
    expect(brand.peer.tags.on('wm1')).toEqual([vip])
    expect(await bound()).toMatchObject([{ waiting: 0, customers: 1 }])
  })

  test('that WeCom refuses says why, and holds nobody else up', async () => {
    await brand.add('wm1')
    await brand.add('wm2')
    await bind()
    brand.peer.tags.remove(vip)
    await tag('wm1', ['vip'])
    expect(await bound()).toMatchObject([{ failed: 1, error: expect.stringContaining('40068') }])
    await brand.tell(tagDeleted({ id: vip, type: 'tag', at: brand.clock.now() }))
    expect(await bound()).toMatchObject([{ gone: true }])
    const calls = marks().length
    await tag('wm2', ['vip'])
    expect(marks()).toHaveLength(calls)
    expect(await tagsOf('wm2')).toEqual(['vip'])
  })

  test('is told of no more once it is unbound', async () => {
    await brand.add('wm1')
    await bind()
    expect((await brand.server.ask('DELETE', `/wecom/tags/${vip}`)).status).toBe(204)
    expectProblem(await brand.server.ask('DELETE', `/wecom/tags/${vip}`), 404, 'not-found')
    await tag('wm1', ['vip'])
    expect(marks()).toEqual([])
  })
})

test('tags of friends that are taken over come in, and take none away', async () => {
  await bind()
  brand.peer.befriend('wm1', 'li')
  brand.peer.befriend('wm1', 'wang')
  brand.peer.tags.put('wm1', 'wang', [vip])
  await brand.server.ask('POST', '/wecom/sync')
  await brand.settled()
  expect(await tagsOf('wm1')).toEqual(['vip'])
  expect(marks()).toEqual([])
})
