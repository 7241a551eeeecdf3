import { afterEach, describe, expect, test } from 'vitest'
import type { SessionList } from '../../../shared/api/system.ts'
import { expectProblem, openTestApp, type TestApp, type TestAppOptions } from './harness.ts'

const password = 'correct horse battery'
const opened: TestApp[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

async function open(options: TestAppOptions = {}): Promise<TestApp> {
  const server = await openTestApp({ password, loopback: false, ...options })
  opened.push(server)
  return server
}

const cookieOf = (headers: Readonly<Record<string, unknown>>) =>
  String(headers['set-cookie']).split(';')[0] ?? ''
const login = (server: TestApp, given: string, headers: Readonly<Record<string, string>> = {}) =>
  server.ask('POST', '/api/v1/session', { password: given }, headers)
const from = (address: string) => ({ 'x-forwarded-for': address })
const comeIn = async (server: TestApp, headers: Readonly<Record<string, string>> = {}) => ({
  cookie: cookieOf((await login(server, password, headers)).headers),
})
const isIn = async (server: TestApp, headers: Readonly<Record<string, string>>) =>
  (await server.ask('GET', '/journeys', undefined, headers)).status === 200

async function guessTenTimes(server: TestApp, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  for (let guess = 1; guess <= 10; guess += 1)
    expectProblem(await login(server, `guess ${guess}`, headers), 401, 'wrong-password')
}

describe('a guesser', () => {
  test('waits after ten wrong passwords, also where all ten come at once', async () => {
    const server = await open()
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, guess) => login(server, `guess ${guess}`)),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expectProblem(await login(server, password), 429, 'too-many-requests')
  })

  test('behind a proxy keeps nobody else out', async () => {
    const server = await open({ trustProxy: 1 })
    await guessTenTimes(server, from('203.0.113.9'))
    expectProblem(await login(server, password, from('203.0.113.9')), 429, 'too-many-requests')
    expect((await login(server, password, from('198.51.100.7'))).status).toBe(204)
  })

  test('gains nothing by saying that it asks for others, where no proxy is stated', async () => {
    const server = await open()
    for (let guess = 1; guess <= 10; guess += 1) await login(server, 'guess', from(`203.0.113.${guess}`))
    expectProblem(await login(server, 'guess', from('203.0.113.99')), 429, 'too-many-requests')
  })

  test('gains nothing by what it puts before the words of the proxy', async () => {
    const server = await open({ trustProxy: 1 })
    for (let guess = 1; guess <= 10; guess += 1)
      await login(server, 'guess', from(`192.0.2.${guess}, 203.0.113.9`))
    expectProblem(await login(server, 'guess', from('192.0.2.99, 203.0.113.9')), 429, 'too-many-requests')
  })

  test('gains nothing by the other addresses of its network of IPv6', async () => {
    const server = await open({ trustProxy: ['127.0.0.1'] })
    for (let guess = 1; guess <= 10; guess += 1) await login(server, 'guess', from(`2001:db8:1:2::${guess}`))
    expectProblem(await login(server, 'guess', from('2001:db8:1:2:ffff::1')), 429, 'too-many-requests')
    expectProblem(await login(server, 'guess', from('2001:db8:1:3::1')), 401, 'wrong-password')
  })

  test('does not keep out who is in: neither the pages nor another login', async () => {
    const server = await open()
    const mine = await comeIn(server)
    await guessTenTimes(server)
    expectProblem(await login(server, password), 429, 'too-many-requests')
    expect(await isIn(server, mine)).toBe(true)
    expect((await login(server, password, mine)).status).toBe(204)
  })
})

test('right passwords are not counted, however often', async () => {
  const server = await open()
  for (let time = 1; time <= 15; time += 1) expect((await login(server, password)).status).toBe(204)
})

describe('another password', () => {
  test('ends every session for good, also where the first comes back', async () => {
    const server = await open()
    const [early] = [await comeIn(server)]
    await server.restart('another correct horse')
    expect(await isIn(server, early)).toBe(false)
    await server.restart(password)
    expect(await isIn(server, early)).toBe(false)
    const late = await comeIn(server)
    await server.restart(password)
    expect(await isIn(server, late)).toBe(true)
  })

  test('and none at all in between, too', async () => {
    const server = await open({ loopback: true })
    const early = await comeIn(server)
    await server.restart(null)
    await server.restart(password)
    expect(await isIn(server, early)).toBe(false)
  })
})

describe('who is logged in', () => {
  const list = async (server: TestApp, headers: Readonly<Record<string, string>>) =>
    (await server.ask<SessionList>('GET', '/api/v1/sessions', undefined, headers)).body.sessions

  test('is listed by where and when, and nobody comes in by the list', async () => {
    const server = await open()
    const mine = await comeIn(server, { 'user-agent': `Firefox ${'x'.repeat(500)}` })
    const hers = await comeIn(server, { 'user-agent': 'curl' })
    const listed = await list(server, mine)
    expect(listed).toHaveLength(2)
    expect(listed.filter(({ current }) => current)).toMatchObject([
      {
        address: '127.0.0.1',
        agent: expect.stringMatching(/^Firefox x{192}$/),
        openedAt: expect.any(Number),
      },
    ])
    for (const { id } of listed)
      for (const { cookie } of [mine, hers]) expect(decodeURIComponent(cookie)).not.toContain(id)
    expectProblem(await server.ask('GET', '/api/v1/sessions'), 401, 'login-required')
  })

  test('is ended one by one, or everywhere', async () => {
    const server = await open()
    const [mine, hers, third] = [await comeIn(server), await comeIn(server), await comeIn(server)]
    const theirs = (await list(server, hers)).find(({ current }) => current)?.id ?? ''
    expect((await server.ask('DELETE', `/api/v1/sessions/${theirs}`, undefined, mine)).status).toBe(204)
    expect([await isIn(server, mine), await isIn(server, hers), await isIn(server, third)]).toEqual([
      true,
      false,
      true,
    ])
    expectProblem(await server.ask('DELETE', `/api/v1/sessions/${theirs}`, undefined, mine), 404, 'not-found')
    expect((await server.ask('DELETE', '/api/v1/sessions?keep=current', undefined, mine)).status).toBe(204)
    expect([await isIn(server, mine), await isIn(server, third)]).toEqual([true, false])
    expect((await server.ask('DELETE', '/api/v1/sessions', undefined, mine)).status).toBe(204)
    expect(await isIn(server, mine)).toBe(false)
  })
})

describe('the figures', () => {
  const token = 'a token of the operators'
  const bearing = (given: string) => ({ authorization: `Bearer ${given}` })
  const ask = (server: TestApp, headers: Readonly<Record<string, string>> = {}) =>
    server.ask('GET', '/metrics', undefined, headers)

  test('are read with the token, where others are listened to', async () => {
    const server = await open({ metricsToken: token })
    expectProblem(await ask(server), 401, 'metrics-refused')
    expectProblem(await ask(server, bearing('another token')), 401, 'metrics-refused')
    expect((await ask(server, bearing(token))).status).toBe(200)
    expect((await ask(server, await comeIn(server))).status).toBe(200)
  })

  test('are read by nobody where there is no token', async () => {
    const server = await open()
    for (const given of ['', 'undefined', 'null'])
      expectProblem(await ask(server, bearing(given)), 401, 'metrics-refused')
  })

  test('are read by this machine where it alone is listened to, and not through a proxy on it', async () => {
    const server = await open({ loopback: true, hosts: ['magpie.example'], metricsToken: token })
    expect((await ask(server)).status).toBe(200)
    for (const headers of [from('203.0.113.9'), { forwarded: 'for=203.0.113.9' }, { host: 'magpie.example' }])
      expectProblem(await ask(server, headers), 401, 'metrics-refused')
    expect((await ask(server, { ...from('203.0.113.9'), ...bearing(token) })).status).toBe(200)
  })
})

describe('behind a proxy', () => {
  const body = { name: { en: 'Mine' } }
  const publicUrl = 'https://magpie.example'
  const make = (server: TestApp, headers: Readonly<Record<string, string>>) =>
    server.ask('POST', '/journeys', body, headers)

  test('that changes the Host, pages of the stated address change things, and others do not', async () => {
    const server = await openTestApp({ publicUrl, hosts: ['magpie.example'] })
    opened.push(server)
    const host = '127.0.0.1:3000'
    expect((await make(server, { host, origin: publicUrl })).status).toBe(201)
    for (const origin of [
      'http://magpie.example',
      'https://evil.example',
      'https://magpie.example.evil.example',
    ])
      expectProblem(await make(server, { host, origin }), 403, 'origin-refused')
  })

  test('that is believed, the host is the one that was asked for', async () => {
    const server = await openTestApp({ trustProxy: 1 })
    opened.push(server)
    const asked = {
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'shop.example',
      origin: 'https://shop.example',
    }
    expect((await make(server, asked)).status).toBe(201)
    const doubted = await openTestApp()
    opened.push(doubted)
    expectProblem(await make(doubted, asked), 403, 'origin-refused')
  })

  test('the cookie goes back by https alone where that is the stated address', async () => {
    const server = await open({ publicUrl })
    const secure = async (host: string) =>
      String((await login(server, password, { host })).headers['set-cookie']).includes('; Secure')
    expect([await secure('magpie.example'), await secure('localhost:3000')]).toEqual([true, false])
  })
})
