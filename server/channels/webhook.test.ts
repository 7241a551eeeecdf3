import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import type { Channel, SendResult } from './channel.ts'
import { createGuard } from './guard.ts'
import { createWebhookChannel } from './webhook.ts'

const secret = 'the-secret-of-the-webhook'
const token = 'token-in-the-url'
const noon = Date.UTC(2026, 7, 5, 4)
const never = new AbortController().signal

let peer: GatewayPeer
let channel: Channel

beforeEach(async () => {
  peer = await startHttpGatewayPeer({ secret, now: () => noon, echo: `${secret} ${token}` })
  channel = webhook()
})
afterEach(async () => {
  await channel.close()
  await peer.close()
})

function webhook(answerMs = 2000): Channel {
  return createWebhookChannel(
    { secret, allowPrivate: false },
    {
      guard: createGuard({ allowPrivate: false, allowHosts: ['127.0.0.1'] }),
      now: () => noon,
      timeouts: { connectMs: 2000, answerMs },
    },
  )
}

async function sendOne(changes: Parameters<typeof sampleMessage>[0] = {}): Promise<SendResult | undefined> {
  const [result] = await channel.send(
    [sampleMessage({ to: `${peer.url}?token=${token}`, ...changes })],
    never,
  )
  return result
}

describe('a webhook', () => {
  test('gets a body of the marketer’s own as it is, signed, with no envelope around it', async () => {
    const json = '{"msgtype":"text","text":{"content":"王芳 \\"下单\\" 了"}}'
    expect(await sendOne({ json, text: json })).toMatchObject({ kind: 'accepted' })
    expect(peer.received.get('e1:sms-t14:1')?.body).toEqual({
      msgtype: 'text',
      text: { content: '王芳 "下单" 了' },
    })
  })

  test('gets the whole message, signed, and its answer is kept', async () => {
    expect(await sendOne()).toEqual({ kind: 'accepted', providerId: 'gw-1', answer: '{"id":"gw-1"}' })
    expect(peer.received.get('e1:sms-t14:1')?.body).toEqual({
      type: 'message',
      id: 'm1',
      customerId: 'c1',
      subject: null,
      text: '七夕将至，礼盒已为你留好。回T退订',
      html: null,
      purpose: 'marketing',
      unsubscribeUrl: null,
      sentAt: Date.UTC(2026, 7, 5, 2),
      meta: { journeyId: 'qixi', node: 'sms-t14' },
    })
  })

  test('may answer with anything, of which only the start is read and kept', async () => {
    peer.behave('plain')
    expect(await sendOne()).toEqual({ kind: 'accepted', providerId: null, answer: 'ok' })
    peer.behave('huge')
    const result = await sendOne({ key: 'second' })
    expect(result).toMatchObject({ kind: 'accepted', providerId: null })
    expect(result?.kind === 'accepted' && result.answer).toBe(`${'x'.repeat(300)}…`)
  })

  test.each([
    ['robot-refusal', { kind: 'endpoint', mend: 'person', code: 'robot-93000' }],
    ['robot-busy', { kind: 'endpoint', mend: 'time', code: 'robot-45009', afterMs: 60_000 }],
    ['redirect', { kind: 'endpoint', mend: 'person', code: 'http-302' }],
    ['not-found', { kind: 'endpoint', mend: 'person', code: 'http-404' }],
    ['bad-request', { kind: 'rejected', code: 'http-400' }],
    ['unauthorized', { kind: 'endpoint', mend: 'person', code: 'http-401' }],
    ['too-many', { kind: 'endpoint', mend: 'time', code: 'http-429' }],
    ['unavailable', { kind: 'endpoint', mend: 'time', code: 'http-503' }],
    ['error', { kind: 'unknown', code: 'http-500' }],
    ['reset-before', { kind: 'unknown', code: 'econnreset' }],
    ['reset-after', { kind: 'unknown', code: 'econnreset' }],
  ] as const)('that answers “%s” is taken at its word', async (behaviour, expected) => {
    peer.behave(behaviour)
    const result = await sendOne()
    expect(result).toMatchObject(expected)
    for (const hidden of [secret, token]) expect(JSON.stringify(result)).not.toContain(hidden)
    expect(peer.requests).toBe(1)
  })

  test('that never answers leaves the message unknown', async () => {
    await channel.close()
    channel = webhook(60)
    peer.behave('hang')
    expect(await sendOne()).toMatchObject({ kind: 'unknown', code: 'timeout' })
  })

  test.each(['', 'not a url', '/relative'])('is not sent to “%s”', async (to) => {
    expect(await sendOne({ to })).toMatchObject({ kind: 'rejected', code: 'invalid-address' })
    expect(peer.requests).toBe(0)
  })

  test('whose key holds what a header cannot still has its own key', async () => {
    expect(await sendOne({ key: '旅程\r\nx: 1' })).toMatchObject({ kind: 'accepted' })
    expect([...peer.received.keys()]).toEqual([encodeURIComponent('旅程\r\nx: 1')])
  })
})
