import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wecom } from '../../../shared/channels/wecom.ts'
import { startWecomPeer, type WecomPeer } from '../../testing/peers/wecom-peer.ts'
import { createGuard } from '../guard.ts'
import { createWecomClient, type WecomClient } from './client.ts'

/** Another corp for each test: a token is the process's, and a port is given to one peer after another. */
let corps = 0
const corpOf = (count: number) => ({ corpId: `ww1234567890ab${count}`, secret: 'secret-of-customer-contact' })
let corp = corpOf(corps)
const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const followers = {
  path: 'externalcontact/get_follow_user_list',
  answer: z.object({ follow_user: z.array(z.string()) }),
}

let now: number
let peer: WecomPeer
let client: WecomClient
const clientWith = (more: object = {}) =>
  createWecomClient(
    wecom.settings.schema.parse({
      ...{ corpId: corp.corpId, contactSecret: corp.secret, callbackToken: 'QDG6eK', callbackAesKey: key },
      ...{ apiUrl: peer.url, allowPrivate: true, ...more },
    }),
    {
      guard: createGuard({ allowPrivate: true }),
      now: () => now,
      timeouts: { connectMs: 2000, answerMs: 2000 },
    },
  )
beforeEach(async () => {
  corps += 1
  corp = corpOf(corps)
  now = Date.parse('2026-08-11T10:00:00+08:00')
  peer = await startWecomPeer({ ...corp, now: () => now })
  peer.befriend('wm1', 'li')
  client = clientWith()
})
afterEach(async () => {
  client.close()
  await peer.close()
})

describe('the token', () => {
  test('is asked for once, by however many calls at the same time', async () => {
    const said = await Promise.all(Array.from({ length: 8 }, () => client.ask(followers)))
    expect(said.every(({ ok }) => ok)).toBe(true)
    expect(peer.callsOf('gettoken')).toHaveLength(1)
  })

  test('that has run out in the middle is renewed once, and the call made again', async () => {
    await client.ask(followers)
    peer.expireTokens()
    const said = await Promise.all(Array.from({ length: 5 }, () => client.ask(followers)))
    expect(said).toMatchObject(
      Array.from({ length: 5 }, () => ({ ok: true, value: { follow_user: ['li'] } })),
    )
    expect(peer.tokensGiven()).toBe(2)
    expect(peer.callsOf('gettoken')).toHaveLength(2)
  })

  test('is renewed by itself before it runs out', async () => {
    await client.ask(followers)
    now += 7_100_000
    await client.ask(followers)
    expect(peer.callsOf('gettoken')).toHaveLength(2)
    expect(peer.callsOf(followers.path)).toHaveLength(2)
  })

  test('that a wrong secret gets nobody is not asked for again and again', async () => {
    const wrong = clientWith({ contactSecret: 'not-the-secret-at-all' })
    const said = await wrong.ask(followers)
    expect(said).toMatchObject({ ok: false, errcode: 40001, failure: { kind: 'endpoint', mend: 'person' } })
    expect(peer.callsOf('gettoken')).toHaveLength(1)
    wrong.close()
  })
})

describe('what WeCom answers', () => {
  const failures = [
    ['rate', { kind: 'endpoint', mend: 'time', code: 'wecom-45009', afterMs: 60_000 }],
    ['busy', { kind: 'retry', code: 'wecom--1' }],
    ['page', { kind: 'unknown', code: 'wecom-no-answer' }],
    ['unavailable', { kind: 'endpoint', mend: 'time', code: 'http-503' }],
    ['error-after', { kind: 'unknown', code: 'http-500' }],
    ['reset-after', { kind: 'unknown' }],
  ] as const
  test.each(failures)('%s', async (behaviour, failure) => {
    peer.behave((path) => (path === 'gettoken' ? 'answer' : behaviour))
    expect(await client.ask(followers)).toMatchObject({ ok: false, failure })
  })

  test('tells neither secret nor token, though it repeats both', async () => {
    peer.behave((path) => (path === 'gettoken' ? 'answer' : 'echo'))
    const said = await client.ask({
      ...followers,
      path: 'externalcontact/send_welcome_msg',
      body: { s: corp.secret },
    })
    expect(said).toMatchObject({ ok: false, errcode: 40058 })
    expect(JSON.stringify(said)).not.toMatch(/token-\d|secret-of-customer/)
  })

  test('of a call that its secret is not for says who mends it', async () => {
    const said = await client.ask({ path: 'message/send', body: {}, answer: z.unknown() })
    expect(said).toMatchObject({ ok: false, errcode: 48002, failure: { kind: 'endpoint', mend: 'person' } })
  })
})
