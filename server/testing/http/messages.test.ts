import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { importOrigin } from '../../../shared/origins/kinds.ts'
import { earlierHeaders } from '../../channels/earlier-signature.ts'
import { signedHeaders } from '../../channels/signature.ts'
import { addressMark, signUnsubscribe } from '../../dispatch/links.ts'
import { unsubscriber } from '../../store/sqlite/customers/closing.ts'
import { customerSaver } from '../../store/sqlite/customers/customers.ts'
import { writeMeta } from '../../store/sqlite/settings/meta.ts'
import { startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { startOpenAiPeer } from '../peers/openai-peer.ts'
import {
  expectProblem,
  giftJourney,
  linkSecret,
  openTestApp,
  publishJourney,
  startAt,
  type TestApp,
} from './harness.ts'

const aFile = importOrigin('customers.csv', '')

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const preview = async (request: object) => (await server.ask<PreviewAnswer>('POST', '/preview', request)).body

/** The gift journey with a coupon and an e-mail that tells its code. */
function couponJourney(): Journey {
  const gift = giftJourney()
  return journeySchema.parse({
    ...gift,
    nodes: {
      ...gift.nodes,
      voucher: {
        type: 'coupon',
        name: { en: 'Voucher' },
        config: { name: { 'zh-CN': '回礼券' }, value: 2000, validDays: 7, prefix: 'QX' },
      },
      letter: {
        type: 'send',
        name: { en: 'Letter' },
        config: {
          channel: 'email',
          subject: { 'zh-CN': '{{ customer.name }}的回礼' },
          text: { 'zh-CN': '券码 {{ coupon.code }}，值 {{ coupon.value | money }}' },
        },
      },
    },
    edges: {
      ...gift.edges,
      week: { done: 'voucher' },
      voucher: { issued: 'letter', not_issued: 'done' },
      letter: { sent: 'done', not_sent: 'done' },
    },
  })
}

describe('the preview', () => {
  test('shows each message as the first of the audience would get it, at its own time', async () => {
    const { customer, position, messages } = await preview({ journey: couponJourney(), customerId: null })
    expect(customer).toMatchObject({
      id: 'm1',
      name: '会员1',
      phone: '199****0001',
      email: 'm***@example.com',
    })
    expect(position).toEqual({ index: 1, of: 3 })
    expect(messages.map(({ node }) => node)).toEqual(['greet', 'letter'])
    expect(messages[0]).toMatchObject({
      ok: true,
      channel: 'sms',
      at: Date.parse('2026-08-16T10:00:00+08:00'),
      text: '【测试品牌】会员1，七夕礼盒已为您留好拒收请回复R',
      units: 25,
      parts: 1,
      used: { 'customer.name': '会员1' },
      gate: null,
      ai: null,
    })
    expect(messages[1]).toMatchObject({
      at: Date.parse('2026-08-23T10:00:00+08:00'),
      subject: '会员1的回礼',
      text: expect.stringMatching(/^券码 QX[0-9A-Z]{10}，值 /),
      html: expect.stringContaining('<p>券码 QX'),
      units: null,
    })
  })

  test('steps to the next and the previous customer, round and round', async () => {
    const journey = giftJourney()
    const step = async (customerId: string, move: string) => {
      const { customer, position } = await preview({ journey, customerId, move })
      return [customer?.id, position?.index]
    }
    expect(await step('m1', 'next')).toEqual(['m2', 2])
    expect(await step('m1', 'previous')).toEqual(['m3', 3])
    expect(await step('m3', 'next')).toEqual(['m1', 1])
    expect(await step('m5', 'none')).toEqual(['m5', 0])
  })

  test('names what is missing, the words that are forbidden and the gate that holds back', async () => {
    const bare = await preview({ journey: giftJourney(), customerId: 'm6', node: 'greet' })
    expect(bare.messages).toMatchObject([
      {
        ok: false,
        text: '',
        missing: ['customer.name'],
        gate: 'no_address',
        problems: [
          {
            code: 'missing-value',
            detail: { 'zh-CN': '这位客户没有“customer.name”的值', en: expect.stringContaining('no value') },
          },
        ],
      },
    ])
    const loud = await preview({ journey: giftJourney('全国第一的礼盒'), customerId: 'm1' })
    expect(loud.messages).toMatchObject([{ ok: false, gate: 'compliance', words: [expect.any(String)] }])
    unsubscriber(server.db)({ customerId: 'm1', channel: 'sms', at: 1, source: 'link' })
    const refused = await preview({ journey: giftJourney(), customerId: 'm1' })
    expect(refused.messages).toMatchObject([{ ok: true, gate: 'unsubscribed' }])
  })

  test('works on a draft that is not finished, and on a base without the customer', async () => {
    const { nodes, ...rest } = giftJourney()
    const half = { ...rest, edges: {}, nodes: { ...nodes, rest: { ...nodes.rest, config: {} } } }
    const { messages } = await preview({ journey: half, customerId: 'm2' })
    expect(messages).toMatchObject([{ node: 'greet', at: null, ok: true }])
    const answer = await server.ask('POST', '/preview', { journey: half, customerId: 'nobody' })
    expectProblem(answer, 422, 'unknown-customer')
  })

  test('without a model the written text is shown, and the screen can say so', async () => {
    const journey = giftJourney()
    const greet = journey.nodes.greet
    if (greet === undefined) throw new Error('the journey greets')
    const ai = { instructions: 'warm', maxChars: 60, waitMinutes: 5 }
    const polished = {
      ...journey,
      nodes: { ...journey.nodes, greet: { ...greet, config: { ...greet.config, ai } } },
    }
    const { messages } = await preview({ journey: polished, customerId: 'm1', polish: true })
    expect(messages).toMatchObject([{ ok: true, ai: { state: 'written', model: null } }])
  })

  test('a test send leaves through the channel as it is set up', async () => {
    const request = { journey: giftJourney(), node: 'greet', customerId: 'm1', to: '13900000000' }
    expect((await server.ask('POST', '/test-send', request)).body).toMatchObject({ result: 'accepted' })
    expect((await server.ask('GET', '/inbox')).body).toMatchObject({
      messages: [{ customerId: 'm1', channel: 'sms', text: expect.stringContaining('会员1') }],
    })
    expectProblem(await server.ask('POST', '/test-send', { ...request, node: 'rest' }), 404, 'not-found')
    const unsent = await server.ask('POST', '/test-send', { ...request, customerId: 'm6' })
    expect(unsent.body).toMatchObject({
      result: 'rejected',
      detail: expect.stringContaining('customer.name'),
    })
  })
})

describe('a test call', () => {
  const secret = 'a secret of twenty letters'
  const calling = (url: string) => ({
    ...giftJourney(),
    nodes: {
      ask: {
        type: 'webhook_call',
        name: { en: 'Ask' },
        config: {
          url,
          body: '{"who": "{{ customer.name }}"}',
          path: 'id',
          cases: [{ id: 'taken', name: { en: 'Taken' }, values: ['gw-1'] }],
        },
      },
    },
    edges: {},
  })

  test('really calls, in a sandbox too, and tells the answer and the way out', async () => {
    const peer = await startHttpGatewayPeer({ secret, now: () => server.own.now() })
    const request = { journey: calling(`${peer.url}/robot`), node: 'ask', customerId: 'm1' }
    expectProblem(await server.ask('POST', '/test-call', request), 409, 'channel-absent')
    await server.ask('PUT', '/settings/channels/webhook', { secret, allowPrivate: true })
    expect((await server.ask('POST', '/test-call', request)).body).toEqual({
      called: true,
      port: 'taken',
      reason: { code: 'called', value: 'gw-1' },
      sent: '{"who": "会员1"}',
      answer: expect.stringContaining('"id": "gw-1"'),
    })
    expect([...peer.received.values()]).toMatchObject([{ body: { who: '会员1' } }])
    peer.behave('bad-request')
    expect((await server.ask('POST', '/test-call', request)).body).toMatchObject({
      called: true,
      port: 'failed',
      reason: { code: 'call-failed', reason: 'http-400' },
      answer: null,
    })
    await peer.close()
  })

  test('calls nobody where the body cannot be written for the customer, and names why', async () => {
    const request = { journey: calling('https://example.com/'), node: 'ask', customerId: 'm6' }
    expect((await server.ask('POST', '/test-call', request)).body).toMatchObject({
      called: false,
      port: 'failed',
      reason: { code: 'call-failed', reason: 'render' },
    })
    const unknown = { ...request, node: 'nowhere' }
    expectProblem(await server.ask('POST', '/test-call', unknown), 404, 'not-found')
  })
})

describe('a test send of a text that a model polishes', () => {
  const personal = () => {
    const journey = giftJourney()
    const { greet } = journey.nodes
    if (greet === undefined) throw new Error('the journey greets')
    const ai = { instructions: '', maxChars: 140, waitMinutes: 5 }
    const config = { ...greet.config, ai }
    return { ...journey, nodes: { ...journey.nodes, greet: { ...greet, config } } }
  }

  test('is the model’s text, and the written one where the model fails', async () => {
    const peer = await startOpenAiPeer()
    await server.close()
    server = await openTestApp({ brand: { ai: { baseUrl: peer.url, model: 'qwen-plus' } } })
    const request = { journey: personal(), node: 'greet', customerId: 'm1', to: '13900000000' }
    const texts = async () => {
      await server.ask('POST', '/test-send', request)
      const { body } = await server.ask<{ messages: { text: string }[] }>('GET', '/inbox')
      return body.messages.map(({ text }) => text)
    }
    expect(await texts()).toEqual([expect.stringContaining('想对会员1说：')])
    peer.behave('refuse')
    expect(await texts()).toEqual([
      expect.stringContaining('想对会员1说：'),
      expect.stringMatching(/^【测试品牌】会员1，七夕礼盒/),
    ])
    await peer.close()
  })
})

describe('what was sent', () => {
  async function sendGift(): Promise<void> {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2', 'm4'] })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T12:00:00+08:00') })
  }

  interface List {
    messages: { id: number; customerId: string }[]
    next: number | null
  }

  test('is listed with what became of it, page by page', async () => {
    await sendGift()
    const first = await server.ask<List>('GET', '/messages?limit=3')
    expect(first.body).toMatchObject({ counts: { sent: 4 }, next: expect.any(Number) })
    expect(first.body.messages[0]).toMatchObject({
      journeyName: { en: 'Gift' },
      nodeName: { en: 'Greet' },
      node: 'greet',
      channel: 'sms',
      status: 'sent',
      receipts: [{ kind: 'delivered' }],
    })
    const rest = await server.ask<List>('GET', `/messages?limit=3&before=${first.body.next}`)
    expect(rest.body).toMatchObject({ messages: [{ id: 1 }], next: null })
    server.db.sqlite.prepare(`update messages set status = 'unknown' where customer_id = 'm4'`).run()
    const unknown = await server.ask<List>('GET', '/messages?status=unknown')
    expect(unknown.body).toMatchObject({
      messages: [{ customerId: 'm4' }],
      counts: { sent: 3, unknown: 1 },
    })
    expect((await server.ask<List>('GET', '/messages?customer=m2&journey=gift')).body.messages).toHaveLength(
      1,
    )
  })

  test('stands on the phone, and can be answered as its customer', async () => {
    await sendGift()
    const phone = await server.ask<{ messages: { id: string; customerId: string }[] }>(
      'GET',
      '/inbox?customer=m2',
    )
    expect(phone.body.messages).toMatchObject([
      { customerId: 'm2', direction: 'out', journeyId: 'gift', node: 'greet', customerName: '会员2' },
    ])
    const messageId = phone.body.messages[0]?.id ?? ''
    const reply = { customerId: 'm2', messageId, text: '好的' }
    expect((await server.ask('POST', '/inbox/reply', reply)).body).toMatchObject({
      message: { direction: 'in', text: '好的', channel: 'sms', journeyId: 'gift' },
    })
    expect((await server.ask('GET', '/customers/m2')).body).toMatchObject({
      timeline: expect.arrayContaining([expect.objectContaining({ kind: 'reply', text: '好的' })]),
    })
    expectProblem(await server.ask('POST', '/inbox/reply', { ...reply, customerId: 'm1' }), 404, 'not-found')
    expectProblem(await server.ask('POST', '/inbox/reply', { ...reply, messageId: '999' }), 404, 'not-found')
  })

  test('an answer that opts out unsubscribes', async () => {
    await sendGift()
    const phone = await server.ask<{ messages: { id: string }[] }>('GET', '/inbox?customer=m1')
    const messageId = phone.body.messages[0]?.id ?? ''
    await server.ask('POST', '/inbox/reply', { customerId: 'm1', messageId, text: 'T' })
    expect((await server.ask('GET', '/customers/m1')).body).toMatchObject({
      customer: { unsubscribed: ['sms'] },
    })
  })
})

describe('a provider’s reports', () => {
  const secret = 'a shared secret of sixteen and more'

  beforeEach(() => writeMeta(server.db, 'channels', { sms: { url: 'https://sms.example.com', secret } }))

  const report = (body: unknown, key = secret) => {
    const text = JSON.stringify(body)
    const headers = signedHeaders(key, text, text, Date.now())
    return server.ask('POST', '/hooks/own/sms', text, { 'content-type': 'application/json', ...headers })
  }

  test('become receipts once, whoever else they name is ignored or waited for', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4'] })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T10:00:00+08:00') })
    const clicked = { id: 'r1', type: 'clicked', messageId: '1', text: 'https://example.com' }
    const early = { id: 'r2', type: 'delivered', providerId: 'nobody knows' }
    const stray = { id: 'r5', type: 'delivered', messageId: '999', providerId: 'nobody knows' }
    expect((await report([clicked, early, stray])).body).toEqual({
      accepted: 1,
      duplicates: 0,
      refused: 0,
      kept: 1,
      ignored: 1,
    })
    expect((await report([clicked])).body).toEqual({
      accepted: 0,
      duplicates: 1,
      refused: 0,
      kept: 0,
      ignored: 0,
    })
    expect((await server.ask('GET', `/journeys/${id}/figures`)).body).toMatchObject({
      nodes: { greet: { clicked: 1 } },
    })
  })

  test('of another channel’s message are nobody’s, by its id as by the provider’s', async () => {
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m4'] })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T10:00:00+08:00') })
    server.db.sqlite.prepare(`update messages set channel = 'email', provider_id = '17'`).run()
    const byId = { id: 'r7', type: 'failed', messageId: '1' }
    const byProvider = { id: 'r8', type: 'failed', providerId: '17' }
    expect((await report([byId, byProvider])).body).toMatchObject({ accepted: 0, kept: 1, ignored: 1 })
    const told = {
      id: 'e1',
      customerId: 'm4',
      name: 'message_failed',
      properties: { message_id: '1', channel: 'sms' },
    }
    await server.ask('POST', '/events', { events: [told] })
    const { body } = await server.ask<{ messages: object[] }>('GET', '/messages?customer=m4')
    expect(body.messages).toMatchObject([{ status: 'sent', receipts: [] }])
  })

  test('that cannot have happened when they say are refused one by one, with the reason', async () => {
    const from = '19900000005'
    const ahead = { id: 'r9', type: 'replied', from, text: '在吗', at: startAt + 2 * 86_400_000 }
    const seconds = { id: 'r10', type: 'complained', from, at: Math.floor(startAt / 1000) }
    const soon = { id: 'r11', type: 'replied', from, text: '你好', at: startAt + 3_600_000 }
    const { status, body } = await report([ahead, soon, seconds])
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        accepted: 1,
        refused: 2,
        answers: [
          { index: 0, id: 'r9', status: 'refused', code: 'report-time' },
          { index: 2, id: 'r10', status: 'refused', code: 'report-time' },
        ],
      },
    })
    const event = { id: 'e2', customerId: 'm5', name: 'message_complained', at: '2099-01-01T00:00:00Z' }
    expect(await server.ask('POST', '/events', { events: [event] })).toMatchObject({
      status: 422,
      body: { code: 'report-time' },
    })
  })

  test('a reply is known by the number that it came from', async () => {
    const reply = { id: 'r3', type: 'replied', from: '19900000005', text: '什么时候发货' }
    expect((await report(reply)).body).toEqual({
      accepted: 1,
      duplicates: 0,
      refused: 0,
      kept: 0,
      ignored: 0,
    })
    expect((await server.ask('GET', '/inbox?customer=m5')).body).toMatchObject({
      messages: [{ direction: 'in', text: '什么时候发货' }],
    })
  })

  test('are signed as Standard Webhooks say, or as before, and a call that is tried again changes nothing', async () => {
    const reply = { id: 'r6', type: 'replied', from: '19900000005', text: '在吗' }
    const text = JSON.stringify(reply)
    const at = new Date()
    const standard = {
      'webhook-id': 'evt_6',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(Buffer.from(secret), { format: 'raw' }).sign('evt_6', at, text),
    }
    const call = (headers: Record<string, string>) =>
      server.ask('POST', '/hooks/own/sms', text, { 'content-type': 'application/json', ...headers })
    expect((await call(standard)).body).toMatchObject({ accepted: 1, duplicates: 0 })
    expect((await call(standard)).body).toMatchObject({ accepted: 0, duplicates: 1 })
    const earlier = earlierHeaders(secret, 'evt_6', text, at.getTime())
    expect((await call(earlier)).body).toMatchObject({ accepted: 0, duplicates: 1 })
    const forged = { ...standard, 'webhook-id': 'evt_7' }
    expectProblem(await call(forged), 401, 'signature-invalid')
  })

  test('without the right signature nothing is taken', async () => {
    const body = { id: 'r4', type: 'replied', from: '19900000005', text: '?' }
    expectProblem(await report(body, 'another secret of sixteen'), 401, 'signature-invalid')
    expectProblem(await server.ask('POST', '/hooks/own/sms', body), 401, 'signature-invalid')
    expectProblem(await server.ask('POST', '/hooks/own/email', body), 409, 'channel-absent')
    expectProblem(await server.ask('POST', '/hooks/demo/sms', body), 404, 'not-found')
  })
})

describe('the link to unsubscribe', () => {
  const token = signUnsubscribe(linkSecret, { brand: 'own', customerId: 'm1', channel: 'email' })
  const unsubscribed = async () =>
    (await server.ask<{ customer: { unsubscribed: string[] } }>('GET', '/customers/m1')).body.customer
      .unsubscribed

  test('asks when it is opened, and acts when it is pressed', async () => {
    const page = await server.ask('GET', `/u/${token}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('测试品牌')
    expect(page.text).toContain('Test brand')
    expect(page.text).toContain('<form method="post">')
    expect(await unsubscribed()).toEqual([])
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await server.ask('POST', `/u/${token}`, '', form)).text).toContain('已退订')
    expect(await unsubscribed()).toEqual(['email'])
  })

  test('one click of a mail client acts at once, from wherever it comes', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://mail.example.com',
    }
    const answer = await server.ask('POST', `/u/${token}`, 'List-Unsubscribe=One-Click', headers)
    expect(answer.status).toBe(200)
    expect(await unsubscribed()).toEqual(['email'])
  })

  test('is of the address that the message went to, whoever bears it by now', async () => {
    const save = customerSaver(server.db)
    save([{ id: 'm1', email: 'new@example.com', attributes: {} }], 2, aFile)
    save([{ id: 'heir', email: 'm1@example.com', attributes: {} }], 2, aFile)
    const mark = addressMark('m1@example.com')
    const sent = signUnsubscribe(linkSecret, { brand: 'own', customerId: 'm1', channel: 'email', mark })
    expect((await server.ask('POST', `/u/${sent}`, 'List-Unsubscribe=One-Click')).status).toBe(200)
    // What its owner has refused by the former address holds by the new one too.
    expect(await unsubscribed()).toEqual(['email'])
    const heir = await server.ask<{ customer: { unsubscribed: string[] } }>('GET', '/customers/heir')
    expect(heir.body.customer.unsubscribed).toEqual(['email'])
  })

  test('a link of somebody else’s making does nothing', async () => {
    const forged = signUnsubscribe('another secret', { brand: 'own', customerId: 'm1', channel: 'email' })
    for (const wrong of [forged, 'nonsense', `${token}x`]) {
      expect((await server.ask('GET', `/u/${wrong}`)).status).toBe(404)
      expect((await server.ask('POST', `/u/${wrong}`, '')).status).toBe(404)
    }
    expect(await unsubscribed()).toEqual([])
  })
})
