import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createJourney, getJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { type TestClock, testClock } from '../testing/clock.ts'
import { type FakeChannel, fakeChannel } from '../testing/fake-channel.ts'
import { testKeys } from '../testing/keys.ts'
import { memberOf } from '../testing/members.ts'
import { by, type Sketch, sketch } from '../testing/sketch.ts'
import type { BrandRuntime } from './brand.ts'
import { everySecond } from './live-time.ts'
import { type OpenBrand, openBrand } from './runtime.ts'

const hello: Sketch = {
  nodes: {
    hand: by.hand(),
    hello: by.sms('您好'),
    rest: by.rest('1 hour'),
    bye: by.sms('再见'),
    done: by.exit(),
  },
  flow: ['hand -> hello', 'hello -> rest', 'rest -> bye', 'bye -> done'],
}

let db: BrandDatabase
let clock: TestClock
let sms: FakeChannel
/** The heartbeat, beaten by the test. */
let beat: () => Promise<void>
let beating: boolean
let brand: BrandRuntime | null
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  clock = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
  sms = fakeChannel('sms')
  brand = null
})
afterEach(async () => {
  await brand?.close()
})

async function open(more: Partial<OpenBrand> = {}): Promise<BrandRuntime> {
  brand = await openBrand({
    id: 'own',
    db,
    mode: 'live',
    log: pino({ level: 'silent' }),
    baseUrl: () => 'https://shop.example.com',
    keys: testKeys,
    linkSecret: 's',
    publicId: 'p',
    ai: {},
    machineNow: clock.now,
    elapsed: clock.elapsed,
    channels: () => new Map([['sms', sms]]),
    heartbeat: (given) => {
      beat = given
      beating = true
      return () => {
        beating = false
      }
    },
    ...more,
  })
  return brand
}

function launch(runtime: BrandRuntime, members: number): void {
  const now = runtime.now()
  addCustomers(
    db,
    Array.from({ length: members }, (_, index) => memberOf(`m${index}`, index + 1)),
    now,
  )
  const { id, revision } = createJourney(db, { journey: sketch(hello), now })
  publish(db, id, { revision, now, brand: runtime.brand(), registry: runtime.registry })
}

/** One beat, and what it sets going beside the engine. */
async function beatAndRest(): Promise<void> {
  await beat()
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const everyone = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

describe('a live brand', () => {
  test('does what is due at the next beat, and goes on with the time of the machine', async () => {
    const runtime = await open()
    launch(runtime, 2)
    await runtime.engine.enter(runtime.act(terminalActor), 'journey', everyone(2))
    await beatAndRest()
    clock.advance(3_600_000)
    await beatAndRest()
    await runtime.close()
    brand = null
    expect(sms.handed.map(({ text }) => text.slice(6, 8))).toEqual(['您好', '您好', '再见', '再见'])
    expect(beating).toBe(false)
  })

  test('its clock cannot be moved', async () => {
    const runtime = await open()
    expect(runtime.clock()).toMatchObject({ now: clock.now(), sandbox: false, moving: null })
    await expect(runtime.advance(runtime.act(terminalActor), { by: 'day' })).rejects.toMatchObject({
      code: 'clock-real',
    })
  })

  test('messages leave no faster than the rate of their channel', async () => {
    writeBrand(db, brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', rates: { sms: 5 } }))
    const runtime = await open()
    launch(runtime, 12)
    await runtime.engine.enter(runtime.act(terminalActor), 'journey', everyone(12))
    const handed: number[] = []
    for (let second = 0; second < 4; second += 1) {
      await beatAndRest()
      handed.push(sms.handed.length)
      clock.advance(1000)
    }
    expect(handed).toEqual([5, 10, 12, 12])
  })

  test.each([-86_400_000, 30 * 86_400_000])(
    'a clock set by %d ms changes no rate of a channel',
    async (by) => {
      writeBrand(db, brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', rates: { sms: 5 } }))
      const runtime = await open()
      launch(runtime, 20)
      await runtime.engine.enter(runtime.act(terminalActor), 'journey', everyone(20))
      await beatAndRest()
      clock.set(by)
      await beatAndRest()
      expect(sms.handed).toHaveLength(5)
      clock.advance(1000)
      // What is queued is due by the time of day, which the house keeps from going back.
      clock.set(-Math.min(by, 0))
      await beatAndRest()
      expect(sms.handed).toHaveLength(10)
    },
  )

  test('what ran in a sandbox is paused when it goes live, so that nobody is written to by surprise', async () => {
    const sandbox = await open({ mode: 'sandbox' })
    launch(sandbox, 1)
    await sandbox.engine.enter(sandbox.act(terminalActor), 'journey', ['m0'])
    const live = await openBrandAgain()
    expect(getJourney(db, 'journey').status).toBe('paused')
    expect((await live.stores.audit.page({ limit: 1 })).entries).toMatchObject([
      { action: 'brand.went_live', actor: { kind: 'engine' }, detail: { paused: 1 } },
    ])
    await beatAndRest()
    expect(sms.handed).toEqual([])
  })

  test('a server that starts again finds its journeys running', async () => {
    launch(await open(), 1)
    await openBrandAgain()
    expect(getJourney(db, 'journey').status).toBe('live')
  })
})

describe('the heart', () => {
  test('beats once a second, and at once again after the clock was set, whichever way', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date'] })
    try {
      let beats = 0
      const end = everySecond(async () => {
        beats += 1
      })
      vi.advanceTimersByTime(5000)
      expect(beats).toBe(5)
      for (const by of [-180_000, -86_400_000, 86_400_000, 30 * 86_400_000]) {
        beats = 0
        vi.setSystemTime(Date.now() + by)
        vi.advanceTimersByTime(5000)
        expect(beats).toBe(5)
      }
      end()
      vi.advanceTimersByTime(5000)
      expect(beats).toBe(5)
    } finally {
      vi.useRealTimers()
    }
  })
})

/** Another process over the same data; the database of a test lives in memory, so it stays open. */
async function openBrandAgain(): Promise<BrandRuntime> {
  return open()
}

describe('unsubscribing', () => {
  test('marketing e-mails carry a link that says whom and what, and service e-mails none', async () => {
    const email = fakeChannel('email')
    const runtime = await open({ channels: () => new Map([['email', email]]) })
    const now = runtime.now()
    addCustomers(db, [memberOf('m0', 1)], now)
    const drawn: Sketch = {
      nodes: {
        hand: by.hand(),
        news: by.email('新品到了'),
        parcel: by.email('包裹发出了', { purpose: 'service' }),
        done: by.exit(),
      },
      flow: ['hand -> news', 'news -> parcel', 'parcel -> done'],
    }
    const { id, revision } = createJourney(db, { journey: sketch(drawn), now })
    publish(db, id, { revision, now, brand: runtime.brand(), registry: runtime.registry })
    await runtime.engine.enter(runtime.act(terminalActor), 'journey', ['m0'])
    await beatAndRest()
    const [news, parcel] = email.handed
    expect(news?.unsubscribeUrl).toMatch(/^https:\/\/shop\.example\.com\/u\//)
    expect(news?.html).toContain(news?.unsubscribeUrl)
    expect(news?.html).toContain('<p>新品到了</p>')
    expect(parcel?.unsubscribeUrl).toBeNull()
    expect(parcel?.html).not.toContain('/u/')
  })
})
