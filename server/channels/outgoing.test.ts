import http from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGuard, type GuardOptions } from './guard.ts'
import { createOutgoing, type Outgoing } from './outgoing.ts'

let server: http.Server
let port: number
let requests = 0
let outgoing: Outgoing | null = null

beforeEach(async () => {
  requests = 0
  server = http.createServer((request, response) => {
    requests += 1
    if (request.url === '/moved') response.writeHead(302, { location: '/' })
    response.end('here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(async () => {
  await outgoing?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const toLoopback: LookupFunction = (_name, _options, done) => done(null, '127.0.0.1', 4)

function through(options: GuardOptions): typeof fetch {
  outgoing = createOutgoing(createGuard(options))
  return outgoing.fetch
}

test('reaches what the guard lets through, by the guard’s own look-up', async () => {
  const ask = through({ allowPrivate: true, resolve: toLoopback })
  const answer = await ask(`http://model.example:${port}/`)
  expect([answer.status, await answer.text()]).toEqual([200, 'here'])
})

test('asks nobody whom the guard forbids, by address or by name', async () => {
  const ask = through({ allowPrivate: false, resolve: toLoopback })
  for (const url of [`http://127.0.0.1:${port}/`, `http://model.example:${port}/`])
    await expect(ask(url)).rejects.toThrow()
  expect(requests).toBe(0)
})

test('follows no redirect', async () => {
  const ask = through({ allowPrivate: true })
  await expect(ask(`http://127.0.0.1:${port}/moved`)).rejects.toThrow()
  expect(requests).toBe(1)
})
