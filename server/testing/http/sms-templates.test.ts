import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import type { SmsAnswer } from '../../../shared/api/sms.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { type AliyunPeer, aliyunReply, aliyunReport, startAliyunSmsPeer } from '../peers/aliyun-sms-peer.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const keys = { keyId: 'LTAI5tPeerPeerPeer', keySecret: 'the secret of this very peer' }
/** A variable as Aliyun writes it. */
const v = (name: string) => `\${${name}}`
let server: TestApp
let peer: AliyunPeer
/** The heartbeat, beaten by the test. */
let beat: () => Promise<void>

beforeEach(async () => {
  peer = await startAliyunSmsPeer({
    ...keys,
    now: () => startAt,
    signatures: ['测试品牌'],
    templates: [
      { code: 'SMS_1', type: 2, text: `${v('name')}，七夕好礼已备好，凭${v('what')}到店领取。拒收请回复R` },
      { code: 'SMS_2', type: 1, text: `您的订单${v('code')}已发出` },
      { code: 'SMS_3', type: 2, text: `新品上架。拒收请回复R`, status: 'AUDIT_STATE_INIT' },
    ],
  })
  server = await openTestApp({
    mode: 'live',
    brand: {
      heartbeat: (given) => {
        beat = given
        return () => undefined
      },
    },
  })
  const settings = { provider: 'aliyun', ...keys, endpoint: peer.url, allowPrivate: true }
  expect((await server.ask('PUT', '/settings/channels/sms', settings)).status).toBe(200)
})
afterEach(async () => {
  await server.close()
  await peer.close()
})

const sync = () => server.ask<SmsAnswer>('POST', '/settings/sms/sync')

const written = (text: string) => ({ 'zh-CN': text })
function journeyWith(config: object): Journey {
  return journeySchema.parse({
    format: 1,
    id: 'gift',
    name: { en: 'Gift' },
    nodes: {
      picked: { type: 'manual', name: { en: 'Picked' }, config: {} },
      greet: {
        type: 'send',
        name: { en: 'Greet' },
        config: { channel: 'sms', text: written(''), ...config },
      },
      week: {
        type: 'wait',
        name: { en: 'A week' },
        config: { until: { kind: 'duration', span: { amount: 1, unit: 'week' } } },
      },
      done: { type: 'exit', name: { en: 'Done' }, config: {} },
    },
    edges: {
      picked: { entered: 'greet' },
      greet: { sent: 'week', not_sent: 'done' },
      week: { done: 'done' },
    },
  })
}
const values = { name: written('{{ customer.name }}'), what: written('会员码 {{ customer.id }}') }
const gift = { template: { code: 'SMS_1', values } }

const checked = async (config: object): Promise<string[]> => {
  const made = await server.ask<{ journey: Journey }>('POST', '/journeys', {
    file: JSON.stringify(journeyWith(config)),
  })
  const { body } = await server.ask<{ diagnostics: { code: string; severity: string }[] }>(
    'POST',
    `/journeys/${made.body.journey.id}/check`,
  )
  return body.diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))
}
const waiting = () =>
  server.db.sqlite
    .prepare<[], number>(`select count(*) from messages where status in ('queued', 'sending')`)
    .pluck()
    .get()
const eventsOf = (customer: string) =>
  server.db.sqlite
    .prepare<[string], { name: string }>('select name from events where customer_id = ? order by name')
    .all(customer)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('message_'))
const customer = async (id: string) =>
  (await server.ask<{ customer: { closed: object; unsubscribed: string[] } }>('GET', `/customers/${id}`)).body
    .customer

async function send(config: object): Promise<void> {
  const { id } = await publishJourney(server, journeyWith(config))
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
  await beat()
  // Messages leave beside the beat.
  await vi.waitFor(() => expect(waiting()).toBe(0), { timeout: 10_000 })
}

describe('a journey with a registered template', () => {
  test('sends by it, hears that it arrived, once, and a reply of TD closes the address', async () => {
    await sync()
    await send(gift)
    expect(peer.refused).toEqual([])
    expect(peer.sent).toMatchObject([
      {
        to: '19900000001',
        signature: '测试品牌',
        template: 'SMS_1',
        values: { name: '会员1', what: '会员码 m1' },
      },
    ])
    const { body: list } = await server.ask<{ messages: object[] }>('GET', '/messages')
    expect(list.messages).toMatchObject([
      { status: 'sent', text: '【测试品牌】会员1，七夕好礼已备好，凭会员码 m1到店领取。拒收请回复R' },
    ])

    const { hook } = (await server.ask<SmsAnswer>('GET', '/settings/sms')).body
    const [one] = peer.sent
    if (hook === null || one === undefined) throw new Error('nothing was sent')
    const arrived = [aliyunReport(one, '2026-08-11 10:00:20')]
    expect((await server.ask('POST', hook, arrived)).body).toEqual({ code: 0, msg: '接收成功' })
    expect((await server.ask('POST', hook, arrived)).status).toBe(200)
    expect(eventsOf('m1')).toEqual(['message_delivered'])

    const back = [aliyunReply('19900000001', 'TD', '2026-08-11 10:01:00', '1234567890')]
    await server.ask('POST', hook, back)
    await server.ask('POST', hook, back)
    await beat()
    expect(eventsOf('m1')).toEqual(['message_delivered', 'message_replied'])
    expect(await customer('m1')).toMatchObject({ unsubscribed: ['sms'] })
  })

  test('takes an answer that was lost for sent where the provider lists it', async () => {
    await sync()
    peer.behave('error-after')
    await send(gift)
    expect(peer.sent).toHaveLength(1)
    const { body } = await server.ask<{ messages: object[] }>('GET', '/messages')
    expect(body.messages).toMatchObject([{ status: 'sent' }])
  })

  test('holds back for the one customer whose value the provider would refuse', async () => {
    await sync()
    await send({
      template: {
        code: 'SMS_1',
        values: { ...values, what: written('{{ customer.name | append: ".com" }}') },
      },
    })
    expect(peer.sent).toEqual([])
    const journey = journeyWith({
      template: {
        code: 'SMS_1',
        values: { ...values, what: written('{{ customer.name | append: ".com" }}') },
      },
    })
    const { body } = await server.ask<PreviewAnswer>('POST', '/preview', {
      journey,
      customerId: 'm1',
      node: 'greet',
    })
    expect(body.messages).toMatchObject([
      {
        gate: 'render',
        problems: [{ code: 'sms-variable-link', detail: { en: expect.stringContaining('what') } }],
      },
    ])
  })
})

describe('what the provider would refuse is told by the check', () => {
  test.each([
    ['free text', { text: written('您好') }, 'sms-template-needed'],
    ['a template that is not there', { template: { code: 'SMS_9' } }, 'sms-template-unknown'],
    ['one that is under review', { template: { code: 'SMS_3' } }, 'sms-template-unapproved'],
    [
      'marketing by a notification',
      { template: { code: 'SMS_2', values: { code: written('1') } } },
      'sms-template-kind',
    ],
    [
      'a variable without words',
      { template: { code: 'SMS_1', values: { name: written('您好') } } },
      'sms-variable-missing',
    ],
    [
      'a variable that it has not',
      { template: { code: 'SMS_1', values: { ...values, other: written('1') } } },
      'sms-variable-unknown',
    ],
    [
      'too long a value',
      { template: { code: 'SMS_1', values: { ...values, what: written('长'.repeat(36)) } } },
      'sms-variable-long',
    ],
    [
      'a link in a variable',
      {
        template: {
          code: 'SMS_1',
          values: { ...values, what: written('www.example.com/{{ customer.id }}') },
        },
      },
      'sms-variable-link',
    ],
    ['words of a model', { ...gift, ai: {} }, 'sms-not-polished'],
  ])('%s', async (_what, config, code) => {
    await sync()
    expect(await checked(config)).toEqual([code])
  })

  test('and a notification by a service message is not', async () => {
    await sync()
    const service = {
      purpose: 'service',
      template: { code: 'SMS_2', values: { code: written('{{ customer.id }}') } },
    }
    expect(await checked(service)).toEqual([])
    expect(await checked(gift)).toEqual([])
  })

  test('and a signature that is not registered is', async () => {
    await sync()
    const { body: brand } = await server.ask<object>('GET', '/settings/brand')
    await server.ask('PUT', '/settings/brand', { ...brand, signature: '别的品牌' })
    expect(await checked(gift)).toEqual(['sms-signature-unregistered'])
  })
})

describe('the list of templates', () => {
  test('is read by a button; what was typed by hand stays, and so does how long values may be', async () => {
    const typed = { name: '手填', text: '您好', kind: 'notification', state: 'approved' }
    await server.ask('PUT', '/settings/sms/templates/SMS_77', typed)
    await sync()
    await server.ask('PUT', '/settings/sms/templates/SMS_2', { ...typed, most: 10 })
    const { body } = await sync()
    expect(body.templates.map(({ code, byHand, most }) => [code, byHand, most])).toEqual([
      ['SMS_1', false, null],
      ['SMS_2', false, 10],
      ['SMS_3', false, null],
      ['SMS_77', true, null],
    ])
    expect(body.signatures).toEqual([{ name: '测试品牌', state: 'approved', why: '' }])
  })

  test('says why it cannot be read', async () => {
    await server.ask('PUT', '/settings/channels/sms', {
      ...{ provider: 'aliyun', ...keys, keySecret: 'another secret' },
      ...{ endpoint: peer.url, allowPrivate: true },
    })
    const answer = await sync()
    expectProblem(answer, 502, 'sms-register-unread')
    expect(answer.text).toContain('SignatureDoesNotMatch')
    expect(answer.text).not.toContain('another secret')
  })

  test('is nothing where a gateway takes any text', async () => {
    await server.ask('PUT', '/settings/channels/sms', {
      ...{ url: 'https://gateway.example/send', secret: 'a secret of sixteen or more' },
    })
    expect((await server.ask<SmsAnswer>('GET', '/settings/sms')).body).toMatchObject({
      provider: 'gateway',
      registered: false,
      hook: null,
    })
    expectProblem(await sync(), 409, 'sms-free-text')
    expect(await checked({ text: written('您好') })).toEqual([])
  })
})

test('reports to any other address than the secret one are not found', async () => {
  expectProblem(await server.ask('POST', `/hooks/own/sms/${'0'.repeat(40)}`, []), 404, 'not-found')
})

test('a provider is not set up without its keys, and each is named', async () => {
  await server.ask('DELETE', '/settings/channels/sms')
  const answer = await server.ask('PUT', '/settings/channels/sms', { provider: 'tencent', keyId: 'x' })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('keySecret')
  expect(answer.text).toContain('sdkAppId')
})
