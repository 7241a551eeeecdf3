import { setMaxListeners } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../testing/peers/certificate.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { createGuard, type Guard } from './guard.ts'
import { type PostOutcome, post } from './post.ts'
import { idempotencyHeader, signedHeaders } from './signature.ts'

const secret = 'the-secret-of-the-gateway'

let peer: GatewayPeer
let guard: Guard

beforeEach(async () => {
  peer = await startHttpGatewayPeer({ secret })
  guard = createGuard({ allowPrivate: true })
})
afterEach(async () => {
  guard.close()
  await peer.close()
})

function send(
  key: string,
  { url = peer.url, answerMs = 2000, signal = new AbortController().signal, body = '{}' } = {},
) {
  const headers = { [idempotencyHeader]: key, ...signedHeaders(secret, key, body, Date.now()) }
  const limits = { answerLimit: 1000, connectMs: 2000, answerMs }
  return post(guard, { url: new URL(url), headers, body, signal, ...limits })
}

const told = (outcome: PostOutcome) => (outcome.kind === 'answer' ? outcome.status : outcome.kind)

/** Every one that a gateway took is known to have perhaps been taken, and every other one of `unsent` is at none. */
function expectTruth(keys: readonly string[], outcomes: readonly PostOutcome[]): void {
  for (const [index, key] of keys.entries())
    if (peer.received.has(key)) expect([key, outcomes[index]?.kind]).not.toEqual([key, 'unsent'])
}

describe('requests that wait behind busy connections', () => {
  test('are answered in their turn, however many they are', async () => {
    peer.behave('late')
    const keys = Array.from({ length: 200 }, (_, n) => `busy-${n}`)
    const outcomes = await Promise.all(keys.map((key) => send(key)))
    expect(new Set(outcomes.map(told))).toEqual(new Set([200]))
    expect(peer.received.size).toBe(200)
  })

  test('and whose answers are lost are in doubt, not unsent', async () => {
    peer.behave((nth) => (nth <= 64 ? 'accept' : 'reset-after'))
    const keys = Array.from({ length: 200 }, (_, n) => `lost-${n}`)
    const outcomes = await Promise.all(keys.map((key) => send(key)))
    expectTruth(keys, outcomes)
    expect(outcomes.filter(({ kind }) => kind === 'lost').length).toBe(136)
  })

  test('are held up by no limit of those before them, and unsent while nothing of them has left', async () => {
    peer.behave('hang-after')
    const stop = new AbortController()
    setMaxListeners(0, stop.signal)
    const keys = Array.from({ length: 136 }, (_, n) => `held-${n}`)
    const sending = keys.map((key) => send(key, { signal: stop.signal, answerMs: 60_000 }))
    await expect.poll(() => peer.received.size).toBe(128)
    stop.abort()
    const outcomes = await Promise.all(sending)
    expectTruth(keys, outcomes)
    expect(outcomes.filter(({ kind }) => kind === 'unsent').length).toBe(8)
  })
})

describe('a request', () => {
  test.each([
    ['continue-first', 200, true],
    ['late', 200, true],
    ['early-refusal', 413, false],
    ['half-answer', 'lost', true],
    ['half-refusal', 400, false],
    ['reset-after', 'lost', true],
    ['rst-after', 'lost', true],
    ['moved', 301, false],
    ['redirect-kept', 307, false],
    ['moved-kept', 308, false],
  ] as const)('that meets “%s” ends as %s', async (behaviour, expected, taken) => {
    peer.behave(behaviour)
    expect(told(await send('one'))).toBe(expected)
    expect(peer.received.has('one')).toBe(taken)
  })

  test('over a kept connection which the other side closes just then is in doubt', async () => {
    peer.behave('stale')
    expect(told(await send('first'))).toBe(200)
    expect(told(await send('second'))).toBe('lost')
    expect(told(await send('third'))).toBe(200)
  })

  test('larger than the gateway reads before it refuses ends by its refusal or in doubt', async () => {
    peer.behave('early-refusal')
    const outcome = await send('large', { body: `"${'x'.repeat(4_000_000)}"` })
    expect([413, 'lost']).toContain(told(outcome))
  })
})

describe('a gateway that speaks TLS', () => {
  let tls: GatewayPeer
  beforeEach(async () => {
    tls = await startHttpGatewayPeer({ secret, tls: selfSigned })
  })
  afterEach(() => tls.close())

  test('with a certificate that nobody trusts is told nothing', async () => {
    const outcome = await send('one', { url: tls.url })
    expect(outcome).toMatchObject({ kind: 'unsent', code: 'depth_zero_self_signed_cert' })
    expect(tls.requests).toBe(0)
  })

  test('where we speak none is told nothing that it could take', async () => {
    expect(told(await send('one', { url: tls.url.replace('https', 'http') }))).toBe('lost')
    expect(tls.requests).toBe(0)
  })

  test('that we expect and that speaks none is told nothing', async () => {
    expect(await send('one', { url: peer.url.replace('http', 'https') })).toMatchObject({ kind: 'unsent' })
    expect(peer.requests).toBe(0)
  })
})

describe('a server that takes no connection', () => {
  let deaf: Server | null = null
  afterEach(() => deaf?.close())

  test('refuses or is unknown by name: unsent', async () => {
    await peer.close()
    expect(await send('one')).toMatchObject({ kind: 'unsent', code: 'econnrefused' })
    expect(await send('one', { url: 'http://gateway.invalid/' })).toMatchObject({ kind: 'unsent' })
    peer = await startHttpGatewayPeer({ secret })
  })

  test('ends the handshake in the middle: unsent', async () => {
    deaf = createServer((socket) => socket.once('data', () => socket.end()))
    const port = await new Promise<number>((resolve) =>
      deaf?.listen(0, '127.0.0.1', () => {
        const address = deaf?.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      }),
    )
    expect(await send('one', { url: `https://127.0.0.1:${port}/` })).toMatchObject({ kind: 'unsent' })
    expect(told(await send('one', { url: `http://127.0.0.1:${port}/` }))).toBe('lost')
  })
})
