import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockAnswer } from '../../../shared/api/clock.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { killAll, startProcess } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-stop-'))

beforeAll(() => seedDemoFile(brandPath(folder, 'demo'), { members: 1500 }, sealDatabase))
afterAll(() => {
  killAll()
  rmSync(folder, { recursive: true, force: true })
})

/** A connection that sends a beginning, and then nothing; what it gets can be waited for. */
async function halfSent(url: string, beginning: string) {
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  let got = ''
  socket.on('data', (chunk) => {
    got += chunk.toString()
  })
  socket.on('error', () => undefined)
  socket.write(beginning)
  return {
    socket,
    closed: new Promise<string>((resolve) => socket.once('close', () => resolve(got))),
    async until(text: string) {
      while (!got.includes(text)) await once(socket, 'data')
      return got
    },
  }
}

const host = 'Host: localhost\r\n'
const post = (path: string, type: string, length: number) =>
  `POST ${path} HTTP/1.1\r\n${host}Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`
const upload = `${post('/api/v1/brands/own/imports', 'multipart/form-data; boundary=b', 1_000_000)}--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\r\n${'1,a\r\n'.repeat(2000)}`

describe('a server that is asked to stop', () => {
  test('ends in spite of connections that never come to an end, and leaves no rest of a file', async () => {
    const server = startProcess({ MAGPIE_DATA: folder, SHUTDOWN_GRACE: '1' })
    const url = await server.ready()
    const idle = await halfSent(url, '')
    const headers = await halfSent(url, `POST /api/v1/session HTTP/1.1\r\n${host}`)
    const body = await halfSent(url, `${post('/api/v1/session', 'application/json', 100)}{"pass`)
    const file = await halfSent(url, upload)
    const kept = await halfSent(url, `GET /healthz HTTP/1.1\r\n${host}\r\n`)
    await kept.until('"ok"')
    const stream = await halfSent(
      url,
      `GET /api/v1/brands/demo/stream HTTP/1.1\r\n${host}Accept: text/event-stream\r\n\r\n`,
    )
    await stream.until('clock')
    await expect.poll(() => readdirSync(join(folder, 'imports')).length, { timeout: 20_000 }).toBe(1)

    server.child.kill('SIGTERM')
    await server.until('Stopping')
    kept.socket.write(`GET /api/v1/system HTTP/1.1\r\n${host}\r\nGET /readyz HTTP/1.1\r\n${host}\r\n`)
    const refused = await kept.closed
    expect(refused).toMatch(/503 Service Unavailable.*"code":"stopping"/s)
    expect(refused).toMatch(/connection: close/i)
    expect((await server.ended).code).toBe(0)
    await Promise.all([idle, headers, body, file, stream].map(({ closed }) => closed))
    expect(readdirSync(join(folder, 'imports'))).toEqual([])
  }, 60_000)

  test('cuts a long move of the clock short, and says where the clock stands', async () => {
    const server = startProcess({ MAGPIE_DATA: folder })
    const url = await server.ready()
    const clock = async () => (await fetch(`${url}/api/v1/brands/demo/clock`)).json()
    const { now } = clockAnswer.parse(await clock())
    const move = fetch(`${url}/api/v1/brands/demo/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: now + 399 * 86_400_000 }),
    })
    await expect
      .poll(clock, { timeout: 20_000, interval: 10 })
      .toMatchObject({ moving: { from: expect.any(Number) } })
    server.child.kill('SIGTERM')
    const answer = await move
    expect(answer.status).toBe(200)
    const stood = clockAnswer.parse(await answer.json())
    expect(stood.moving).toBeNull()
    expect(stood.now).toBeLessThan(now + 399 * 86_400_000)
    expect((await server.ended).code).toBe(0)
  }, 60_000)

  test('ends at once at the second signal', async () => {
    const server = startProcess({ MAGPIE_DATA: folder, SHUTDOWN_GRACE: '600' })
    const url = await server.ready()
    await halfSent(url, `${post('/api/v1/session', 'application/json', 100)}{"pass`)
    server.child.kill('SIGTERM')
    await server.until('Stopping')
    server.child.kill('SIGTERM')
    expect((await server.ended).code).toBe(1)
  }, 60_000)
})
