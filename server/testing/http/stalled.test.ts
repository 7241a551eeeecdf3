import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from './harness.ts'

let house: TestApp
let port = 0
let cookie = ''
beforeAll(async () => {
  house = await openTestApp({
    password: 'correct horse battery',
    patience: { bodyMs: 400, bytesPerSecond: 8_192, pauseMs: 1_500, progressBytes: 16 },
  })
  const entered = await house.ask('POST', '/api/v1/session', { password: 'correct horse battery' })
  cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
  await house.app.listen({ host: '127.0.0.1', port: 0 })
  const address = house.app.server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
})
afterAll(() => house.close())

/** Opens a connection, sends a beginning, and gathers what is answered until it is closed. */
async function begin(text: string) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  let got = ''
  socket.on('data', (chunk) => {
    got += chunk.toString()
  })
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(got)))
  await once(socket, 'connect')
  socket.write(text)
  return { socket, closed }
}

const head = (path: string, type: string, length: number, more = '') =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n${more}\r\n`
const login = head('/api/v1/session', 'application/json', 500)
const health = () => fetch(`http://127.0.0.1:${port}/healthz`)

const importing = '/api/v1/brands/own/imports'
const boundary = 'multipart/form-data; boundary=b'
const part = (field: string) => `--b\r\nContent-Disposition: form-data; name="${field}"`

describe('bodies that do not come', () => {
  test('are ended with the reason, fifty at once, while others are answered', async () => {
    const half = await Promise.all(Array.from({ length: 50 }, () => begin(`${login}{"password":"`)))
    expect((await health()).status).toBe(200)
    const told = await Promise.all(half.map(({ closed }) => closed))
    // The brake on logins answers most at once; their connections are not kept for the rest either.
    for (const text of told) expect(text).toMatch(/"code":"(request-timeout|too-many-requests)"/)
    expect(told.some((text) => /^HTTP\/1.1 408 .*"code":"request-timeout"/s.test(text))).toBe(true)
    expect((await health()).status).toBe(200)
  })

  test('nor a letter now and then keeps a connection', async () => {
    const { socket, closed } = await begin(head('/hooks/own/sms', 'application/json', 500))
    const drip = setInterval(() => socket.write(' '), 50)
    expect(await closed).toContain('"code":"request-timeout"')
    clearInterval(drip)
  })

  test('nor what was refused already: the rest is not waited for', async () => {
    const { closed } = await begin(`${head(importing, boundary, 1_000_000)}${part('file')}`)
    expect(await closed).toMatch(/^HTTP\/1.1 401 /)
  })

  test('a file may come slowly, and for long', async () => {
    const rows = Array.from({ length: 12 }, (_, row) => `slow${row},客户${row}\r\n`)
    const file = `${part('file')}; filename="a.csv"\r\n\r\nid,name\r\n${rows.join('')}\r\n`
    const body = Buffer.from(`${part('kind')}\r\n\r\ncustomers\r\n${file}--b--\r\n`)
    const { socket, closed } = await begin(
      head(importing, boundary, body.length, `Cookie: ${cookie}\r\nConnection: close\r\n`),
    )
    const size = Math.ceil(body.length / 12)
    for (let at = 0; at < body.length; at += size) {
      socket.write(body.subarray(at, at + size))
      await pause(150)
    }
    expect(await closed).toMatch(/^HTTP\/1.1 202 /)
  })

  test('a file that stands still is ended, and its beginning removed', async () => {
    const { closed } = await begin(
      `${head(importing, boundary, 1_000_000, `Cookie: ${cookie}\r\n`)}${part('file')}; filename="a.csv"\r\n\r\nid,name\r\n`,
    )
    const parts = () =>
      readdirSync(join(house.folder, 'imports')).filter((name) => !name.endsWith('.rejected.csv'))
    await expect.poll(parts, { interval: 10, timeout: 10_000 }).toHaveLength(1)
    expect(await closed).toContain('"code":"request-timeout"')
    await expect.poll(parts, { timeout: 10_000 }).toEqual([])
  })

  test('files that a process which ended has left are removed at the next start', async () => {
    const folder = join(house.folder, 'imports')
    for (const name of ['left.csv', 'kept.rejected.csv']) writeFileSync(join(folder, name), 'id\n')
    await house.restart()
    const names = readdirSync(folder)
    expect(names).toContain('kept.rejected.csv')
    expect(names).not.toContain('left.csv')
  })
})
