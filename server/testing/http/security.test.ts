import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { localeOf } from '../../http/language.ts'
import { isMarked, markOf } from '../../http/password.ts'
import { expectProblem, openTestApp, type TestApp, type TestAppOptions, urlOf } from './harness.ts'

const password = 'correct horse battery'
const opened: TestApp[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

async function open(options: TestAppOptions = {}): Promise<TestApp> {
  const server = await openTestApp(options)
  opened.push(server)
  return server
}

const cookieOf = (headers: Readonly<Record<string, unknown>>) =>
  String(headers['set-cookie']).split(';')[0] ?? ''

describe('with a password', () => {
  test('nothing of a brand is answered before the login', async () => {
    const server = await open({ password })
    for (const path of ['/journeys', '/customers', '/settings/channels', '/clock', '/stream'])
      expectProblem(await server.ask('GET', path), 401, 'login-required')
    expectProblem(await server.ask('POST', '/events', { events: [] }), 401, 'login-required')
    expect((await server.ask('GET', '/api/v1/system')).body).toMatchObject({ loginRequired: true })
    expect((await server.ask('GET', '/healthz')).status).toBe(200)
  })

  test('a wrong password is told, and after ten the address has to wait', async () => {
    const server = await open({ password })
    const login = (given: string) => server.ask('POST', '/api/v1/session', { password: given })
    expectProblem(await login('guess'), 401, 'wrong-password')
    for (let guess = 2; guess <= 10; guess += 1) await login(`guess ${guess}`)
    const late = await login(password)
    expectProblem(late, 429, 'too-many-requests')
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('the session travels in a cookie that pages cannot read and other sites cannot send', async () => {
    const server = await open({ password })
    const login = await server.ask('POST', '/api/v1/session', { password })
    expect(login.status).toBe(204)
    expect(String(login.headers['set-cookie'])).toMatch(
      /^magpie_session=.*; Path=\/; .*HttpOnly; SameSite=Strict/i,
    )
    const encrypted = { 'x-forwarded-proto': 'https' }
    const proxied = await server.ask('POST', '/api/v1/session', { password }, encrypted)
    expect(String(proxied.headers['set-cookie'])).toContain('; Secure')
    const cookie = cookieOf(login.headers)
    expect((await server.ask('GET', '/journeys', undefined, { cookie })).status).toBe(200)
    expect((await server.ask('GET', '/api/v1/system', undefined, { cookie })).body).toMatchObject({
      loginRequired: false,
    })
    expect((await server.ask('DELETE', '/api/v1/session', undefined, { cookie })).status).toBe(204)
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie }), 401, 'login-required')
  })

  test('a session planted before the login is worth nothing after it', async () => {
    const server = await open({ password })
    const first = cookieOf((await server.ask('POST', '/api/v1/session', { password })).headers)
    const second = await server.ask('POST', '/api/v1/session', { password }, { cookie: first })
    expect(cookieOf(second.headers)).not.toBe(first)
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie: first }), 401, 'login-required')
    const forged = `${first.slice(0, -4)}AAAA`
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie: forged }), 401, 'login-required')
  })

  test('a restart logs nobody out, and nobody in who had logged out', async () => {
    const server = await open({ password })
    const login = async () => cookieOf((await server.ask('POST', '/api/v1/session', { password })).headers)
    const [mine, hers] = [await login(), await login()]
    await server.ask('DELETE', '/api/v1/session', undefined, { cookie: hers })
    await server.restart()
    expect((await server.ask('GET', '/journeys', undefined, { cookie: mine })).status).toBe(200)
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie: hers }), 401, 'login-required')
    await server.ask('DELETE', '/api/v1/session', undefined, { cookie: mine })
    await server.restart()
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie: mine }), 401, 'login-required')
  })

  test('another password ends every session', async () => {
    const server = await open({ password })
    const cookie = cookieOf((await server.ask('POST', '/api/v1/session', { password })).headers)
    await server.restart('another correct horse')
    expectProblem(await server.ask('GET', '/journeys', undefined, { cookie }), 401, 'login-required')
  })

  test('passwords are compared whole', async () => {
    const mark = await markOf('secret')
    expect(await isMarked('secret', mark)).toBe(true)
    expect(await isMarked('secre', mark)).toBe(false)
    expect(await isMarked('', mark)).toBe(false)
    expect(mark).not.toBe(await markOf('secret'))
  })
})

describe('without a password, on this machine', () => {
  test('no login is asked for', async () => {
    const server = await open()
    expect((await server.ask('GET', '/journeys')).status).toBe(200)
    expect((await server.ask('POST', '/api/v1/session', { password: 'any' })).status).toBe(204)
    expect((await server.ask('DELETE', '/api/v1/session')).status).toBe(204)
  })

  test('a foreign host name is refused, as a rebound name would be', async () => {
    const server = await open()
    const answer = await server.ask('GET', '/api/v1/system', undefined, { host: 'evil.example:3000' })
    expectProblem(answer, 403, 'host-refused')
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'shop.localhost'])
      expect((await server.ask('GET', '/api/v1/system', undefined, { host })).status, host).toBe(200)
  })

  test('where other machines may come, any host name is answered', async () => {
    const server = await open({ loopback: false, password })
    const answer = await server.ask('GET', '/api/v1/system', undefined, { host: 'magpie.example' })
    expect(answer.status).toBe(200)
  })

  test('a page of another site changes nothing', async () => {
    const server = await open()
    const body = { name: { en: 'Planted' } }
    const host = 'localhost:3000'
    for (const headers of [
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
      { host, 'sec-fetch-site': 'cross-site' },
    ])
      expectProblem(await server.ask('POST', '/journeys', body, headers), 403, 'origin-refused')
    const own = { host, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
    expect((await server.ask('POST', '/journeys', body, own)).status).toBe(201)
    expect((await server.ask('POST', '/journeys', body)).status).toBe(201)
  })
})

describe('faults are told as problems', () => {
  test('in the language that was asked for', async () => {
    const server = await open()
    const zh = await server.ask('GET', '/journeys/none', undefined, { 'accept-language': 'zh-CN,en;q=0.5' })
    const en = await server.ask('GET', '/journeys/none', undefined, { 'accept-language': 'fr, en;q=0.8' })
    expect(zh.body).toMatchObject({ title: '没有找到「none」' })
    expect(en.body).toMatchObject({ title: 'none was not found' })
    expect([localeOf(undefined), localeOf('en-GB'), localeOf('*;q=0.1'), localeOf('en;q=0, zh')]).toEqual([
      'zh-CN',
      'en',
      'zh-CN',
      'zh-CN',
    ])
  })

  test('an unknown brand, address or method', async () => {
    const server = await open()
    expectProblem(await server.ask('GET', '/api/v1/brands/demo/journeys'), 404, 'not-found')
    expectProblem(await server.ask('GET', '/api/v1/nothing'), 404, 'not-found')
    const wrong = await server.ask('DELETE', '/clock')
    expectProblem(wrong, 405, 'method-not-allowed')
    expect(wrong.headers.allow).toContain('GET')
    expectProblem(await server.ask('GET', '/nothing-here'), 404, 'not-found')
  })

  test('a body in another encoding, which would spoil its names', async () => {
    const server = await open()
    const gb18030 = Buffer.from('7b226e616d65223a7b227a682d434e223a22c6dfcfa6227d7d', 'hex')
    const { statusCode, body } = await server.app.inject({
      method: 'POST',
      url: urlOf('/journeys'),
      headers: { 'content-type': 'application/json', host: 'localhost' },
      payload: gb18030,
    })
    expect({ statusCode, body: JSON.parse(body) }).toMatchObject({
      statusCode: 400,
      body: { code: 'body-encoding' },
    })
    expect((await server.ask('GET', '/journeys')).body).toEqual({ journeys: [] })
  })

  test('a body that is not JSON, of another kind, or too large', async () => {
    const server = await open()
    const json = { 'content-type': 'application/json' }
    expectProblem(await server.ask('POST', '/journeys', '{"name":', json), 400, 'invalid-request')
    const xml = await server.ask('POST', '/journeys', '<a/>', { 'content-type': 'application/xml' })
    expectProblem(xml, 415, 'unsupported-media')
    const plain = await server.ask('POST', '/journeys', '{}', { 'content-type': 'text/plain' })
    expectProblem(plain, 415, 'unsupported-media')
    const large = JSON.stringify({ password: 'x'.repeat(1_100_000) })
    const answer = await server.ask('POST', '/api/v1/session', large, json)
    expectProblem(answer, 413, 'body-too-large')
    expect(answer.body).toMatchObject({ details: { limit: '1 MB' } })
  })

  test('a wrong field is named', async () => {
    const server = await open()
    const answer = await server.ask('POST', '/clock/advance', { by: 'century' })
    expectProblem(answer, 400, 'invalid-request')
    const query = await server.ask('GET', '/customers?limit=9999')
    expectProblem(query, 400, 'invalid-request')
    expect(query.body).toMatchObject({ place: 'limit', issues: [{ place: 'limit' }] })
  })

  test('a fault of our own says its number and no more', async () => {
    const server = await open()
    server.db.sqlite.exec('drop table journeys')
    const answer = await server.ask('GET', '/journeys')
    expectProblem(answer, 500, 'internal')
    expect(answer.text).not.toContain('no such table')
    expectProblem(await server.ask('GET', '/readyz'), 503, 'not-ready')
  })

  test('a malformed address', async () => {
    const server = await open()
    const answer = await server.ask('GET', '/api/v1/%E0%A4%A')
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'invalid-request' })
  })
})

describe('what every answer carries', () => {
  test('headers that keep browsers careful, and no demand for HTTPS', async () => {
    const server = await open()
    const { headers } = await server.ask('GET', '/api/v1/system')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  test('health and figures', async () => {
    const server = await open()
    expect((await server.ask('GET', '/healthz')).body).toEqual({ status: 'ok' })
    expect((await server.ask('GET', '/readyz')).body).toEqual({ status: 'ok' })
    await server.ask('GET', '/journeys')
    const { text } = await server.ask('GET', '/metrics')
    expect(text).toMatch(/magpie_http_request_duration_seconds_count\{[^}]*route="[^"]*journeys"/)
    expect(text).toContain('magpie_enrollments{brand="own",state="in_flight"} 0')
  })
})

describe('the web application', () => {
  test('any address of a page is answered by it; files last, pages are fresh', async () => {
    const webRoot = mkdtempSync(join(tmpdir(), 'magpie-web-'))
    mkdirSync(join(webRoot, 'assets'))
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Magpie</title>')
    writeFileSync(join(webRoot, 'assets', 'app-1.js'), 'export {}')
    const server = await open({ webRoot })
    const html = { accept: 'text/html' }
    const page = (url: string) => server.app.inject({ url, headers: html })
    for (const url of ['/', '/own/journeys/gift', '/login']) {
      const answer = await page(url)
      expect([answer.statusCode, answer.headers['cache-control']], url).toEqual([200, 'no-cache'])
      expect(answer.body).toContain('Magpie')
    }
    const script = await page('/assets/app-1.js')
    expect(script.headers['cache-control']).toContain('immutable')
    expect((await page('/assets/app-2.js')).statusCode).toBe(404)
    expect((await page('/api/v1/nothing')).headers['content-type']).toContain('application/problem+json')
    rmSync(webRoot, { recursive: true })
  })
})
