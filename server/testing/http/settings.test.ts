import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Brand } from '../../../shared/journey/brand.ts'
import { startOpenAiPeer } from '../peers/openai-peer.ts'
import { expectProblem, giftJourney, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ mode: 'live' })
})
afterEach(() => server.close())

interface Channels {
  channels: {
    id: string
    ready: boolean
    transport: string
    secretsSet: string[]
    fields: Record<string, unknown>
  }[]
}
interface Found {
  diagnostics: { code: string; field: string | null }[]
}
const channelsById = async (body: Promise<{ body: Channels }>) =>
  new Map((await body).body.channels.map((channel) => [channel.id, channel]))

describe('the brand', () => {
  test('is changed, and counts from then on', async () => {
    const { body } = await server.ask<Brand>('GET', '/settings/brand')
    const changed = { ...body, signature: '新签名', zone: 'Europe/Berlin' }
    expect((await server.ask('PUT', '/settings/brand', changed)).body).toEqual(changed)
    expect((await server.ask('GET', '/api/v1/system')).body).toMatchObject({
      mode: 'live',
      brands: [{ id: 'own', zone: 'Europe/Berlin', currency: 'CNY', sandbox: false }],
      loginRequired: false,
      ai: { configured: false, model: null },
    })
    const wrong = await server.ask('PUT', '/settings/brand', { ...body, zone: 'Moon/Base' })
    expectProblem(wrong, 400, 'invalid-request')
    expect(wrong.body).toMatchObject({ place: 'zone' })
    const deaf = await server.ask('PUT', '/settings/brand', { ...body, optOut: '不想收请回Q' })
    expectProblem(deaf, 400, 'invalid-request')
    expect(deaf.body).toMatchObject({ place: 'optOut', title: expect.stringContaining('拒收请回复R') })
  })

  test('has a name, and one that a list can show', async () => {
    const { body } = await server.ask<Brand>('GET', '/settings/brand')
    const named = (name: object) => server.ask('PUT', '/settings/brand', { ...body, name })
    const long = await named({ en: 'x'.repeat(121) })
    expectProblem(long, 422, 'name-too-long')
    expect(long.body).toMatchObject({ place: 'name.en' })
    for (const name of [{ en: '' }, { en: ' ', 'zh-CN': '' }])
      expectProblem(await named(name), 400, 'invalid-request')
    expect((await named({ en: 'x'.repeat(120), 'zh-CN': '' })).status).toBe(200)
  })

  test('keeps its currency once orders, coupons or published journeys are counted in it', async () => {
    const { body } = await server.ask<Brand>('GET', '/settings/brand')
    await server.ask('POST', '/events', {
      events: [{ id: 'o1', customerId: 'm1', name: 'order', amount: 12_800 }],
    })
    const refused = await server.ask('PUT', '/settings/brand', { ...body, currency: 'JPY', signature: '新' })
    expectProblem(refused, 409, 'currency-in-use')
    expect(refused.body).toMatchObject({ place: 'currency' })
    expect((await server.ask('GET', '/settings/brand')).body).toEqual(body)
  })
})

describe('channels', () => {
  const email = { host: '127.0.0.1', port: 1, secure: false, user: 'u', from: 'Shop <shop@example.com>' }
  const read = () => server.ask<Channels>('GET', '/settings/channels')

  test('say what they lack', async () => {
    const channels = await channelsById(read())
    expect(channels.get('email')).toMatchObject({ ready: false, transport: 'absent', secretsSet: [] })
    expect(channels.get('in_app')).toMatchObject({ ready: true, transport: 'real' })
    expectProblem(await server.ask('POST', '/settings/channels/email/test'), 409, 'channel-absent')
  })

  test('never tell a secret, and keep one that is left out', async () => {
    const secret = { password: 'deep secret of the mail server' }
    await server.ask('PUT', '/settings/channels/email', { ...email, ...secret })
    const again = await server.ask<Channels>('PUT', '/settings/channels/email', { ...email, user: 'v' })
    expect(again.text).not.toContain('deep secret')
    const channels = await channelsById(read())
    expect(channels.get('email')).toMatchObject({
      ready: true,
      transport: 'real',
      secretsSet: ['password'],
      fields: { host: '127.0.0.1', port: 1, user: 'v' },
    })
    expect(server.own.channels().has('email')).toBe(true)
    const verified = await server.ask<{ ok: boolean }>('POST', '/settings/channels/email/test')
    expect(verified.body).toMatchObject({ ok: false, detail: expect.any(String) })
    expect(verified.text).not.toContain('deep secret')
  })

  test('a wrong field is named and nothing is saved', async () => {
    const wrong = await server.ask('PUT', '/settings/channels/email', { ...email, port: 99_999 })
    expectProblem(wrong, 400, 'invalid-request')
    expect(wrong.body).toMatchObject({ place: 'email.port' })
    expect((await channelsById(read())).get('email')).toMatchObject({ ready: false })
    expectProblem(await server.ask('PUT', '/settings/channels/pigeon', {}), 404, 'not-found')
  })

  test('are taken away again', async () => {
    await server.ask('PUT', '/settings/channels/webhook', { secret: 'sixteen letters and more' })
    expect((await channelsById(read())).get('webhook')).toMatchObject({ ready: true, secretsSet: ['secret'] })
    expect((await server.ask('DELETE', '/settings/channels/webhook')).status).toBe(204)
    expect((await channelsById(read())).get('webhook')).toMatchObject({ ready: false, secretsSet: [] })
  })

  test('that nobody has set up are warned of by check and publication, in live mode alone', async () => {
    const warned = async () => {
      await server.ask('POST', '/journeys', { file: JSON.stringify(giftJourney()) })
      const found = await server.ask<Found>('POST', '/journeys/gift/check')
      const done = await server.ask<Found>('POST', '/journeys/gift/publish', { revision: 1 })
      return [found, done].map(({ body }) =>
        body.diagnostics.filter(({ code }) => code === 'channel-not-set-up').map(({ field }) => field),
      )
    }
    expect(await warned()).toEqual([['channels.sms'], ['channels.sms']])
    const sms = { url: 'https://sms.example.com/send', secret: 'sixteen letters and more' }
    await server.ask('PUT', '/settings/channels/sms', sms)
    const { diagnostics } = (await server.ask<Found>('POST', '/journeys/gift/check')).body
    expect(diagnostics.map(({ code }) => code)).not.toContain('channel-not-set-up')
    await server.close()
    server = await openTestApp()
    expect(await warned()).toEqual([[], []])
  })

  test('of a sandbox all lead to the phone', async () => {
    await server.close()
    server = await openTestApp()
    expect((await channelsById(read())).get('sms')).toMatchObject({ ready: true, transport: 'sandbox' })
    expect((await server.ask('POST', '/settings/channels/sms/test')).body).toMatchObject({ ok: true })
  })

  test('a relay that leads into one’s own network needs leave for it, which stays with the server', async () => {
    const email = { host: 'smtp.example.com', port: 587, secure: false, from: 'Shop <shop@example.com>' }
    const put = async (body: object) => {
      await server.ask('PUT', '/settings/channels/email', body)
      return (await channelsById(read())).get('email')?.fields.allowPrivate
    }
    expect(await put(email)).toBe(false)
    expect(await put({ ...email, allowPrivate: true })).toBe(true)
    expect(await put({ ...email, port: 25 })).toBe(true)
    expect(await put({ ...email, host: 'relay.example.com' })).toBe(false)
  })
})

describe('the model', () => {
  test('is chosen here, and its key is never told', async () => {
    expect((await server.ask('GET', '/settings/ai')).body).toEqual({
      baseUrl: null,
      model: null,
      keySet: false,
      fromEnvironment: false,
    })
    expectProblem(await server.ask('POST', '/settings/ai/test'), 503, 'ai-no-key')
    const peer = await startOpenAiPeer()
    const save = { baseUrl: peer.url, model: 'small', apiKey: 'sk-hidden-key' }
    const saved = await server.ask('PUT', '/settings/ai', save)
    expect(saved.body).toMatchObject({ baseUrl: peer.url, model: 'small', keySet: true })
    expect(saved.text).not.toContain('sk-hidden')
    const kept = await server.ask('PUT', '/settings/ai', { baseUrl: peer.url, model: 'smaller' })
    expect(kept.body).toMatchObject({ model: 'smaller', keySet: true })
    expect((await server.ask('POST', '/settings/ai/test')).body).toMatchObject({ ok: expect.any(Boolean) })
    expect((await server.ask('GET', '/api/v1/system')).body).toMatchObject({
      ai: { configured: true, model: 'smaller' },
    })
    const dropped = { baseUrl: null, model: null, apiKey: null }
    expect((await server.ask('PUT', '/settings/ai', dropped)).body).toMatchObject({ keySet: false })
    await peer.close()
  })

  test('whose name leads into one’s own network needs leave for it, which stays with the address', async () => {
    const baseUrl = 'https://models.example.com/v1'
    const put = async (body: object) => (await server.ask('PUT', '/settings/ai', body)).body
    expect(await put({ baseUrl, model: 'm' })).toMatchObject({ allowPrivate: false })
    expect(await put({ baseUrl, model: 'm', allowPrivate: true })).toMatchObject({ allowPrivate: true })
    expect(await put({ baseUrl, model: 'n' })).toMatchObject({ allowPrivate: true })
    expect(await put({ baseUrl: 'https://others.example.com/v1', model: 'n' })).toMatchObject({
      allowPrivate: false,
    })
  })

  test('an address that is none is refused', async () => {
    const wrong = await server.ask('PUT', '/settings/ai', { baseUrl: 'ftp://x', model: null })
    expectProblem(wrong, 400, 'invalid-request')
    expect(wrong.body).toMatchObject({ place: 'baseUrl' })
  })
})
