import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { messageList } from '../../../shared/api/messages.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { lengthOf } from '../clock.ts'
import { by, type Sketch, sketch } from '../sketch.ts'
import { publishJourney } from './harness.ts'
import { openWecomBrand, type WecomBrand } from './wecom-setup.ts'

let brand: WecomBrand
beforeEach(async () => {
  brand = await openWecomBrand()
  await upload('gift', 'png')
  await upload('cover', 'webp')
})
afterEach(() => brand.close())

/** A picture in the brand's store. */
async function upload(key: string, kind: 'png' | 'webp'): Promise<void> {
  const bytes = await sharp({ create: { width: 520, height: 416, channels: 3, background: '#c33' } })
    .toFormat(kind)
    .toBuffer()
  const form = new FormData()
  form.append('key', key)
  form.append('file', new Blob([new Uint8Array(bytes)]), `${key}.${kind}`)
  const request = new Request('http://x', { method: 'POST', body: form })
  const made = await brand.server.app.inject({
    method: 'POST',
    url: '/api/v1/brands/own/assets',
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  expect(made.statusCode).toBe(201)
}

const picture = { kind: 'image', asset: 'gift' }
const card = {
  kind: 'mini_program',
  appId: 'wx0123456789abcdef',
  path: 'pages/gift/index?of={{ customer.id }}',
  title: { 'zh-CN': '{{ customer.name }}的礼盒' },
  image: 'cover',
}
const link = { kind: 'link', url: 'https://shop.example/gift', title: { 'zh-CN': '礼盒' }, image: 'gift' }

const telling = (way: 'task' | 'greeting', attachments: readonly object[], id = 'tell'): Sketch => ({
  id,
  nodes: {
    in: way === 'greeting' ? by.event('wecom_friend_added') : by.hand(),
    tell: ['send', { channel: 'wecom', way, text: { 'zh-CN': '看看这个' }, attachments }],
    done: by.exit(),
  },
  flow: [way === 'greeting' ? 'in -> tell' : 'in -> tell', 'tell -> done'],
  settings: { reentry: { kind: 'after_leaving' } },
})
const publish = (journey: Sketch) => publishJourney(brand.server, journeySchema.parse(sketch(journey)))
const messages = async () =>
  (await brand.server.ask<z.output<typeof messageList>>('GET', '/messages?limit=50')).body.messages
const uploads = () => brand.peer.callsOf('media/upload').length
const enter = async (journey: string, customerIds: readonly string[]) => {
  await brand.server.ask('POST', `/journeys/${journey}/enter`, { customerIds })
  await brand.settled()
  brand.clock.advance(4_000)
  await brand.settled()
}

describe('pictures and cards', () => {
  test('go with a greeting, and are brought to WeCom once', async () => {
    await publish(telling('greeting', [picture, card, link]))
    await brand.add('wm1')
    await brand.add('wm2')
    expect(brand.peer.greetings.get('wm2')).toMatchObject([
      {
        text: '看看这个',
        attachments: [
          { msgtype: 'image', image: { media_id: 'media-1' } },
          {
            msgtype: 'miniprogram',
            miniprogram: {
              title: '客户wm2的礼盒',
              pic_media_id: 'media-2',
              appid: 'wx0123456789abcdef',
              page: 'pages/gift/index.html?of=wm2',
            },
          },
          { msgtype: 'link', link: { title: '礼盒', url: expect.stringContaining('http') } },
        ],
      },
    ])
    expect([...brand.peer.media.values()].map(({ type }) => type)).toEqual(['png', 'png'])
    expect(uploads()).toBe(2)
  })

  test('go with a broadcast, in one call for those who get the same', async () => {
    await publish(telling('task', [picture]))
    for (const one of ['wm1', 'wm2', 'wm3']) await brand.add(one)
    await enter('tell', ['wm1', 'wm2', 'wm3'])
    expect(brand.peer.callsOf('externalcontact/add_msg_template')).toMatchObject([
      { external_userid: ['wm1', 'wm2', 'wm3'], attachments: [{ msgtype: 'image' }] },
    ])
  })

  test('are brought again where WeCom has them no more, and the message is sent once', async () => {
    await publish(telling('greeting', [picture]))
    await brand.add('wm1')
    brand.peer.forgetMedia()
    await brand.add('wm2')
    expect(brand.peer.greetings.get('wm2')).toHaveLength(1)
    expect(uploads()).toBe(2)
    await brand.add('wm3')
    expect(uploads()).toBe(2)
  })

  test('are brought again before their three days are over, so that no greeting waits for them', async () => {
    await publish(telling('greeting', [picture]))
    await brand.add('wm1')
    brand.clock.advance(lengthOf('2 days') + lengthOf('14 hours'))
    await brand.settled()
    expect(uploads()).toBe(2)
    brand.clock.advance(lengthOf('12 hours'))
    await brand.settled()
    await brand.add('wm2')
    expect(uploads()).toBe(2)
    expect(brand.peer.greetings.get('wm2')).toHaveLength(1)
  })

  test('that nobody has sent for two weeks are left to be forgotten', async () => {
    await publish(telling('greeting', [picture]))
    await brand.add('wm1')
    for (let day = 0; day < 30; day += 1) {
      brand.clock.advance(lengthOf('1 day'))
      await brand.server.own.stir()
      await brand.server.own.settle()
    }
    await brand.settled()
    const brought = uploads()
    expect(brought).toBeLessThan(10)
    brand.clock.advance(lengthOf('9 days'))
    await brand.settled()
    expect(uploads()).toBe(brought)
  })

  test('that cannot be brought hold the message back, which says why', async () => {
    await publish(telling('greeting', [{ kind: 'image', asset: `${brand.peer.url}/qr/none.png` }]))
    await brand.add('wm1')
    expect(brand.peer.greetings.get('wm1')).toBeUndefined()
    expect(await messages()).toMatchObject([{ status: expect.not.stringContaining('sent') }])
  })

  test('whose upload was not answered go out on the next attempt, once', async () => {
    await publish(telling('task', [picture]))
    await brand.add('wm1')
    brand.peer.behave((path) => (path === 'media/upload' ? 'unavailable' : 'answer'))
    await enter('tell', ['wm1'])
    expect(brand.peer.tasks.size).toBe(0)
    brand.peer.behave('answer')
    for (let turn = 0; turn < 3; turn += 1) {
      brand.clock.advance(61_000)
      await brand.settled()
    }
    expect(brand.peer.tasks.size).toBe(1)
  })

  test('without a text, whose answer was lost, are neither made twice nor lost', async () => {
    const journey = telling('task', [picture])
    await publish({
      ...journey,
      nodes: {
        ...journey.nodes,
        tell: ['send', { channel: 'wecom', text: { 'zh-CN': '' }, attachments: [picture] }],
      },
    })
    await brand.add('wm1')
    brand.peer.behave((path) => (path === 'externalcontact/add_msg_template' ? 'reset-after' : 'answer'))
    await enter('tell', ['wm1'])
    brand.peer.behave('answer')
    for (let turn = 0; turn < 3; turn += 1) {
      brand.clock.advance(61_000)
      await brand.settled()
    }
    expect(brand.peer.tasks.size).toBe(1)
  })
})

test('what WeCom would refuse as too long, the check refuses', async () => {
  const long = '礼'.repeat(22)
  const check = async (attachment: object, text = '看看这个') => {
    const written = telling('task', [attachment])
    const journey = sketch({
      ...written,
      nodes: {
        ...written.nodes,
        tell: ['send', { channel: 'wecom', text: { 'zh-CN': text }, attachments: [attachment] }],
      },
    })
    const made = await brand.server.ask<{ journey: { id: string } }>('POST', '/journeys', {
      file: JSON.stringify(journey),
    })
    const { text: told } = await brand.server.ask('POST', `/journeys/${made.body.journey.id}/check`, {})
    return told
  }
  expect(await check({ ...card, title: { 'zh-CN': long } })).toContain('text-too-long')
  expect(await check({ ...card, title: { 'zh-CN': `${'礼'.repeat(20)}{{ customer.name }}` } })).not.toContain(
    'text-too-long',
  )
  expect(await check({ ...link, title: { 'zh-CN': long } })).not.toContain('text-too-long')
  expect(await check(picture, '长'.repeat(1400))).toContain('text-too-long')
})
