import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type StreamMessage, streamMessage } from '../../../shared/api/system.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
let address = ''
beforeEach(async () => {
  server = await openTestApp()
  address = await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => server.close())

/** Hears the stream over a real connection; `next` waits for the first message that fits. */
async function hear(at = address, headers: Readonly<Record<string, string>> = {}) {
  const controller = new AbortController()
  const response = await fetch(`${at}/api/v1/brands/own/stream`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: controller.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) throw new Error('the stream has no body')
  const heard: StreamMessage[] = []
  let rest = ''
  const read = async (): Promise<boolean> => {
    const { done, value } = await reader.read()
    if (done) return false
    const events = `${rest}${value}`.split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events)
      if (event.startsWith('data: ')) heard.push(streamMessage.parse(JSON.parse(event.slice(6))))
    return true
  }
  const next = async (fits: (message: StreamMessage) => boolean): Promise<StreamMessage> => {
    for (;;) {
      const index = heard.findIndex(fits)
      const [found] = index < 0 ? [] : heard.splice(index, 1)
      if (found !== undefined) return found
      if (!(await read())) throw new Error('the stream has ended')
    }
  }
  const ended = async () => {
    while (await read()) heard.length = 0
    return true
  }
  return { type: response.headers.get('content-type'), next, ended, close: () => controller.abort() }
}

describe('the stream', () => {
  test('tells the clock first, then what happens', async () => {
    const stream = await hear()
    expect(stream.type).toContain('text/event-stream')
    expect(await stream.next(({ type }) => type === 'clock')).toMatchObject({ clock: { now: startAt } })
    const { id } = await publishJourney(server)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    expect(await stream.next(({ type }) => type === 'figures')).toMatchObject({ journeyId: 'gift' })
    await server.ask('POST', '/clock/advance', { to: Date.parse('2026-08-16T10:00:00+08:00') })
    expect(await stream.next(({ type }) => type === 'inbox')).toMatchObject({ added: expect.any(Number) })
    await stream.next((message) => message.type === 'clock' && message.clock.now > startAt)
    stream.close()
  })

  test('ends when the server stops, which does not wait for its listeners', async () => {
    const stream = await hear()
    await stream.next(({ type }) => type === 'clock')
    await server.app.close()
    expect(await stream.ended()).toBe(true)
  })

  test('is asked for as such', async () => {
    expectProblem(await server.ask('GET', '/stream', undefined, { accept: '*/*' }), 400, 'invalid-request')
    const other = await server.ask('GET', '/api/v1/brands/demo/stream', undefined, {
      accept: 'text/event-stream',
    })
    expectProblem(other, 404, 'not-found')
  })
})

test('a stream tells nothing more to whom was logged out', async () => {
  const password = 'correct horse battery'
  const house = await openTestApp({ password })
  try {
    const at = await house.app.listen({ host: '127.0.0.1', port: 0 })
    const comeIn = async () => {
      const { headers } = await house.ask('POST', '/api/v1/session', { password })
      return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' }
    }
    const [mine, hers] = [await comeIn(), await comeIn()]
    const streams = [await hear(at, mine), await hear(at, hers)] as const
    for (const stream of streams) await stream.next(({ type }) => type === 'clock')
    expect((await house.ask('DELETE', '/api/v1/sessions?keep=current', undefined, mine)).status).toBe(204)
    const moved = { to: startAt + 3_600_000 }
    expect((await house.ask('POST', '/clock/advance', moved, mine)).status).toBe(200)
    await streams[0].next((message) => message.type === 'clock' && message.clock.now > startAt)
    await expect(streams[1].next(({ type }) => type === 'clock')).rejects.toThrow('the stream has ended')
    streams[0].close()
  } finally {
    await house.close()
  }
})

test('a request that is no HTTP is told so too', async () => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('GET /api/v1/brands/own/customers?search=王 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const answer = await text(socket)
  expect(answer).toContain('application/problem+json')
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({
    code: 'invalid-request',
    status: 400,
  })
})
