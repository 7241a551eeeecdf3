import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { messageList } from '../../../shared/api/messages.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { wechatCall, wechatDoes, wechatEcho } from '../peers/wechat-callbacks.ts'
import { by, type Sketch, sketch } from '../sketch.ts'
import { expectProblem, publishJourney } from './harness.ts'
import { account, openWithWechat, type WithWechat } from './with-wechat.ts'

let all: WithWechat
beforeEach(async () => {
  all = await openWithWechat()
})
afterEach(() => all.close())

const ask = (path: string) => all.server.ask<Record<string, unknown>>('GET', path)
const publish = (journey: Sketch) => publishJourney(all.server, journeySchema.parse(sketch(journey)))
const messages = async () =>
  (await all.server.ask<z.output<typeof messageList>>('GET', '/messages?limit=50')).body.messages
const enter = (journey: string, customerIds: readonly string[]) =>
  all.server.ask('POST', `/journeys/${journey}/enter`, { customerIds }).then(all.settled)
const trace = async (customer: string) => JSON.stringify((await ask(`/customers/${customer}`)).body)

const hello: Sketch = {
  id: 'hello',
  nodes: {
    came: by.event('wechat_followed'),
    which: [
      'branch',
      {
        branches: [
          {
            id: 'store',
            name: { en: 'Store' },
            when: { kind: 'entry', property: 'source', op: 'eq', value: 'store' },
          },
        ],
      },
    ],
    store: ['send', { channel: 'wechat', text: { 'zh-CN': '门店见' } }],
    online: ['send', { channel: 'wechat', text: { 'zh-CN': '欢迎来逛' } }],
    done: by.exit(),
  },
  flow: [
    'came -> which',
    'which.store -> store',
    'which.otherwise -> online',
    'store -> done',
    'online -> done',
  ],
}

const news: Sketch = {
  id: 'news',
  nodes: {
    hand: by.hand(),
    tell: ['send', { channel: 'wechat', purpose: 'service', text: { 'zh-CN': '七夕新品到了' } }],
    done: by.exit(),
  },
  flow: ['hand -> tell', 'tell -> done'],
  settings: { reentry: { kind: 'after_leaving' } },
}

describe('the address that WeChat calls', () => {
  test('is shown to be ours', async () => {
    const echo = wechatEcho(account, '3140238791', all.clock.now())
    expect(await all.server.ask('GET', `/hooks/own/wechat?${echo}`)).toMatchObject({
      status: 200,
      text: '3140238791',
    })
    const forged = wechatEcho(account, '1', all.clock.now(), { forged: true })
    expectProblem(await all.server.ask('GET', `/hooks/own/wechat?${forged}`), 401, 'signature-invalid')
  })

  test('refuses what WeChat has not signed, lately, for this account', async () => {
    const told = wechatDoes.follows('o1')
    expectProblem(await all.tell(told, { forged: true }), 401, 'signature-invalid')
    expectProblem(
      await all.tell(told, { timestamp: all.clock.now() / 1000 - 3600 }),
      401,
      'signature-expired',
    )
    expectProblem(await all.tell(told, { account: 'wxother' }), 400, 'invalid-request')
    expectProblem(
      await all.tell('<!DOCTYPE x [<!ENTITY a "a">]><xml><Event>&a;</Event></xml>'),
      400,
      'invalid-request',
    )
    expect((await ask('/customers/o1')).status).toBe(404)
  })

  test('believes nothing that stands open beside what is sealed, nor instead of it', async () => {
    expect(await all.tell(wechatDoes.follows('o1'), { compatible: true })).toMatchObject({ text: 'success' })
    const { query, body } = wechatCall(
      { ...account, aesKey: null },
      wechatDoes.follows('o2'),
      all.clock.now(),
    )
    const open = await all.server.ask('POST', `/hooks/own/wechat?${query}`, body, {
      'content-type': 'text/xml',
    })
    expectProblem(open, 400, 'invalid-request')
    expect((await ask('/customers/o1')).status).toBe(200)
    expect((await ask('/customers/o2')).status).toBe(404)
  })

  test('does not read ten megabytes', async () => {
    const { query } = wechatCall(account, {}, all.clock.now())
    const answer = await all.server.ask('POST', `/hooks/own/wechat?${query}`, 'x'.repeat(10_000_000), {
      'content-type': 'text/xml',
    })
    expectProblem(answer, 413, 'body-too-large')
  })

  test('is of no brand whose account is not set up', async () => {
    await all.server.ask('DELETE', '/settings/channels/wechat?running=keep-waiting')
    expectProblem(await all.tell(wechatDoes.follows('o1')), 409, 'channel-absent')
  })
})

test('an account without a key is called in plain text', async () => {
  await all.close()
  all = await openWithWechat({ sealed: false })
  expect(await all.follow('o1')).toMatchObject({ status: 200, text: 'success' })
  expectProblem(await all.tell(wechatDoes.follows('o2'), { forged: true }), 401, 'signature-invalid')
  expect((await ask('/customers/o1')).status).toBe(200)
})

describe('a follower', () => {
  test('becomes a customer and is answered by where they came from', async () => {
    await publish(hello)
    await all.follow('o1', 'store')
    await all.follow('o2')
    expect(all.peer.read).toMatchObject([
      { openid: 'o1', said: { msgtype: 'text', text: { content: '门店见' } } },
      { openid: 'o2', said: { text: { content: '欢迎来逛' } } },
    ])
    expect((await ask('/wechat')).body).toEqual({ followers: 2 })
  })

  test('of whom is told twice is answered once', async () => {
    await publish(hello)
    await all.follow('o1', 'store')
    await all.tell(wechatDoes.follows('o1', 'store'))
    expect(all.peer.read).toHaveLength(1)
  })

  test('is whom WeCom or a file knows by the same unionid', async () => {
    const claim = { kind: 'unionid', value: 'u9', verified: true }
    expect((await all.server.ask('POST', '/customers/m1/identifiers', claim)).status).toBeLessThan(300)
    await all.follow('o9', null, 'u9')
    expect((await ask('/customers/o9')).status).toBe(404)
    expect(await trace('m1')).toContain('wechat_followed')
  })

  test('who has left is written to no more, until they follow again', async () => {
    await publish(news)
    await all.follow('o1')
    all.peer.leave('o1')
    await all.tell(wechatDoes.leaves('o1'))
    await enter('news', ['o1'])
    expect(await messages()).toEqual([])
    expect((await ask('/wechat')).body).toEqual({ followers: 0 })
    all.clock.advance(10_000)
    await all.follow('o1')
    await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(1)
  })
})

describe('answers of customer service', () => {
  test('leave for 48 hours after a message, five of them', async () => {
    await publish(news)
    await all.follow('o1')
    all.clock.advance(3_600_000)
    await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(0)
    await all.say('o1', '在吗')
    for (let nth = 0; nth < 6; nth += 1) await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(5)
    expect(all.peer.callsOf('message/custom/send')).toHaveLength(5)
    await all.say('o1', '还有吗')
    all.clock.advance(48 * 3_600_000)
    await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(5)
  })

  test('leave for a minute after a menu was pressed, and not for a page that was opened', async () => {
    await publish(news)
    await all.follow('o1')
    all.clock.advance(120_000)
    await all.tell(wechatDoes.opens('o1', 'https://shop.example/'))
    await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(0)
    all.peer.allow('o1', 3, all.clock.now() + 60_000)
    await all.tell(wechatDoes.presses('o1', 'NEWS'))
    await enter('news', ['o1'])
    expect(all.peer.read).toHaveLength(1)
  })

  test('that WeChat refuses are told apart, and believed', async () => {
    await publish(news)
    for (const [openid, left, until] of [
      ['o1', 0, 60_000],
      ['o2', 3, 0],
    ] as const) {
      await all.follow(openid)
      all.peer.allow(openid, left, all.clock.now() + until)
    }
    await all.follow('o3')
    all.peer.leave('o3')
    await enter('news', ['o1', 'o2', 'o3'])
    const failed = Object.fromEntries((await messages()).map((one) => [one.customerId, one.error]))
    expect(failed).toMatchObject({
      o1: expect.stringContaining('wechat-45047'),
      o2: expect.stringContaining('wechat-45015'),
      o3: expect.stringContaining('wechat-43004'),
    })
    const called = all.peer.callsOf('message/custom/send').length
    await enter('news', ['o1', 'o2', 'o3'])
    expect(all.peer.callsOf('message/custom/send')).toHaveLength(called)
  })

  test('are sent once where the answer was lost', async () => {
    await publish(news)
    await all.follow('o1')
    all.peer.behave((path) => (path === 'message/custom/send' ? 'reset-after' : 'answer'))
    await enter('news', ['o1'])
    all.clock.advance(30_000)
    await all.settled()
    expect(all.peer.read).toHaveLength(1)
    expect(await messages()).toMatchObject([{ status: 'unknown' }])
  })

  test('go on over a token that ends in the middle, renewed once', async () => {
    await publish(news)
    for (let nth = 0; nth < 6; nth += 1) await all.follow(`o${nth}`)
    const before = all.peer.callsOf('stable_token').length
    all.peer.expire()
    await enter('news', ['o0', 'o1', 'o2', 'o3', 'o4', 'o5'])
    expect(all.peer.read).toHaveLength(6)
    expect(all.peer.callsOf('stable_token').length - before).toBe(1)
  })

  test('carry a card', async () => {
    await publish({
      ...news,
      nodes: {
        ...news.nodes,
        tell: [
          'send',
          {
            channel: 'wechat',
            text: { 'zh-CN': '' },
            attachments: [
              {
                kind: 'link',
                title: { 'zh-CN': '七夕礼盒' },
                url: 'https://shop.example/qixi',
                description: { 'zh-CN': '牛郎织女同款' },
              },
            ],
          },
        ],
      },
    })
    await all.follow('o1')
    await enter('news', ['o1'])
    expect(all.peer.read).toMatchObject([
      {
        said: {
          msgtype: 'news',
          news: { articles: [{ title: '七夕礼盒', url: 'https://shop.example/qixi' }] },
        },
      },
    ])
  })
})

test('what a follower says starts journeys', async () => {
  await publish({
    id: 'asked',
    nodes: {
      said: [
        'event',
        { filter: { event: 'wechat_message', where: [{ property: 'text', op: 'eq', value: '券' }] } },
      ],
      tell: ['send', { channel: 'wechat', text: { 'zh-CN': '券在这里' } }],
      done: by.exit(),
    },
    flow: ['said -> tell', 'tell -> done'],
  })
  await all.follow('o1')
  await all.say('o1', '你好')
  expect(all.peer.read).toHaveLength(0)
  await all.say('o1', '券')
  expect(all.peer.read).toMatchObject([{ said: { text: { content: '券在这里' } } }])
})

test('the settings can be tried, and say what is wrong', async () => {
  all.peer.follow('o1')
  const works = await all.server.ask('POST', '/settings/channels/wechat/test')
  expect(works.body).toMatchObject({ ok: true, detail: expect.stringContaining('1') })
  const other = {
    ...{ appId: account.appId, appSecret: 'another-secret-than-that', callbackToken: account.token },
    ...{ endpoint: all.peer.url, allowPrivate: true },
  }
  await all.server.ask('PUT', '/settings/channels/wechat', other)
  const broken = await all.server.ask('POST', '/settings/channels/wechat/test')
  expect(broken.body).toMatchObject({ ok: false, detail: expect.stringContaining('wechat-40125') })
})
