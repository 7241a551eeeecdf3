import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { stopJourney } from '../journeys/life.ts'
import { createSigns, type Signs } from '../ports/signs.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { testKeys } from '../testing/keys.ts'
import { memberOf } from '../testing/members.ts'
import { startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { by, sketch } from '../testing/sketch.ts'
import { Workshop } from '../work/workshop.ts'
import type { BrandNews, BrandRuntime } from './brand.ts'
import { openBrand } from './runtime.ts'
import { startWorksThread, type WorksThread } from './works-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-works-'))
let thread: WorksThread
let brand: BrandRuntime | null = null
let files = 0

beforeAll(() => {
  thread = startWorksThread({
    program: null,
    onCrash: (error) => {
      throw error
    },
  })
})
afterEach(async () => {
  await brand?.close()
  brand = null
})
afterAll(async () => {
  await thread.close()
  rmSync(folder, { recursive: true, force: true })
})

const reminder = sketch({
  nodes: {
    cart: by.event('add_to_cart'),
    hello: by.sms('您好'),
    rest: by.rest('1 day'),
    bye: by.sms('再见'),
    done: by.exit(),
  },
  flow: ['cart -> hello', 'hello -> rest', 'rest -> bye', 'bye -> done'],
})

interface Opening {
  readonly of?: WorksThread
  readonly mode?: 'sandbox' | 'live'
  /** The thread cannot open the brand's file. */
  readonly lost?: boolean
  readonly workshop?: Workshop
}

/** A brand of a few members with a journey published, whose work goes on in the thread. */
async function open({
  of = thread,
  mode = 'sandbox',
  lost = false,
  workshop,
}: Opening = {}): Promise<BrandRuntime> {
  files += 1
  const opened = openDatabase(join(folder, `${files}.sqlite`))
  const db = lost ? { ...opened, path: folder } : opened
  writeBrand(db, brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null }))
  const runtime = await openBrand({
    id: 'own',
    db,
    mode,
    log: pino({ level: 'silent' }),
    baseUrl: () => 'https://shop.example.com',
    keys: testKeys,
    linkSecret: 's',
    publicId: 'p',
    ai: {},
    machineNow: Date.now,
    works: of.worksOf({ durability: 'normal', demo: false }),
    ...(workshop === undefined ? {} : { workshop }),
  })
  brand = runtime
  const now = runtime.now()
  addCustomers(
    db,
    ['王芳', '李雷'].map((name, index) => memberOf(name, index + 1)),
    now,
  )
  const { id, revision } = createJourney(db, { journey: reminder, now })
  publish(db, id, { revision, now, brand: runtime.brand(), registry: runtime.registry })
  return runtime
}

const carted = (runtime: BrandRuntime, customerId: string) => ({
  customerId,
  event: { id: `c-${customerId}`, name: 'add_to_cart', at: runtime.now(), amount: null, properties: {} },
})
const act = (runtime: BrandRuntime) => runtime.act(terminalActor)
const sent = async ({ stores }: BrandRuntime) => (await stores.messages.inbox({})).length

describe('the work of a brand in a thread of its own', () => {
  test('takes events, moves the clock, and tells what becomes of it', async () => {
    const runtime = await open()
    const news: BrandNews[] = []
    runtime.subscribe((one) => news.push(one))
    const before = runtime.now()
    expect(await runtime.ingest([carted(runtime, '王芳'), carted(runtime, 'stranger')])).toMatchObject({
      accepted: 1,
      outcomes: [{ status: 'accepted' }, { status: 'refused' }],
    })
    expect(await sent(runtime)).toBe(1)
    expect(await runtime.advance(act(runtime), { by: 'day' })).toMatchObject({
      now: before + 86_400_000,
      moving: null,
    })
    expect(runtime.now()).toBe(before + 86_400_000)
    expect(await sent(runtime)).toBe(2)
    expect(news.map(({ type }) => type)).toEqual(expect.arrayContaining(['figures', 'inbox', 'clock']))
  })

  test('ends a move of the clock where it has come to', async () => {
    let now = 0
    const workshop = new Workshop({
      program: null,
      inline: true,
      // Each look is two seconds after the one before.
      now: () => {
        now += 2000
        return now
      },
    })
    const runtime = await open({ workshop })
    await runtime.ingest([carted(runtime, '王芳')])
    const before = runtime.now()
    const moving = runtime.advance(act(runtime), { to: before + 7 * 86_400_000 })
    const [seen] = workshop.open.list('own')
    expect(seen?.kind).toBe('move')
    workshop.open.end('own', seen?.id ?? '')
    const { now: ended } = await moving
    expect(ended).toBeLessThan(before + 7 * 86_400_000)
    expect(runtime.clock()).toMatchObject({ now: ended, moving: null })
  })

  test('what cannot be done is said in the words of its problem', async () => {
    const runtime = await open()
    await expect(runtime.engine.enter(act(runtime), 'other', ['王芳'])).rejects.toMatchObject({
      code: 'journey-not-live',
      details: { journey: 'other' },
    })
    await expect(runtime.advance(act(runtime), { to: runtime.now() - 1 })).rejects.toMatchObject({
      code: 'clock-target',
      place: 'to',
    })
  })

  test('a brand that it cannot open is refused, and holds up no other', async () => {
    await expect(open({ lost: true })).rejects.toMatchObject({ code: 'folder-unusable' })
    await thread.reached()
    expect(await sent(await open())).toBe(0)
  })

  test('stands still while somebody else has the turn, and goes on afterwards', async () => {
    const runtime = await open()
    let taken: Promise<unknown> = Promise.resolve()
    await runtime.engine.exclusive(async () => {
      taken = runtime.ingest([carted(runtime, '王芳')])
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await sent(runtime)).toBe(0)
    })
    await taken
    expect(await sent(runtime)).toBe(1)
    await expect(
      runtime.engine.exclusive(() => Promise.reject(new Error('no'))),
      'a turn that fails is given back',
    ).rejects.toThrow('no')
    await runtime.ingest([carted(runtime, '李雷')])
    expect(await sent(runtime)).toBe(2)
  })

  test('a stop from here takes out whom the thread has let in', async () => {
    const runtime = await open()
    await runtime.ingest([carted(runtime, '王芳'), carted(runtime, '李雷')])
    expect(await stopJourney(runtime, terminalActor, { id: 'journey' })).toEqual({
      status: 'stopped',
      left: 2,
    })
    await runtime.advance(act(runtime), { by: 'day' })
    expect(await sent(runtime)).toBe(2)
  })
})

test('a live brand sends through a channel that is set up while it works', async () => {
  const secret = 'a secret between gateway and shop'
  const gateway = await startHttpGatewayPeer({ secret })
  try {
    const runtime = await open({ mode: 'live' })
    await runtime.stores.settings.saveChannel(act(runtime), 'sms', {
      url: gateway.url,
      secret,
      allowPrivate: true,
    })
    await runtime.reconfigure('channels')
    await runtime.ingest([carted(runtime, '王芳')])
    await expect.poll(() => gateway.received.size, { timeout: 10_000 }).toBe(1)
    expect(gateway.unsigned).toEqual([])
  } finally {
    await gateway.close()
  }
})

test('a thread that ends by an error says so, and refuses what is asked of it', async () => {
  const program = join(folder, 'broken.mjs')
  writeFileSync(program, `throw new Error('broken')`)
  const told: Error[] = []
  const broken = startWorksThread({ program, onCrash: (error) => told.push(error) })
  await expect(open({ of: broken })).rejects.toThrow('broken')
  await expect(open({ of: broken })).rejects.toThrow('broken')
  expect(told.map(({ message }) => message)).toEqual(['broken'])
})

describe('a thread that does not go on', () => {
  const block = join(folder, 'block')
  const program = join(folder, 'blockable.mjs')
  /** The thread of the work, which stands still for good as soon as there is a file of that name. */
  const blockable = `
    import { existsSync, readFileSync, rmSync } from 'node:fs'
    const { register } = await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    register()
    await import(${JSON.stringify(new URL('./works-worker.ts', import.meta.url).href)})
    setInterval(() => {
      if (!existsSync(${JSON.stringify(block)})) return
      const how = readFileSync(${JSON.stringify(block)}, 'utf8')
      rmSync(${JSON.stringify(block)})
      if (how === 'throw') throw new Error('an error that nobody catches')
      for (;;);
    }, 10)
  `

  async function openWatched(restarts: number, stillMs: number) {
    writeFileSync(program, blockable)
    const told: Error[] = []
    const signs = createSigns(() => 0)
    const patience = { roundMs: 100, signMs: 1000, stillMs, restarts }
    const of = startWorksThread({ program, signs, patience, onCrash: (error) => told.push(error) })
    return { of, told, signs, runtime: await open({ of }) }
  }
  const names = (signs: Signs) => signs.unwell().map(({ name }) => name)

  test('is seen, ended and followed by another, which goes on where the files say', async () => {
    const { of, told, signs, runtime } = await openWatched(3, 2500)
    await runtime.ingest([carted(runtime, '王芳')])
    expect(signs.unwell()).toEqual([])
    writeFileSync(block, 'stand')
    await expect.poll(() => names(signs), { timeout: 20_000 }).toContain('heart-still')
    const meanwhile = runtime.ingest([carted(runtime, '李雷'), carted(runtime, '王芳')])
    const refused = runtime.engine.enter(act(runtime), 'journey', ['王芳'])
    await expect(refused).rejects.toMatchObject({ code: 'engine-restarted' })
    expect(await meanwhile).toMatchObject({ accepted: 1, duplicates: 1 })
    await expect.poll(() => names(signs), { timeout: 20_000 }).toEqual(['engine-restarted'])
    await runtime.advance(act(runtime), { by: 'day' })
    expect(await sent(runtime)).toBe(4)
    expect(told).toEqual([])
    await runtime.close()
    brand = null
    await of.close()
  })

  test('keeps whoever has the turn alone until it is given back', async () => {
    const { of, runtime } = await openWatched(3, 60_000)
    let ingested = false
    const taken = await runtime.engine.exclusive(async () => {
      writeFileSync(block, 'throw')
      const going = runtime.ingest([carted(runtime, '王芳')]).then(() => {
        ingested = true
      })
      await expect.poll(() => existsSync(block), { timeout: 20_000 }).toBe(false)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(ingested).toBe(false)
      return { going }
    })
    await taken.going
    expect(await sent(runtime)).toBe(1)
    await runtime.close()
    brand = null
    await of.close()
  })

  test('is given up after so many times in an hour, and the server with it', async () => {
    const { of, told, runtime } = await openWatched(1, 60_000)
    for (const how of ['throw', 'throw']) {
      await runtime.ingest([carted(runtime, '王芳')])
      writeFileSync(block, how)
      await expect.poll(() => existsSync(block), { timeout: 20_000 }).toBe(false)
    }
    await expect.poll(() => told.map(({ message }) => message)).toEqual(['an error that nobody catches'])
    await expect(runtime.ingest([carted(runtime, '李雷')])).rejects.toThrow('nobody catches')
    await runtime.close().catch(() => undefined)
    brand = null
    await of.close()
  })
})
