import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../shared/limits.ts'
import { createPolisher, type OpenPolisher, type PolisherParts } from './polisher.ts'
import type { AiSettings } from './settings.ts'

type Answering = (response: http.ServerResponse) => void

let answer: Answering
let asked: string[]
let server: http.Server
let port: number
let open: OpenPolisher | null = null

beforeEach(async () => {
  asked = []
  server = http.createServer((request, response) => {
    asked.push(String(request.url))
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server over TCP has such an address.
  port = (server.address() as AddressInfo).port
  answer = (response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ choices: [{ message: { content: '{"text":"ok"}' }, finish_reason: 'stop' }] }),
    )
  }
})
afterEach(async () => {
  await open?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Each look-up has the next of these; the last one stays. */
function answers(...addresses: readonly string[]) {
  let next = 0
  const lookup: LookupFunction = (_name, _options, done) => {
    const address = addresses[Math.min(next, addresses.length - 1)] ?? ''
    next += 1
    done(null, [{ address, family: address.includes(':') ? 6 : 4 }])
  }
  return { lookup, looked: () => next }
}

function verify(host: string, settings: AiSettings = {}, parts: PolisherParts = {}) {
  const all = { baseUrl: `http://${host}:${port}/v1`, model: 'small', maxRetries: 0, timeoutMs: 5000 }
  open = createPolisher({ ...all, ...settings }, parts)
  return open.verify()
}

describe('the model', () => {
  test('is not asked where its name leads into one’s own network', async () => {
    const found = await verify('models.example.com', {}, { resolve: answers('127.0.0.1').lookup })
    expect(found).toMatchObject({ ok: false, reason: 'network' })
    expect(found.detail).toContain('BLOCKED_ADDRESS')
    expect(asked).toEqual([])
  })

  test('is asked there where the settings allow it', async () => {
    const parts = { resolve: answers('127.0.0.1').lookup }
    expect(await verify('models.example.com', { allowPrivate: true }, parts)).toMatchObject({ ok: true })
  })

  test.each(['localhost', 'ollama', 'gpu.local', 'models.internal'])(
    'is asked at %s, which says that it is of one’s own network',
    async (host) => {
      expect(await verify(host, {}, { resolve: answers('127.0.0.1').lookup })).toMatchObject({ ok: true })
    },
  )

  test('is asked at a private address that was typed as such', async () => {
    expect(await verify('127.0.0.1')).toMatchObject({ ok: true })
  })

  test.each([
    ['http://169.254.169.254/v1', '169.254.169.254'],
    ['http://metadata.google.internal/v1', '169.254.169.254'],
    ['http://metadata/v1', '100.100.100.200'],
    ['http://[fe80::1]/v1', 'fe80::1'],
  ])('is never asked at %s', async (baseUrl, address) => {
    const parts = { resolve: answers(address).lookup }
    expect((await verify('', { baseUrl, allowPrivate: true }, parts)).detail).toContain('BLOCKED_ADDRESS')
  })

  test('is connected to by the one look-up that was judged, whatever the name leads to a moment later', async () => {
    const { lookup, looked } = answers('127.0.0.1', '169.254.169.254')
    const parts = { resolve: lookup }
    expect(await verify('models.example.com', { allowPrivate: true }, parts)).toMatchObject({ ok: true })
    expect(looked()).toBe(1)
  })

  test('that sends us elsewhere is not followed', async () => {
    answer = (response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end()
    }
    const found = await verify('127.0.0.1')
    expect(found.detail).toContain('REDIRECTED')
    expect(asked).toEqual(['/v1/chat/completions'])
  })

  test('that answers without end is broken off', async () => {
    let ended = false
    answer = (response) => {
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
      }
      response.setHeader('content-type', 'application/json')
      response.on('drain', more).on('close', () => {
        ended = true
      })
      more()
    }
    expect(await verify('127.0.0.1')).toMatchObject({ ok: false, reason: 'garbage' })
    await expect.poll(() => ended).toBe(true)
  })

  test('whose small answer unpacks to a large one is broken off', async () => {
    const bomb = gzipSync(Buffer.alloc(limits.modelAnswerSize.value * 8, ' '))
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    }
    const found = await verify('127.0.0.1')
    expect(bomb.byteLength).toBeLessThan(limits.modelAnswerSize.value)
    expect(found).toMatchObject({ ok: false, reason: 'garbage' })
    expect(found.detail).toContain('too long')
  })

  test('that begins an answer and goes silent is given up in time', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":')
    }
    expect(await verify('127.0.0.1', { timeoutMs: 200 })).toMatchObject({ ok: false, reason: 'timeout' })
  })

  test('is quoted shortened where it refuses, without its control characters', async () => {
    answer = (response) => {
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: `no\u001b[31m\n${'x'.repeat(1_000_000)}` } }))
    }
    const { detail } = await verify('127.0.0.1')
    expect(detail.length).toBeLessThan(400)
    expect(detail).not.toMatch(/\p{Cc}/u)
  })
})
