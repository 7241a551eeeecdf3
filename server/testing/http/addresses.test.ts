import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BlacklistEntry, CustomerAddress, DoubtfulReply } from '../../../shared/api/addresses.ts'
import { importOrigin } from '../../../shared/origins/kinds.ts'
import { signedHeaders } from '../../channels/signature.ts'
import { customerSaver } from '../../store/sqlite/customers/customers.ts'
import { expectProblem, openTestApp, publishJourney, type TestApp } from './harness.ts'

const aFile = importOrigin('customers.csv', '')

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const customer = async (id: string) =>
  (
    await server.ask<{ customer: { unsubscribed: string[]; closed: object; blacklisted: boolean } }>(
      'GET',
      `/customers/${id}`,
    )
  ).body.customer

describe('reports of addresses', () => {
  const secret = 'a secret of sixteen or more'
  beforeEach(async () => {
    await server.ask('PUT', '/settings/channels/sms', { url: 'https://gateway.example', secret })
    const mail = { host: '127.0.0.1', port: 1, secure: false, from: 'shop@example.com' }
    expect((await server.ask('PUT', '/settings/channels/email', { ...mail, secret })).status).toBe(200)
  })
  const report = (channel: string, body: unknown) => {
    const text = JSON.stringify(body)
    const headers = signedHeaders(secret, text, text, Date.now())
    return server.ask('POST', `/hooks/own/${channel}`, text, {
      'content-type': 'application/json',
      ...headers,
    })
  }

  test.each([
    [{ type: 'bounced', bounce: 'hard' }, { email: 'hard_bounce' }],
    [{ type: 'bounced', bounce: 'soft' }, {}],
    [{ type: 'complained' }, { email: 'complaint' }],
    [{ type: 'blocked' }, { email: 'block' }],
    [{ type: 'invalid' }, { email: 'invalid' }],
    [{ type: 'unsubscribed' }, { email: 'opted_out' }],
    [{ type: 'replied', text: 'Please stop. Thanks' }, { email: 'opted_out' }],
    [{ type: 'replied', text: 'how do I unsubscribe?' }, { email: 'doubtful' }],
    [{ type: 'replied', text: 'when does the sale end?' }, {}],
  ])('%j by its sender', async (told, closed) => {
    const answer = await report('email', { id: 'r1', from: 'M1@Example.com ', ...told })
    expect(answer.body).toMatchObject({ accepted: 1, ignored: 0 })
    expect((await customer('m1')).closed).toEqual(closed)
  })

  test('a number that nobody bears yet is remembered for whoever will', async () => {
    const answer = await report('sms', {
      id: 'r1',
      type: 'replied',
      from: '+86 138-0000-0099',
      text: 'TD谢谢',
    })
    expect(answer.body).toMatchObject({ accepted: 0, kept: 1, ignored: 0 })
    customerSaver(server.db)([{ id: 'new', phone: '13800000099', attributes: {} }], 1, aFile)
    expect((await customer('new')).unsubscribed).toEqual(['sms'])
  })

  test('a doubtful reply that is delivered again is asked about once', async () => {
    const told = {
      id: 'r1',
      type: 'replied',
      from: '13800000077',
      text: '怎么退订',
      at: '2026-08-05T12:00:00+08:00',
    }
    await report('sms', told)
    await report('sms', told)
    const { body } = await server.ask<{ total: number }>('GET', '/opt-outs/doubtful')
    expect(body.total).toBe(1)
  })

  test('from what can be no address is not said to be kept', async () => {
    const answer = await report('sms', { id: 'r1', type: 'replied', from: 'wechat-openid-7', text: 'TD' })
    expect(answer.body).toMatchObject({ accepted: 0, kept: 0, ignored: 1 })
  })

  test('an opt-out is heeded though another report of the same call cannot be read', async () => {
    const answer = await report('sms', [
      { id: 'r1', type: 'queued', messageId: '1' },
      { id: 'r2', type: 'replied', from: '19900000001', text: 'TD' },
    ])
    expectProblem(answer, 400, 'invalid-request')
    expect(answer.body).toMatchObject({ place: '0.type' })
    expect((await customer('m1')).unsubscribed).toEqual(['sms'])
  })

  const reply = (id: string, text: string, day: number) => ({
    ...{ id, type: 'replied', from: '19900000001', text },
    at: Date.parse(`2026-08-${String(day).padStart(2, '0')}T12:00:00+08:00`),
  })

  test('a word of coming back takes back the opt-outs before it, in whichever order they are heard', async () => {
    await report('sms', reply('r1', '退订', 1))
    await report('sms', reply('r2', 'START', 2))
    expect((await customer('m1')).unsubscribed).toEqual([])
    await report('sms', reply('r3', 'TD', 1))
    expect((await customer('m1')).unsubscribed).toEqual([])
    await report('sms', reply('r4', 'TD', 3))
    await report('sms', reply('r5', '恢复订阅', 2))
    expect((await customer('m1')).unsubscribed).toEqual(['sms'])
  })

  test('a consent counts against the last opt-out, not against the first', async () => {
    await report('sms', reply('r1', '退订', 1))
    await report('sms', reply('r2', '退订', 3))
    await report('sms', reply('r3', 'START', 2))
    expect((await customer('m1')).unsubscribed).toEqual(['sms'])
  })

  const event = (id: string, customerId: string, name: string, properties: object) => ({
    ...{ id, customerId, name, properties },
    at: '2026-08-05T12:00:00+08:00',
  })

  const everyChannel = { sms: 'opted_out', wecom: 'opted_out', wechat: 'opted_out', email: 'opted_out' }
  test.each([
    [event('e1', 'm1', 'message_replied', { text: '退订' }), everyChannel],
    [event('e1', 'm1', 'message_replied', { text: '退订', from: '19900000001' }), { sms: 'opted_out' }],
    [event('e1', 'm1', 'message_replied', { text: '退订', channel: 'SMS' }), { sms: 'opted_out' }],
    [event('e1', 'm1', 'message_unsubscribed', { channel: 'Email ' }), { email: 'opted_out' }],
    [event('e1', 'm1', 'message_unsubscribed', {}), everyChannel],
    [event('e1', 'm1', 'message_failed', { failure: 'hard_bounce' }), {}],
  ])('%j closes the channel that it names, or each that may be meant', async (told, closed) => {
    await server.ask('POST', '/events', { events: [told] })
    const { in_app: _phone, ...others } = (await customer('m1')).closed as Record<string, string>
    expect(others).toEqual(closed)
  })

  test('two customers may say it under one id', async () => {
    const both = ['m1', 'm2'].map((id) => event('e1', id, 'message_replied', { text: 'TD', channel: 'sms' }))
    await server.ask('POST', '/events', { events: both })
    for (const id of ['m1', 'm2']) expect((await customer(id)).unsubscribed).toEqual(['sms'])
    const { body } = await server.ask<{ messages: { customerId: string }[] }>('GET', '/inbox')
    expect(body.messages.map(({ customerId }) => customerId).sort()).toEqual(['m1', 'm2'])
  })

  test('a complaint is taken back by no reply', async () => {
    await report('sms', { id: 'r1', type: 'complained', from: '19900000001' })
    await report('sms', reply('r2', 'START', 28))
    expect((await customer('m1')).closed).toEqual({ sms: 'complaint' })
  })

  test('a bounce says whether it is hard', async () => {
    expectProblem(
      await report('email', { id: 'r1', type: 'bounced', messageId: '1' }),
      400,
      'invalid-request',
    )
    expectProblem(await report('email', { id: 'r1', type: 'complained' }), 400, 'invalid-request')
  })

  test('a doubtful reply stands before a person, whose word is kept', async () => {
    await report('email', {
      id: 'r1',
      type: 'replied',
      from: 'm1@example.com',
      text: 'how do I unsubscribe?',
    })
    const list = () =>
      server.ask<{ open: DoubtfulReply[]; decided: DoubtfulReply[]; total: number }>(
        'GET',
        '/opt-outs/doubtful',
      )
    const [reply] = (await list()).body.open
    expect(reply).toMatchObject({ customerId: 'm1', channel: 'email', reason: 'within' })
    const decide = (decision: string) => server.ask('POST', `/opt-outs/doubtful/${reply?.id}`, { decision })
    expect((await decide('opt_out')).status).toBe(204)
    expect((await list()).body).toMatchObject({ open: [], total: 0, decided: [{ decision: 'opt_out' }] })
    expect((await customer('m1')).unsubscribed).toEqual(['email'])
    expectProblem(await decide('no_opt_out'), 409, 'reply-decided')
    expectProblem(
      await server.ask('POST', '/opt-outs/doubtful/99', { decision: 'opt_out' }),
      404,
      'not-found',
    )
  })

  test('the page of a customer tells each address, its words and their source', async () => {
    await report('sms', { id: 'r1', type: 'replied', from: '19900000001', text: '别发了' })
    const { body } = await server.ask<{ addresses: CustomerAddress[] }>('GET', '/customers/m1/addresses')
    expect(body.addresses).toMatchObject([
      {
        kind: 'phone',
        address: '19900000001',
        used: true,
        states: [{ channel: 'sms', closedWhy: 'opted_out', closedSource: 'reply', note: '别发了' }],
      },
      { kind: 'email', used: true },
    ])
    const place = { kind: 'phone', address: '+86 199 0000 0001', channel: 'sms' }
    expect((await server.ask('POST', '/addresses/open', place)).status).toBe(204)
    expect((await customer('m1')).unsubscribed).toEqual([])
    expectProblem(await server.ask('POST', '/addresses/open', place), 404, 'not-found')
    expect((await server.ask('POST', '/addresses/close', place)).status).toBe(204)
    expect((await customer('m1')).unsubscribed).toEqual(['sms'])
  })
})

describe('an address that a person closes', () => {
  const phone = { kind: 'phone', address: '19900000001' }
  const change = (way: 'close' | 'open', channel: string) =>
    server.ask('POST', `/addresses/${way}`, { ...phone, channel })

  test('on every channel is closed on all that write to it, and opens again', async () => {
    expect((await change('close', '*')).status).toBe(204)
    expect((await customer('m1')).unsubscribed).toEqual(['sms'])
    expect((await change('open', '*')).status).toBe(204)
    expect((await customer('m1')).unsubscribed).toEqual([])
  })

  test('on a channel that is none, or writes to no such address, is not said to be closed', async () => {
    for (const channel of ['SMS', 'email', 'fax'])
      expectProblem(await change('close', channel), 404, 'not-found')
  })

  test('stays on the blacklist until it is taken off there', async () => {
    await server.ask('POST', '/blacklist', { entries: [phone] })
    await change('close', '*')
    await change('open', '*')
    expect(await customer('m1')).toMatchObject({ blacklisted: true, unsubscribed: [] })
  })
})

describe('the blacklist', () => {
  const list = async (query = '') =>
    (await server.ask<{ entries: BlacklistEntry[]; total: number }>('GET', `/blacklist${query}`)).body
  const add = (entries: object[]) => server.ask('POST', '/blacklist', { entries })

  test('takes phones, mailboxes and customers, and says what it cannot read', async () => {
    const answer = await add([
      { kind: 'phone', address: '+86 199 0000 0001', reason: '投诉' },
      { kind: 'email', address: 'M2@example.com' },
      { kind: 'customer', address: 'm3' },
      { kind: 'phone', address: '138****0001' },
    ])
    expect(answer.body).toEqual({
      added: 3,
      known: 0,
      refused: [{ line: 4, value: '138****0001', fault: 'masked' }],
    })
    expect((await add([{ kind: 'phone', address: '19900000001' }])).body).toMatchObject({
      added: 0,
      known: 1,
    })
    for (const id of ['m1', 'm2', 'm3']) expect((await customer(id)).blacklisted, id).toBe(true)
    expect((await customer('m4')).blacklisted).toBe(false)
    expect(await list()).toMatchObject({ total: 3 })
    expect(await list('?search=199%200000%200001')).toMatchObject({
      total: 1,
      entries: [{ kind: 'phone', address: '19900000001', reason: '投诉', customers: 1, by: 'local' }],
    })
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm4'] })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T12:00:00+08:00') })
    expect((await server.ask('GET', `/journeys/${id}/figures`)).body).toMatchObject({
      nodes: { greet: { suppressed: { blacklisted: 3 } } },
    })
  })

  test('is filled from a file, of any of the three', async () => {
    const text = '\ufeff手机号,原因\n19900000001,多次投诉\n+86 199-0000-0002\n\n无,x\n'
    expect((await server.ask('POST', '/blacklist/csv', { text })).body).toMatchObject({
      added: 2,
      refused: [{ line: 5, value: '无', fault: 'letters' }],
    })
    expect(
      (await server.ask('POST', '/blacklist/csv', { text: 'm3@example.com\nm4\n1.38E+10\n' })).body,
    ).toMatchObject({
      added: 2,
      refused: [{ line: 3, fault: 'scientific' }],
    })
    expect((await list()).entries.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'customer m4',
      'email m3@example.com',
      'phone 19900000001',
      'phone 19900000002',
    ])
  })

  test.each([
    ['\ufeff手机号;原因\n+86 199 0000 0001;投诉\n', ['phone 19900000001']],
    ['="19900000001"\t投诉\n', ['phone 19900000001']],
    ['19900000001，投诉，又投诉\n', ['phone 19900000001']],
    ['sep=;\n姓名;手机号码\n王;19900000001\n', ['phone 19900000001']],
    [
      'Name,E-mail Address,Phone Number\n王,M1@example.com,+86 199 0000 0002\n李,,19900000003\n',
      ['email m1@example.com', 'phone 19900000002', 'phone 19900000003'],
    ],
    ['客户编号\n1000000034\n', ['customer 1000000034']],
    ['1000000034\n', ['customer 1000000034', 'phone 01000000034']],
    ['m4 \nM1@EXAMPLE.com\n', ['customer m4', 'email m1@example.com']],
  ])('reads %j as it is meant', async (text, entries) => {
    const answer = await server.ask<{ refused: object[] }>('POST', '/blacklist/csv', { text })
    expect(answer.body.refused).toEqual([])
    expect((await list()).entries.map(({ kind, address }) => `${kind} ${address}`)).toEqual(entries)
  })

  test('does not take a spoiled phone for somebody’s id', async () => {
    const { body } = await server.ask('POST', '/blacklist/csv', { text: '王芳 19900000001\n' })
    expect(body).toMatchObject({ added: 0, refused: [{ line: 1, fault: 'letters' }] })
  })

  test('comes out as a file that is read in again as it was', async () => {
    await add([
      { kind: 'phone', address: '+852 9123 4567', reason: '投诉, 两次' },
      { kind: 'email', address: 'M2@example.com' },
      { kind: 'customer', address: '=1000000034', reason: null },
    ])
    const before = await list()
    const { text } = await server.ask('GET', '/blacklist/csv')
    for (const { kind, address } of before.entries)
      await server.ask('DELETE', `/blacklist/${kind}/${encodeURIComponent(address)}`)
    expect(await list()).toMatchObject({ total: 0 })
    expect((await server.ask('POST', '/blacklist/csv', { text })).body).toEqual({
      added: 3,
      known: 0,
      refused: [],
    })
    const plain = ({ kind, address, reason }: BlacklistEntry) => [kind, address, reason]
    expect((await list()).entries.map(plain)).toEqual(before.entries.map(plain))
  })

  test('lets go of what is taken off it', async () => {
    await add([{ kind: 'phone', address: '19900000001' }])
    expect((await server.ask('DELETE', '/blacklist/phone/19900000001')).status).toBe(204)
    expect((await customer('m1')).blacklisted).toBe(false)
    expect(await list()).toMatchObject({ total: 0 })
    expectProblem(await server.ask('DELETE', '/blacklist/phone/19900000001'), 404, 'not-found')
    expectProblem(await server.ask('DELETE', '/blacklist/phone/abc'), 422, 'not-an-address')
  })
})

test('addresses that several customers bear are listed, masked', async () => {
  customerSaver(server.db)([{ id: 'twin', phone: '19900000001', attributes: {} }], 1, aFile)
  expect((await server.ask('GET', '/addresses/shared')).body).toMatchObject({
    total: 1,
    addresses: [
      { kind: 'phone', address: '199****0001', count: 2, customers: [{ id: 'm1' }, { id: 'twin' }] },
    ],
  })
})

test('another address of a customer is kept beside the one in use', async () => {
  expect(
    (await server.ask('POST', '/customers/m1/addresses', { kind: 'phone', address: '13900000009' })).status,
  ).toBe(204)
  const { body } = await server.ask<{ addresses: CustomerAddress[] }>('GET', '/customers/m1/addresses')
  expect(body.addresses.map(({ address, used }) => [address, used])).toEqual([
    ['19900000001', true],
    ['m1@example.com', true],
    ['13900000009', false],
  ])
  expectProblem(
    await server.ask('POST', '/customers/m1/addresses', { kind: 'phone', address: '1.38E+10' }),
    422,
    'not-an-address',
  )
})
