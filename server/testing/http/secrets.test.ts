import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiPeer, startOpenAiPeer } from '../peers/openai-peer.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
let first: OpenAiPeer
let second: OpenAiPeer
beforeEach(async () => {
  server = await openTestApp({ mode: 'live' })
  first = await startOpenAiPeer()
  second = await startOpenAiPeer()
})
afterEach(async () => {
  await server.close()
  await first.close()
  await second.close()
})

interface Channels {
  channels: { id: string; ready: boolean; secretsSet: string[] }[]
}
const key = 'sk-of-the-first-model'
const model = 'small'

describe('the key of a model', () => {
  const choose = (baseUrl: string | null, more: object = {}) =>
    server.ask('PUT', '/settings/ai', { baseUrl, model, ...more })
  const tryIt = () => server.ask('POST', '/settings/ai/test')
  const keysHeard = ({ requests }: OpenAiPeer) => requests.map(({ authorization }) => authorization)

  test('is handed to the server that it was given for, by any path of it', async () => {
    await choose(first.url, { apiKey: key })
    expect((await choose(`${first.url}/`)).body).toMatchObject({ keySet: true })
    await tryIt()
    expect(keysHeard(first)).toEqual([`Bearer ${key}`])
  })

  test('is dropped with the address, and no other server ever hears it', async () => {
    await choose(first.url, { apiKey: key })
    expect((await choose(second.url)).body).toMatchObject({ keySet: false })
    await tryIt()
    expect(keysHeard(second)).toEqual([null])
    expect((await choose(first.url)).body).toMatchObject({ keySet: false })
    await tryIt()
    expect(keysHeard(first)).toEqual([null])
  })

  test('is not handed to the usual server when the address is emptied, nor to plain http', async () => {
    await choose('https://models.example.com/v1', { apiKey: key })
    expect((await choose('http://models.example.com/v1')).body).toMatchObject({ keySet: false })
    await choose('https://models.example.com/v1', { apiKey: key })
    expect((await choose(null)).body).toMatchObject({ keySet: false })
  })

  test('goes nowhere by a redirect', async () => {
    const away = createServer((_request, response) => response.writeHead(307, { location: second.url }).end())
    await new Promise<void>((listening) => away.listen(0, '127.0.0.1', listening))
    const address = away.address()
    const port = typeof address === 'object' ? address?.port : 0
    await choose(`http://127.0.0.1:${port}/v1`, { apiKey: key })
    expect((await tryIt()).body).toMatchObject({ ok: false })
    expect(keysHeard(second)).toEqual([])
    away.close()
  })

  test('of the new server may come with its address', async () => {
    await choose(first.url, { apiKey: key })
    expect((await choose(second.url, { apiKey: 'sk-other' })).body).toMatchObject({ keySet: true })
    await tryIt()
    expect(keysHeard(second)).toEqual(['Bearer sk-other'])
  })
})

describe('the secrets of a channel', () => {
  const relay = { host: 'smtp.example.com', port: 465, secure: true, from: 'Shop <shop@example.com>' }
  const login = { user: 'shop', password: 'deep secret of the mail server' }
  const hook = { secret: 'sixteen letters for the hooks' }
  const setUp = (id: string, fields: object) =>
    server.ask<Channels>('PUT', `/settings/channels/${id}`, fields)
  const setOf = async (id: string) =>
    (await server.ask<Channels>('GET', '/settings/channels')).body.channels.find((one) => one.id === id)
      ?.secretsSet

  test.each([
    ['another host', { host: 'smtp.evil.example' }],
    ['another port', { port: 2525 }],
    ['no TLS from the start', { secure: false }],
    ['no TLS at all', { secure: false, allowPlaintext: true }],
  ])('lose the password with %s, and keep what stays on this server', async (_change, change) => {
    await setUp('email', { ...relay, ...login, ...hook })
    expect((await setUp('email', { ...relay, user: 'shop', ...change })).status).toBe(200)
    expect(await setOf('email')).toEqual(['secret'])
    await setUp('email', { ...relay, user: 'shop' })
    expect(await setOf('email')).toEqual(['secret'])
  })

  test('stay where the relay is the same', async () => {
    await setUp('email', { ...relay, ...login })
    await setUp('email', { ...relay, user: 'other', host: 'SMTP.example.com' })
    expect(await setOf('email')).toEqual(['password'])
  })

  test('that a channel cannot do without are asked for again', async () => {
    await setUp('sms', { url: 'https://sms.example.com/send', secret: 'sixteen letters and more' })
    const refused = await setUp('sms', { url: 'https://evil.example/send' })
    expectProblem(refused, 409, 'secret-elsewhere')
    expect(refused.body).toMatchObject({
      place: 'sms.secret',
      details: { was: 'https://sms.example.com', now: 'https://evil.example' },
    })
    expect((await setUp('sms', { url: 'https://sms.example.com/v2' })).status).toBe(200)
    const again = { url: 'https://evil.example/send', secret: 'sixteen other letters' }
    expect((await setUp('sms', again)).status).toBe(200)
  })
})
