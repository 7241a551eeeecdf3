import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import type { Channel, SendResult } from './channel.ts'
import { createGuard } from './guard.ts'
import { createSmsChannel } from './sms.ts'

const secret = 'the-secret-of-the-gateway'
const token = 'token-in-the-url'
const noon = Date.UTC(2026, 7, 5, 4)
const never = new AbortController().signal

let peer: GatewayPeer
let channel: Channel

beforeEach(async () => {
  peer = await startHttpGatewayPeer({ secret, now: () => noon, echo: `${secret} ${token} 13800000001` })
  channel = smsTo(peer.url)
})
afterEach(async () => {
  await channel.close()
  await peer.close()
})

function smsTo(url: string, answerMs = 2000): Channel {
  return createSmsChannel(
    { url: `${url}?token=${token}`, secret, signature: '鹊桥礼物' },
    { guard: createGuard({ allowPrivate: true }), now: () => noon, timeouts: { connectMs: 2000, answerMs } },
  )
}

async function sendOne(changes: Parameters<typeof sampleMessage>[0] = {}): Promise<SendResult | undefined> {
  const [result] = await channel.send([sampleMessage(changes)], never)
  return result
}

/** What the gateway answers with our own secrets in it. */
const repeated: string[] = ['provider-error', 'bad-request', 'unauthorized', 'conflict', 'error']

describe('a text message', () => {
  test('is taken once, with the gateway’s own id', async () => {
    expect(await sendOne()).toEqual({ kind: 'accepted', providerId: 'gw-1' })
    const taken = peer.received.get('e1:sms-t14:1')
    expect(taken?.body).toEqual({
      id: 'm1',
      to: '13800000001',
      text: '七夕将至，礼盒已为你留好。回T退订',
      signature: '鹊桥礼物',
      purpose: 'marketing',
      sentAt: Date.UTC(2026, 7, 5, 2),
    })
    expect(peer.unsigned).toEqual([])
  })

  test('that comes a second time with its key is not a second message', async () => {
    await sendOne()
    expect(await sendOne()).toEqual({ kind: 'accepted', providerId: 'gw-1' })
    expect(peer.received.size).toBe(1)
    expect(peer.received.get('e1:sms-t14:1')?.repeats).toBe(1)
    expect(peer.clashes).toEqual([])
  })

  test('of a batch has its own result, in its place', async () => {
    peer.behave((nth) => (nth % 2 === 0 ? 'provider-error' : 'accept'))
    const keys = ['a', 'b', 'c', 'd', 'e']
    const results = await channel.send(
      keys.map((key) => sampleMessage({ key, to: key })),
      never,
    )
    const taken = keys.map((key) => peer.received.has(key))
    expect(results.map(({ kind }) => kind === 'accepted')).toEqual(taken)
    expect(taken.filter(Boolean)).toHaveLength(3)
  })

  test.each([
    ['provider-error', { kind: 'rejected', code: 'blocked-number' }],
    ['provider-retry', { kind: 'retry', code: 'queue-full', afterMs: null }],
    ['bad-request', { kind: 'rejected', code: 'http-400' }],
    ['unauthorized', { kind: 'endpoint', mend: 'person', code: 'http-401', afterMs: 300_000 }],
    ['forbidden', { kind: 'endpoint', mend: 'person', code: 'http-403', afterMs: 300_000 }],
    ['not-found', { kind: 'endpoint', mend: 'person', code: 'http-404', afterMs: null }],
    ['too-many', { kind: 'endpoint', mend: 'time', code: 'http-429', afterMs: null }],
    ['unavailable', { kind: 'endpoint', mend: 'time', code: 'http-503', afterMs: null, inDoubt: false }],
    ['moved', { kind: 'endpoint', mend: 'person', code: 'http-301' }],
    ['redirect', { kind: 'endpoint', mend: 'person', code: 'http-302', inDoubt: false }],
    ['redirect-kept', { kind: 'endpoint', mend: 'person', code: 'http-307' }],
    ['moved-kept', { kind: 'endpoint', mend: 'person', code: 'http-308' }],
    ['page', { kind: 'endpoint', mend: 'person', code: 'bad-answer', inDoubt: true }],
    ['conflict', { kind: 'unknown', code: 'http-409' }],
    ['error', { kind: 'unknown', code: 'http-500' }],
    ['plain', { kind: 'endpoint', code: 'bad-answer', inDoubt: true }],
    ['huge', { kind: 'endpoint', code: 'bad-answer', inDoubt: true }],
    ['half-answer', { kind: 'unknown' }],
    ['half-refusal', { kind: 'rejected', code: 'http-400' }],
    ['early-refusal', { kind: 'rejected', code: 'http-413' }],
    ['continue-first', { kind: 'accepted' }],
    ['reset-before', { kind: 'unknown', code: 'econnreset' }],
    ['reset-after', { kind: 'unknown', code: 'econnreset' }],
  ] as const)('that meets a gateway’s “%s” ends as such', async (behaviour, expected) => {
    peer.behave(behaviour)
    const result = await sendOne()
    expect(result).toMatchObject(expected)
    const words = JSON.stringify(result)
    if (repeated.includes(behaviour)) expect(words).toContain('***')
    for (const hidden of [secret, token, '13800000001']) expect(words).not.toContain(hidden)
  })

  test.each([
    ['7', 7000],
    [new Date(noon + 90_000).toUTCString(), 90_000],
    [new Date(noon - 90_000).toUTCString(), 0],
    ['999999999', 86_400_000],
    ['soon', null],
  ])('waits as long as the gateway asks: Retry-After %s', async (retryAfter, afterMs) => {
    peer.behave('unavailable', { retryAfter })
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'time', afterMs })
  })

  test.each(['hang', 'hang-after'] as const)(
    'whose answer never comes (%s) is unknown, and safe to repeat',
    async (way) => {
      await channel.close()
      channel = smsTo(peer.url, 60)
      peer.behave(way)
      expect(await sendOne()).toMatchObject({ kind: 'unknown', code: 'timeout' })
      peer.behave('accept')
      expect(await sendOne()).toEqual({ kind: 'accepted', providerId: 'gw-1' })
      expect(peer.received.size).toBe(1)
    },
  )

  test('whose answer was lost is not sent a second time by the retry', async () => {
    peer.behave('reset-after')
    expect(await sendOne()).toMatchObject({ kind: 'unknown' })
    peer.behave('accept')
    expect(await sendOne()).toEqual({ kind: 'accepted', providerId: 'gw-1' })
    expect(peer.received.get('e1:sms-t14:1')?.repeats).toBe(1)
  })

  test('that finds no gateway was certainly not sent', async () => {
    await peer.close()
    expect(await sendOne()).toMatchObject({
      kind: 'endpoint',
      mend: 'time',
      code: 'econnrefused',
      inDoubt: false,
    })
    peer = await startHttpGatewayPeer({ secret })
  })

  test('is given up when the dispatcher stops, and is unknown if it was on its way', async () => {
    peer.behave('hang')
    const stop = new AbortController()
    const sending = channel.send([sampleMessage()], stop.signal)
    await expect.poll(() => peer.requests).toBe(1)
    stop.abort()
    expect(await sending).toMatchObject([{ kind: 'unknown', code: 'abort_err' }])
    expect(await channel.send([sampleMessage()], stop.signal)).toMatchObject([{ kind: 'retry' }])
  })

  test('is believed by nobody who has another secret', async () => {
    const other = await startHttpGatewayPeer({ secret: 'another secret entirely', now: () => noon })
    await channel.close()
    channel = smsTo(other.url)
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', code: 'http-401' })
    expect(other.unsigned).toEqual(['mismatch'])
    await other.close()
  })
})
