import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formOf, openTestApp, type TestApp } from './harness.ts'
import { writesTo } from './writes.ts'

let server: TestApp
let port = 0
beforeAll(async () => {
  server = await openTestApp()
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  const address = server.app.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => server.close())

/** Sends bytes as they are, ends, and answers what comes back: its status, and all of it. */
function raw(bytes: string | Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }))
    socket.end(bytes)
  })
}

const base = '/api/v1/brands/own'
const head = (method: string, path: string, headers: Readonly<Record<string, string | number>>) =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

async function expectUntouched(work: () => Promise<{ status: number; text: string }>): Promise<void> {
  const written = writesTo(server.db.path)
  const before = written()
  const { status, text } = await work()
  // 0: closed without a word, as a request that was never whole may be.
  expect(status < 500 && (status === 0 || status >= 400), text.slice(0, 300)).toBe(true)
  expect(text).not.toMatch(/node_modules|\.ts:\d+/)
  expect(written()).toBe(before)
  expect((await server.ask('GET', '/journeys')).status).toBe(200)
  const left = () => readdirSync(server.own.importsFolder).filter((name) => name.endsWith('.csv'))
  await expect.poll(left, { message: 'what was half sent is removed', timeout: 15_000 }).toEqual([])
}

const json = { 'content-type': 'application/json' }

describe('over a bare connection', () => {
  test.each<[string, string | Buffer]>([
    ['garbage', Buffer.from([0, 1, 2, 255, 13, 10, 13, 10])],
    ['an address with Chinese letters', 'GET /旅程 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a header too large', head('GET', '/healthz', { 'x-long': 'x'.repeat(100_000) })],
    [
      'a body shorter than it says',
      `${head('POST', `${base}/journeys`, { ...json, 'content-length': 100 })}{"name":`,
    ],
    ['a length that is none', `${head('POST', `${base}/journeys`, { ...json, 'content-length': '1x' })}{}`],
    ['a length below zero', `${head('POST', `${base}/journeys`, { ...json, 'content-length': -1 })}{}`],
    [
      'two lengths',
      `POST ${base}/journeys HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    ],
    [
      'a length and chunks',
      `${head('POST', `${base}/journeys`, { ...json, 'content-length': 2, 'transfer-encoding': 'chunked' })}0\r\n\r\n`,
    ],
    [
      'chunks that are none',
      `${head('POST', `${base}/journeys`, { ...json, 'transfer-encoding': 'chunked' })}zz\r\n{}\r\n`,
    ],
    [
      'a body of another charset',
      Buffer.concat([
        Buffer.from(head('POST', `${base}/journeys`, { ...json, 'content-length': 4 })),
        Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
      ]),
    ],
    ['a header of half a line', 'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type'],
    ['a percent sign by itself', head('GET', `${base}/journeys/%`, {})],
    ['a percent sign of no character', head('GET', `${base}/journeys/%ED%A0%80`, {})],
    ['a path upwards', head('GET', '/../../../../etc/passwd', {})],
    ['a method of nobody', head('BREW', '/healthz', {})],
  ])('%s is refused, and harms nothing', async (_what, bytes) => {
    await expectUntouched(() => raw(bytes))
  })
})

describe('a form', () => {
  const whole = formOf('id,name\nc1,王芳\n', {
    kind: 'customers',
    mapping: '{"id":"customer_id","name":"name"}',
  })
  const type = whole.headers['content-type']
  const boundary = type.split('boundary=')[1] ?? ''
  const send = (
    payload: string | Buffer,
    headers: Readonly<Record<string, string>> = { 'content-type': type },
  ) =>
    raw(
      Buffer.concat([
        Buffer.from(
          head('POST', `${base}/imports`, { ...headers, 'content-length': Buffer.byteLength(payload) }),
        ),
        Buffer.from(payload),
      ]),
    )
  const part = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

  test('cut off at any place is refused', async () => {
    for (let at = 0; at < whole.payload.length - 4; at += 23)
      await expectUntouched(() => send(whole.payload.subarray(0, at)))
  }, 120_000)

  test('whose length promises more than comes is refused', async () => {
    const said = { 'content-type': type, 'content-length': whole.payload.length + 50 }
    await expectUntouched(() =>
      raw(Buffer.concat([Buffer.from(head('POST', `${base}/imports`, said)), whole.payload])),
    )
  })

  test.each([
    ['with a field twice', `${part('kind', 'orders')}${part('kind', 'customers')}--${boundary}--\r\n`],
    ['with __proto__', `${part('__proto__', 'x')}--${boundary}--\r\n`],
    ['with constructor', `${part('constructor', 'x')}--${boundary}--\r\n`],
    [
      'with eleven fields',
      `${Array.from({ length: 11 }, (_, n) => part(`f${n}`, 'x')).join('')}--${boundary}--\r\n`,
    ],
    ['with a field of two megabytes', `${part('kind', 'x'.repeat(2_000_000))}--${boundary}--\r\n`],
    [
      'with a header of ten megabytes',
      `--${boundary}\r\ncontent-disposition: form-data; name="${'x'.repeat(10_000_000)}"\r\n\r\nx\r\n--${boundary}--\r\n`,
    ],
    ['without a name', `--${boundary}\r\ncontent-disposition: form-data\r\n\r\nx\r\n--${boundary}--\r\n`],
    ['of nothing', `--${boundary}--\r\n`],
    ['of another boundary', '--other\r\n\r\n--other--\r\n'],
  ])('%s is refused', async (_what, payload) => {
    await expectUntouched(() => send(payload))
  })

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=x',
    'text/csv',
  ])('sent as %s is refused', async (contentType) => {
    await expectUntouched(() => send(whole.payload, { 'content-type': contentType }))
  })

  test('with a quoted header of ten megabytes is looked at and refused', async () => {
    const { payload, headers } = formOf(`"${'x'.repeat(10_000_000)}",id\n1,2\n`, { kind: 'customers' })
    const bytes = Buffer.concat([
      Buffer.from(head('POST', `${base}/imports/inspect`, { ...headers, 'content-length': payload.length })),
      payload,
    ])
    await expectUntouched(() => raw(bytes))
  }, 60_000)
})

test('an upload that is refused before its end ends its connection, so that the next request finds its own', async () => {
  const form = { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': 5_000_000 }
  const fields = Object.entries(form).map(([name, value]) => `${name}: ${value}\r\n`)
  const first = `POST /api/v1/brands/none/imports HTTP/1.1\r\nHost: localhost\r\n${fields.join('')}\r\n`
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      heard += part
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
    socket.write(first + 'x'.repeat(10_000))
  })
  expect(text).toMatch(/^HTTP\/1\.1 404 /)
  expect(text.toLowerCase()).toContain('connection: close')
})
