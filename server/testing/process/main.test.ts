import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { killAll, startProcess } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-main-'))

beforeAll(() => seedDemoFile(brandPath(folder, 'demo'), { members: 50 }, sealDatabase))
afterAll(() => {
  killAll()
  rmSync(folder, { recursive: true, force: true })
})

const startServer = (env: Record<string, string>) => startProcess({ MAGPIE_DATA: folder, ...env })

describe('the server as a process', () => {
  test('tells where it is, keeps its data to itself, and stops when it is asked to', async () => {
    const server = startServer({})
    const output = await server.until('Magpie is ready: http://localhost:')
    const url = /http:\/\/localhost:\d+/.exec(output)?.[0] ?? ''
    expect((await fetch(`${url}/healthz`)).status).toBe(200)

    const second = await startServer({}).ended
    expect(second.code).toBe(1)
    expect(second.output).toContain('另一个鹊桥正在使用数据目录')
    expect(second.output).toContain('Another Magpie is using the data')

    const port = new URL(url).port
    const other = mkdtempSync(join(tmpdir(), 'magpie-main-'))
    seedDemoFile(brandPath(other, 'demo'), { members: 5 }, sealDatabase)
    const taken = await startServer({ PORT: port, MAGPIE_DATA: other }).ended
    rmSync(other, { recursive: true })
    expect(taken.code).toBe(1)
    expect(taken.output).toContain(`Port ${port} is taken`)

    server.child.kill('SIGTERM')
    expect((await server.ended).code).toBe(0)
  }, 60_000)

  test('keeps who is logged in over a restart', async () => {
    const password = 'correct horse battery'
    const start = async () => {
      const server = startServer({ MAGPIE_PASSWORD: password })
      const output = await server.until('Magpie is ready: http://localhost:')
      return { ...server, url: /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '' }
    }
    const first = await start()
    const login = await fetch(`${first.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    })
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    first.child.kill('SIGTERM')
    await first.ended
    const second = await start()
    const clock = `${second.url}/api/v1/brands/demo/clock`
    expect((await fetch(clock, { headers: { cookie } })).status).toBe(200)
    expect((await fetch(clock)).status).toBe(401)
    second.child.kill('SIGTERM')
    await second.ended
  }, 60_000)

  test('ends when the thread of the engine ends by an error, and says so', async () => {
    const program = join(folder, 'broken-works.mjs')
    writeFileSync(
      program,
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', ({ port }) => {
         port.postMessage({ kind: 'answer', id: 0 })
         port.on('message', () => { throw new Error('out of work') })
       })`,
    )
    const { code, output } = await startServer({ MAGPIE_WORKS: program }).ended
    expect(code).toBe(1)
    expect(output).toContain('the thread of the engine has ended by an error')
    expect(output).toContain('out of work')
  }, 60_000)

  test('listens for others only with a password', async () => {
    const { code, output } = await startServer({ HOST: '0.0.0.0' }).ended
    expect(code).toBe(1)
    expect(output).toContain('MAGPIE_PASSWORD')
    expect(output).not.toMatch(/^ +at /m)
  }, 30_000)
})
