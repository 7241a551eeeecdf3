import { describe, expect, test } from 'vitest'
import { testClock } from '../testing/clock.ts'
import { aRequest } from './fixtures.ts'
import type { Polisher, PolishFailureReason, PolishRequest, PolishResult } from './polish.ts'
import { createPool } from './pool.ts'

const { elapsed } = testClock(0)

const never = new AbortController().signal

function polished(text: string): PolishResult {
  return { ok: true, text, model: 'm', prompt: 'p', inputTokens: 1, outputTokens: 1, costMilli: null }
}

function failed(reason: PolishFailureReason): PolishResult {
  return { ok: false, reason, detail: 'the server is down', retryable: true, model: 'm', prompt: 'p' }
}

function requests(count: number): PolishRequest[] {
  return Array.from({ length: count }, (_, index) => aRequest({ sop: `message ${index}` }))
}

/** A polisher whose answers the test gives one by one. */
function heldPolisher() {
  const held: { request: PolishRequest; give: (result: PolishResult) => void }[] = []
  const polisher: Polisher = {
    model: 'm',
    polish: (request, signal) =>
      new Promise((give, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        held.push({ request, give })
      }),
    verify: async () => ({ ok: true, detail: '', reason: null, model: null }),
  }
  return { polisher, held }
}

/** A polisher that answers at once by the test's rule, and counts. */
function quickPolisher(rule: (request: PolishRequest) => PolishResult) {
  const asked: string[] = []
  const polisher: Polisher = {
    model: 'm',
    async polish(request) {
      asked.push(request.sop)
      return rule(request)
    },
    verify: async () => ({ ok: true, detail: '', reason: null, model: null }),
  }
  return { polisher, asked }
}

/** Lets all that is ready to run, run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('many requests', () => {
  test('come back in their order, each told as it comes', async () => {
    const { polisher, held } = heldPolisher()
    const told: number[] = []
    const run = createPool(polisher, { elapsed }).run(requests(3), never, (_, index) => {
      told.push(index)
    })
    await settle()
    for (const index of [2, 0, 1]) {
      held[index]?.give(polished(`text ${index}`))
      await settle()
    }
    expect(told).toEqual([2, 0, 1])
    expect((await run).map((result) => result?.ok && result.text)).toEqual(['text 0', 'text 1', 'text 2'])
  })

  test('are asked eight at a time, over all runs of the pool', async () => {
    const { polisher, held } = heldPolisher()
    const pool = createPool(polisher, { elapsed })
    const runs = [pool.run(requests(6), never), pool.run(requests(6), never)]
    await settle()
    expect(held).toHaveLength(8)
    held[0]?.give(polished('x'))
    await settle()
    expect(held).toHaveLength(9)
    for (let next = 1; next < held.length; next++) {
      held[next]?.give(polished('x'))
      await settle()
    }
    const all = (await Promise.all(runs)).flat()
    expect(all.filter((result) => result?.ok)).toHaveLength(12)
  })

  test('of none end at once', async () => {
    expect(await createPool(heldPolisher().polisher, { elapsed }).run([], never)).toEqual([])
  })
})

describe('a stop', () => {
  test('leaves those without a result to be asked again', async () => {
    const { polisher, held } = heldPolisher()
    const stop = new AbortController()
    const pool = createPool(polisher, { elapsed, concurrency: 2 })
    const run = pool.run(requests(4), stop.signal)
    await settle()
    held[0]?.give(polished('done'))
    await settle()
    stop.abort(new Error('shutting down'))
    expect((await run).map((result) => result?.ok ?? null)).toEqual([true, null, null, null])
    expect(held).toHaveLength(3)
    expect(await pool.run(requests(1), stop.signal)).toEqual([null])
  })

  test('frees the places of those that waited for one', async () => {
    const { polisher, held } = heldPolisher()
    const stop = new AbortController()
    const pool = createPool(polisher, { elapsed, concurrency: 1 })
    const first = pool.run(requests(1), never)
    const second = pool.run(requests(1), stop.signal)
    const third = pool.run(requests(1), never)
    await settle()
    stop.abort()
    expect(await second).toEqual([null])
    held[0]?.give(polished('one'))
    await settle()
    held[1]?.give(polished('three'))
    expect([await first, await third].flat().map((result) => result?.ok)).toEqual([true, true])
  })

  test('also follows when a result cannot be kept, and the error is told', async () => {
    const { polisher, held } = heldPolisher()
    const pool = createPool(polisher, { elapsed, concurrency: 2 })
    const run = pool.run(requests(4), never, () => {
      throw new Error('the disk is full')
    })
    await settle()
    held[0]?.give(polished('x'))
    await expect(run).rejects.toThrow('the disk is full')
    expect(held).toHaveLength(2)
  })
})

describe('a server that is down', () => {
  function downPool(reason: PolishFailureReason = 'network') {
    const clock = testClock(1000)
    const server = { up: false }
    const { polisher, asked } = quickPolisher(() => (server.up ? polished('x') : failed(reason)))
    const settings = { elapsed: clock.elapsed, concurrency: 1, failures: 3, coolDownMs: 30_000 }
    return { clock, server, asked, pool: createPool(polisher, settings) }
  }

  test('is left alone after some failures in a row, and the rest fail fast for the same reason', async () => {
    const { pool, asked } = downPool('server-error')
    const results = await pool.run(requests(10), never)
    expect(asked).toHaveLength(3)
    expect(results[9]).toMatchObject({ ok: false, reason: 'server-error', retryable: true, prompt: null })
    expect(results[9]).toMatchObject({ detail: expect.stringContaining('after 3 failures in a row') })
    expect(pool.restMs).toBe(30_000)
  })

  test('is tried once after the cool-down, and left alone anew if it is still down', async () => {
    const { pool, asked, clock } = downPool()
    await pool.run(requests(5), never)
    clock.advance(30_000)
    await pool.run(requests(5), never)
    expect(asked).toHaveLength(4)
    expect(pool.restMs).toBe(30_000)
  })

  test.each([-86_400_000, 30 * 86_400_000])(
    'is tried no later and no sooner for a clock set by %d ms',
    async (by) => {
      const { pool, asked, clock } = downPool()
      await pool.run(requests(3), never)
      clock.set(by)
      await pool.run(requests(1), never)
      expect(asked).toHaveLength(3)
      clock.advance(30_000)
      await pool.run(requests(1), never)
      expect(asked).toHaveLength(4)
    },
  )

  test('is asked as before once it has answered', async () => {
    const { pool, asked, clock, server } = downPool()
    await pool.run(requests(5), never)
    clock.advance(30_000)
    server.up = true
    expect((await pool.run(requests(5), never)).every((result) => result?.ok)).toBe(true)
    expect(asked).toHaveLength(8)
    expect(pool.restMs).toBeNull()
  })

  test('is not meant by failures of the message, which break the row', async () => {
    for (const reason of ['check-failed', 'refused', 'garbage', 'rate-limited', 'no-key'] as const) {
      const { pool, asked } = downPool(reason)
      await pool.run(requests(10), never)
      expect(asked, reason).toHaveLength(10)
    }
  })

  test('is tried by one request only, while others are told to wait', async () => {
    const clock = testClock(0)
    const { polisher, held } = heldPolisher()
    const pool = createPool(polisher, { elapsed: clock.elapsed, failures: 1, coolDownMs: 10 })
    const first = pool.run(requests(1), never)
    await settle()
    held[0]?.give(failed('timeout'))
    await first
    clock.advance(10)
    const second = pool.run(requests(3), never)
    await settle()
    expect(held).toHaveLength(2)
    held[1]?.give(polished('x'))
    expect((await second).map((result) => result?.ok)).toEqual([true, false, false])
  })

  test('may be tried by the next one when a stop cut the trial short', async () => {
    const clock = testClock(0)
    const { polisher, held } = heldPolisher()
    const pool = createPool(polisher, { elapsed: clock.elapsed, failures: 1, coolDownMs: 10 })
    const first = pool.run(requests(1), never)
    await settle()
    held[0]?.give(failed('timeout'))
    await first
    clock.advance(10)
    const stop = new AbortController()
    const trial = pool.run(requests(1), stop.signal)
    await settle()
    stop.abort()
    await trial
    const next = pool.run(requests(1), never)
    await settle()
    held[2]?.give(polished('x'))
    expect((await next)[0]?.ok).toBe(true)
  })
})
