import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { messageList } from '../../../shared/api/messages.ts'
import type { broadcastList } from '../../../shared/api/wecom.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { lengthOf, type TestClock } from '../clock.ts'
import { callbackCall, echoCall, friendAdded, friendRemoved } from '../peers/wecom-callbacks.ts'
import type { WecomPeer } from '../peers/wecom-peer.ts'
import { by, type Sketch, sketch } from '../sketch.ts'
import { expectProblem, publishJourney, type TestApp } from './harness.ts'
import { corp, openWithWecom, type WithWecom } from './with-wecom.ts'

let world: WithWecom
let clock: TestClock
let peer: WecomPeer
let server: TestApp
beforeEach(async () => {
  world = await openWithWecom()
  ;({ clock, peer, server } = world)
})
afterEach(() => world.close())

const tell: WithWecom['tell'] = (...told) => world.tell(...told)
const add: WithWecom['add'] = (...who) => world.add(...who)
const settled = () => world.settled()

const welcome: Sketch = {
  id: 'welcome',
  nodes: {
    added: by.event('wecom_friend_added'),
    which: [
      'branch',
      {
        branches: [
          {
            id: 'store',
            name: { en: 'Store' },
            when: { kind: 'entry', property: 'state', op: 'eq', value: 'store' },
          },
        ],
      },
    ],
    store: ['send', { channel: 'wecom', way: 'greeting', text: { 'zh-CN': '{{ customer.name }}，门店见' } }],
    online: ['send', { channel: 'wecom', way: 'greeting', text: { 'zh-CN': '欢迎来逛' } }],
    done: by.exit(),
  },
  flow: [
    'added -> which',
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
    tell: ['send', { channel: 'wecom', text: { 'zh-CN': '七夕新品到了' } }],
    done: by.exit(),
  },
  flow: ['hand -> tell', 'tell -> done'],
  settings: { reentry: { kind: 'after_leaving' } },
}

const publish = (journey: Sketch) => publishJourney(server, journeySchema.parse(sketch(journey)))
const enter = (journey: string, customerIds: readonly string[]) =>
  server.ask('POST', `/journeys/${journey}/enter`, { customerIds }).then(settled)
const messages = async (of = '') =>
  (await server.ask<z.output<typeof messageList>>('GET', `/messages?limit=50${of}`)).body.messages
const broadcasts = async () =>
  (await server.ask<z.output<typeof broadcastList>>('GET', '/wecom/broadcasts')).body.broadcasts

describe('the address that WeCom calls', () => {
  test('is shown to be ours', async () => {
    const answer = await server.ask('GET', `/hooks/own/wecom?${echoCall(corp, '3140238791', clock.now())}`)
    expect(answer).toMatchObject({ status: 200, text: '3140238791' })
  })

  test('takes what WeCom has signed and answers at once', async () => {
    expect(await add('wm1')).toMatchObject({ status: 200, text: 'success' })
  })

  test('refuses what it has not', async () => {
    const told = friendAdded({ customer: 'wm1', employee: 'li', at: clock.now() })
    expectProblem(await tell(told, { forged: true }), 401, 'signature-invalid')
    expectProblem(await tell(told, { timestamp: clock.now() / 1000 - 3600 }), 401, 'signature-expired')
    expectProblem(await tell(told, { padding: true }), 400, 'invalid-request')
    expectProblem(await tell(told, { corp: 'wwother' }), 400, 'invalid-request')
    expectProblem(
      await tell('<!DOCTYPE x [<!ENTITY a "a">]><xml><Event>&a;</Event></xml>'),
      400,
      'invalid-request',
    )
    expect((await server.ask('GET', '/customers/wm1')).status).toBe(404)
  })

  test('does not read ten megabytes', async () => {
    const { query } = callbackCall(corp, {}, clock.now())
    const answer = await server.ask('POST', `/hooks/own/wecom?${query}`, 'x'.repeat(10_000_000), {
      'content-type': 'text/xml',
    })
    expectProblem(answer, 413, 'body-too-large')
  })

  test('is of no brand whose WeCom is not set up', async () => {
    await server.ask('DELETE', '/settings/channels/wecom?running=keep-waiting')
    expectProblem(
      await tell(friendAdded({ customer: 'wm1', employee: 'li', at: clock.now() })),
      409,
      'channel-absent',
    )
  })
})

describe('a new friend', () => {
  test('becomes a customer, is known by name, and is greeted by where they came from', async () => {
    await publish(welcome)
    await add('wm1', 'li', 'store')
    await add('wm2', 'li', 'shop')
    expect(peer.greetings.get('wm1')).toMatchObject([{ text: '客户wm1，门店见', by: 'li' }])
    expect(peer.greetings.get('wm2')).toMatchObject([{ text: '欢迎来逛' }])
    const { body } = await server.ask('GET', '/customers/wm1')
    expect(body).toMatchObject({ customer: { id: 'wm1', name: '客户wm1' } })
  })

  test('of whom is told twice is greeted once', async () => {
    await publish(welcome)
    const code = peer.befriend('wm1', 'li')
    const told = friendAdded({ customer: 'wm1', employee: 'li', at: clock.now(), state: 'store', code })
    await tell(told)
    await tell(told)
    expect(peer.callsOf('externalcontact/send_welcome_msg')).toHaveLength(1)
    expect(await messages()).toHaveLength(1)
  })

  test('whom nobody heard of within twenty seconds is not greeted, which the message says', async () => {
    await publish(welcome)
    const code = peer.befriend('wm1', 'li')
    const told = friendAdded({ customer: 'wm1', employee: 'li', at: clock.now(), state: 'store', code })
    clock.advance(25_000)
    await tell(told)
    expect(peer.callsOf('externalcontact/send_welcome_msg')).toHaveLength(0)
    expect(await messages()).toMatchObject([
      { status: 'failed', error: expect.stringContaining('wecom-greeting-late') },
    ])
  })

  test('who has been greeted by another, and one with whom it is under way, are told apart', async () => {
    await publish(welcome)
    peer.startTalk('wm1')
    await add('wm1')
    expect(await messages()).toMatchObject([
      { status: 'failed', error: expect.stringContaining('wecom-41051') },
    ])
  })

  test('whose greeting was taken though its answer was lost is not greeted twice', async () => {
    await publish(welcome)
    let lost = 1
    peer.behave((path) =>
      path === 'externalcontact/send_welcome_msg' && lost-- > 0 ? 'error-after' : 'answer',
    )
    await add('wm1')
    clock.advance(16_000)
    await settled()
    expect(peer.greetings.get('wm1')).toHaveLength(1)
    expect(await messages()).toMatchObject([{ status: 'sent' }])
  })

  test('belongs to the employee, where nobody has them yet', async () => {
    const member = { name: '李店长', wecom: 'li', phone: null, email: null, team: null }
    await server.ask('PUT', '/staff/s1', member)
    await add('wm1')
    const { body } = await server.ask('GET', '/customers/wm1/owners')
    expect(body).toMatchObject({ owners: [{ staff: 's1', until: null }] })
  })

  test('who is known already by the unionid is that customer', async () => {
    await server.ask('POST', '/customers/m1/identifiers', { kind: 'unionid', value: 'u-1', verified: true })
    const code = peer.befriend('wm1', 'li', { unionid: 'u-1' })
    await tell(friendAdded({ customer: 'wm1', employee: 'li', at: clock.now(), code }))
    const { body } = await server.ask('GET', '/customers/m1')
    expect(JSON.stringify(body)).toContain('wecom_friend_added')
  })
})

describe('a friend who has left', () => {
  test('is written to no more, and again once they are back', async () => {
    await publish(news)
    await add('wm1')
    clock.advance(60_000)
    peer.unfriend('wm1', 'li')
    await tell(friendRemoved({ customer: 'wm1', employee: 'li', at: clock.now() }))
    await enter('news', ['wm1'])
    expect(await messages()).toEqual([])
    const told = await server.ask('GET', '/journeys/news/figures')
    expect(told.status).toBe(200)
    clock.advance(60_000)
    await add('wm1')
    await enter('news', ['wm1'])
    expect(await messages()).toHaveLength(1)
  })

  test('is a friend all the same while another employee has them', async () => {
    await publish(news)
    await add('wm1', 'li')
    await add('wm1', 'wang')
    await tell(friendRemoved({ customer: 'wm1', employee: 'li', at: clock.now() + 1000 }))
    await enter('news', ['wm1'])
    expect(await messages()).toHaveLength(1)
  })

  test('stays one where the older of two tellings comes last', async () => {
    await publish(news)
    const left = friendRemoved({ customer: 'wm1', employee: 'li', at: clock.now() })
    clock.advance(60_000)
    await add('wm1')
    await tell(left)
    await enter('news', ['wm1'])
    expect(await messages()).toHaveLength(1)
  })
})

describe('a broadcast', () => {
  /** The messages have gathered, and what is made of them is made. */
  const gathered = async () => {
    clock.advance(4_000)
    await settled()
  }
  const looked = async (words = '2 minutes') => {
    clock.advance(lengthOf(words))
    await settled()
  }

  test('is one for each employee, waits for them, and is delivered once they press send', async () => {
    await publish(news)
    for (const one of ['wm1', 'wm2', 'wm3']) await add(one, 'li')
    await add('wm4', 'wang')
    await enter('news', ['wm1', 'wm2', 'wm3', 'wm4'])
    await gathered()
    const calls = peer.callsOf('externalcontact/add_msg_template')
    expect(calls).toMatchObject([
      { sender: 'li', external_userid: ['wm1', 'wm2', 'wm3'], text: { content: '七夕新品到了' } },
      { sender: 'wang', external_userid: ['wm4'] },
    ])
    await looked()
    expect(await broadcasts()).toMatchObject([
      { sender: 'wang', status: 'waiting', sent: 0 },
      { sender: 'li', status: 'waiting', customers: 3, sent: 0 },
    ])
    peer.confirm('li')
    await looked('6 minutes')
    expect((await broadcasts())[1]).toMatchObject({ status: 'done', sent: 3 })
    expect((await messages()).map(({ status }) => status)).toHaveLength(4)
    expect(
      (await messages()).filter(({ receipts }) => receipts.some(({ kind }) => kind === 'delivered')),
    ).toHaveLength(3)
  })

  test('says of each customer why they have not had it', async () => {
    await publish(news)
    await publish({
      ...news,
      id: 'more',
      nodes: {
        ...news.nodes,
        tell: ['send', { channel: 'wecom', purpose: 'service', text: { 'zh-CN': '您的礼盒到店了' } }],
      },
    })
    await add('wm1')
    await add('wm2')
    await enter('news', ['wm1', 'wm2'])
    await gathered()
    peer.unfriend('wm2', 'li')
    peer.confirm('li')
    await enter('more', ['wm1'])
    await gathered()
    peer.confirm('li')
    await looked('10 minutes')
    const all = await messages()
    const of = (customer: string, journey: string) =>
      all.find(({ customerId, journeyId }) => customerId === customer && journeyId === journey)
    expect(JSON.stringify(of('wm2', 'news'))).toContain('no friend any more')
    expect(JSON.stringify(of('wm1', 'more'))).toContain('another broadcast that day')
  })

  test('goes to a customer once a day, which a gate knows', async () => {
    await publish(news)
    await publish({ ...news, id: 'more' })
    await add('wm1')
    await enter('news', ['wm1'])
    await enter('more', ['wm1'])
    expect(await messages()).toHaveLength(1)
    clock.advance(lengthOf('1 day'))
    await publish({ ...news, id: 'later' })
    await enter('later', ['wm1'])
    expect(await messages()).toHaveLength(2)
  })

  test('whose answer was lost is neither made twice nor lost', async () => {
    await publish(news)
    await add('wm1')
    await enter('news', ['wm1'])
    peer.behave((path) => (path === 'externalcontact/add_msg_template' ? 'reset-after' : 'answer'))
    await gathered()
    peer.behave('answer')
    await looked('3 minutes')
    await gathered()
    expect(peer.tasks.size).toBe(1)
    peer.confirm('li')
    await looked('6 minutes')
    expect(await broadcasts()).toMatchObject([{ status: 'done', sent: 1 }])
  })

  test('that was surely not taken is made again later', async () => {
    await publish(news)
    await add('wm1')
    await enter('news', ['wm1'])
    peer.behave((path) => (path === 'externalcontact/add_msg_template' ? 'rate' : 'answer'))
    await gathered()
    peer.behave('answer')
    await looked('2 minutes')
    expect(peer.tasks.size).toBe(1)
  })

  test('is reminded of three times a day, and can be taken back', async () => {
    await publish(news)
    await add('wm1')
    await enter('news', ['wm1'])
    await gathered()
    const [{ id = 0 } = {}] = await broadcasts()
    for (let count = 0; count < 3; count += 1)
      expect((await server.ask('POST', `/wecom/broadcasts/${id}/remind`)).status).toBe(204)
    expectProblem(await server.ask('POST', `/wecom/broadcasts/${id}/remind`), 409, 'wecom-reminded')
    expect((await server.ask('POST', `/wecom/broadcasts/${id}/cancel`)).status).toBe(204)
    await settled()
    expect(peer.tasks.get('msg-1')).toMatchObject({ cancelled: true })
    const log = JSON.stringify((await server.ask('GET', '/audit')).body)
    expect(log).toContain('wecom.reminded')
    expect(log).toContain('wecom.cancelled')
    expect(JSON.stringify(await messages())).toContain('taken back')
    expectProblem(await server.ask('POST', `/wecom/broadcasts/${id}/cancel`), 409, 'wecom-task-over')
  })

  test('for which an employee never presses send has failed after a week', async () => {
    await publish(news)
    await add('wm1')
    await enter('news', ['wm1'])
    await gathered()
    for (let day = 0; day < 9; day += 1) await looked('1 day')
    expect(JSON.stringify(await messages())).toContain('has not pressed send')
  })
})

test('friends of before are taken over in pages, and those who have left are no friends any more', async () => {
  for (let count = 0; count < 130; count += 1) peer.befriend(`wm${count}`, count % 2 === 0 ? 'li' : 'wang')
  clock.advance(60_000)
  expect((await server.ask('POST', '/wecom/sync')).status).toBe(202)
  await settled()
  const standing = { friends: 130, employees: 2, syncing: false, syncedAt: clock.now() }
  expect((await server.ask('GET', '/wecom')).body).toEqual(standing)
  expect(peer.callsOf('externalcontact/batch/get_by_user')).toHaveLength(2)
  const { body } = await server.ask<{ customer: object; timeline: unknown[] }>('GET', '/customers/wm7')
  expect(body).toMatchObject({ customer: { id: 'wm7' }, timeline: [] })
  peer.unfriend('wm7', 'wang')
  clock.advance(60_000)
  await server.ask('POST', '/wecom/sync')
  await settled()
  expect((await server.ask('GET', '/wecom')).body).toMatchObject({ friends: 129 })
  expect(JSON.stringify((await server.ask('GET', '/audit')).body)).toContain('wecom.synced')
})

test('the button of the settings says how many employees can be added', async () => {
  peer.befriend('wm1', 'li')
  const { body } = await server.ask('POST', '/settings/channels/wecom/test')
  expect(body).toMatchObject({ ok: true, detail: expect.stringContaining('1') })
})
