import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { ChannelPause, deliveryAnswer } from '../../../shared/api/delivery.ts'
import type { MessageSummary } from '../../../shared/api/messages.ts'
import type { SendResult } from '../../channels/channel.ts'
import { readBalances } from '../../messages/delivery.ts'
import { type FakeChannel, fakeChannel } from '../fake-channel.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

type Delivery = z.output<typeof deliveryAnswer>

const noCredit: SendResult = { kind: 'rejected', code: 'http-402', detail: 'no credit' }
let server: TestApp
let sms: FakeChannel
beforeEach(async () => {
  sms = fakeChannel('sms', [noCredit, noCredit])
  const paid = {
    ...fakeChannel('email'),
    balance: async () => ({ left: 1200, unit: { 'zh-CN': '封', en: 'mails' } }),
  }
  const channels = () => new Map([sms, paid].map((channel) => [channel.id, channel]))
  server = await openTestApp({ mode: 'live', brand: { channels } })
})
afterEach(() => server.close())

/** The gift's text, sent as somebody is let in. */
function atOnce() {
  const journey = giftJourney()
  return { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } }
}
async function greet(...customerIds: readonly string[]) {
  const { id } = await publishJourney(server, atOnce())
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds })
  await server.own.settle()
}
const delivery = async () => (await server.ask<Delivery>('GET', '/delivery')).body
const ofSms = async () => {
  const found = (await delivery()).channels.find(({ id }) => id === 'sms')
  if (found === undefined) throw new Error('no such channel')
  return found
}

describe('the delivery of a brand', () => {
  test('of a brand that has sent nothing yet is all zeros, for each channel', async () => {
    const { channels, date, now } = await delivery()
    expect([date, now]).toEqual(['2026-08-11', startAt])
    expect(channels.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['sms', 'email', 'in_app', 'webhook']),
    )
    expect(channels[0]).toMatchObject({
      today: { sent: 0, delivered: 0, failed: 0, unknown: 0, held: 0, again: 0 },
      queue: { waiting: 0, due: 0, sending: 0, oldestAt: null },
      rate: { perMinute: 0, limit: null, minutesLeft: null },
      ...{ failures: [], pause: null, halts: [] },
    })
    expect(channels[0]?.hours).toHaveLength(24)
    expect(channels[0]?.days).toHaveLength(30)
    expect(channels[0]?.days.at(-1)).toEqual({ date: '2026-08-11', sent: 0, failed: 0 })
  })

  test('tells failures by their code, in words, with examples that lead to the message', async () => {
    await greet('m1', 'm2', 'm3')
    const found = await ofSms()
    expect(found.today).toMatchObject({ sent: 1, failed: 2 })
    expect(found.rate.perMinute).toBe(1)
    expect([found.hours.at(-1), found.days.at(-1)]).toMatchObject([
      { sent: 1, failed: 2 },
      { sent: 1, failed: 2 },
    ])
    const [failure] = found.failures
    expect(failure).toMatchObject({ code: 'http-402', outcome: 'failed', count: 2 })
    expect(failure?.means?.en).toBe('The account is empty')
    const [example = 0] = failure?.examples ?? []
    const { body } = await server.ask<{ message: MessageSummary }>('GET', `/messages/${example}`)
    expect(body.message).toMatchObject({ id: example, status: 'failed', error: 'http-402: no credit' })
    expectProblem(await server.ask('GET', '/messages/99999'), 404, 'not-found')
  })

  test('a paused channel says by whom, since when and why; its queue waits and goes out when it goes on', async () => {
    const paused = await server.ask<{ pauses: ChannelPause[] }>('POST', '/delivery/sms/pause', {
      reason: ' 报备 ',
    })
    expect(paused.body.pauses).toEqual([
      { channel: 'sms', since: startAt, by: { kind: 'person', id: 'local', via: 'api' }, reason: '报备' },
    ])
    await greet('m1', 'm2', 'm3')
    expect(sms.handed).toEqual([])
    expect(await ofSms()).toMatchObject({
      queue: { waiting: 3, due: 3, sending: 0, oldestAt: startAt },
      pause: { reason: '报备' },
      today: { sent: 0, failed: 0 },
    })
    await server.restart()
    expect(
      (await server.ask<{ pauses: ChannelPause[] }>('GET', '/delivery/pauses')).body.pauses,
    ).toHaveLength(1)
    const resumed = await server.ask<{ pauses: ChannelPause[] }>('POST', '/delivery/sms/continue')
    expect(resumed.body.pauses).toEqual([])
    await server.own.settle()
    expect(sms.handed).toHaveLength(3)
    expect((await ofSms()).queue.waiting).toBe(0)
  })

  test('a reason is asked for, and the channel must be one', async () => {
    expect((await server.ask('POST', '/delivery/sms/pause', { reason: ' ' })).status).toBe(400)
    expectProblem(await server.ask('POST', '/delivery/pigeon/pause', { reason: 'x' }), 404, 'not-found')
    expectProblem(await server.ask('POST', '/delivery/pigeon/continue'), 404, 'not-found')
  })

  test('what is left is told where the provider says it', async () => {
    expect((await server.ask('GET', '/delivery/balances')).body).toEqual({
      balances: [{ channel: 'email', left: 1200, unit: { 'zh-CN': '封', en: 'mails' }, detail: null }],
    })
  })

  test('one that refuses or never says costs none of the others, and nothing goes off later', async () => {
    const unit = { 'zh-CN': '封', en: 'mails' }
    const answers: Readonly<Record<string, () => Promise<{ left: number; unit: typeof unit }>>> = {
      sms: () => new Promise(() => undefined),
      email: async () => ({ left: 7, unit }),
      webhook: async () => Promise.reject(new Error('no right')),
    }
    const channels = Object.entries(answers).map(
      ([id, balance]) => [id, { ...fakeChannel(id), balance }] as const,
    )
    const desk = { ...server.own, channels: () => new Map(channels) }
    const { balances } = await readBalances(desk, 20)
    expect(balances.map(({ channel, left, detail }) => [channel, left, detail])).toEqual([
      ['sms', null, 'no answer in time'],
      ['email', 7, null],
      ['webhook', null, 'no right'],
    ])
    // Whatever would go off unheard does so within the patience, and fails the test.
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
})

describe('a test by a channel', () => {
  const tried = (channel: string, to: string) => server.ask('POST', `/delivery/${channel}/test`, { to })
  test('goes to the address that is given, with the signature, paused or not, and tells the answer', async () => {
    await server.ask('POST', '/delivery/sms/pause', { reason: 'x' })
    expect((await tried('sms', '199 0000 0001')).body).toEqual({ result: 'rejected', detail: 'no credit' })
    expect(sms.handed).toMatchObject([{ to: '19900000001', customerId: 'm1' }])
    expect(sms.handed[0]?.text).toMatch(/^【测试品牌】这是一条测试消息/)
    expect((await tried('email', 'me@example.com')).body).toMatchObject({ result: 'accepted' })
    expect((await ofSms()).today).toMatchObject({ sent: 0, failed: 0 })
  })
  test('is refused where the address is none, or the channel is not set up', async () => {
    expectProblem(await tried('sms', 'nobody'), 422, 'test-address')
    expectProblem(await tried('in_app', 'nobody'), 422, 'unknown-customer')
    expectProblem(await tried('webhook', 'https://example.com/in'), 409, 'channel-absent')
  })
})
