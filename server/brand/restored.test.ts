import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { Channel, SendResult } from '../channels/channel.ts'
import { backupDatabase } from '../store/sqlite/backup.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { type TestClock, testClock } from '../testing/clock.ts'
import { testKeys } from '../testing/keys.ts'
import { memberOf } from '../testing/members.ts'
import { by, sketch } from '../testing/sketch.ts'
import type { BrandRuntime } from './brand.ts'
import { openBrand } from './runtime.ts'

/** A gateway that takes each key once, and says of a second that it has taken it. */
function gateway() {
  const keys = new Set<string>()
  const taken: { customerId: string; text: string; id: string }[] = []
  const state = { closed: false, swallowed: 0 }
  const away: SendResult = {
    kind: 'endpoint',
    mend: 'time',
    code: 'http-503',
    detail: 'closed',
    afterMs: null,
    inDoubt: false,
  }
  const channel: Channel = {
    id: 'sms',
    idempotent: true,
    batch: 50,
    async send(messages) {
      return messages.map(({ key, customerId, text, id }): SendResult => {
        if (state.closed) return away
        if (keys.has(key)) state.swallowed += 1
        else taken.push({ customerId, text, id })
        keys.add(key)
        return { kind: 'accepted', providerId: null }
      })
    },
    async close() {},
  }
  /** Whoever has been told the same twice. */
  const twice = () => {
    const told = taken.map(({ customerId, text }) => `${customerId} ${text}`)
    return told.filter((one, at) => told.indexOf(one) < at)
  }
  return { channel, taken, state, twice }
}

let folder: string
let path: string
let clock: TestClock
let sms: ReturnType<typeof gateway>
let db: BrandDatabase
let brand: BrandRuntime
let beat: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-restored-'))
  path = join(folder, 'own.sqlite')
  clock = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
  sms = gateway()
  await begin()
  const now = brand.now()
  addCustomers(
    db,
    Array.from({ length: 60 }, (_, index) => memberOf(`m${index}`, index + 1)),
    now,
  )
  const journey = sketch({
    nodes: {
      hand: by.hand(),
      joined: by.event('joined'),
      hello: by.sms('您好'),
      rest: by.rest('1 hour'),
      bye: by.sms('再见'),
      done: by.exit(),
    },
    flow: ['hand -> hello', 'joined -> hello', 'hello -> rest', 'rest -> bye', 'bye -> done'],
  })
  const { id, revision } = createJourney(db, { journey, now })
  publish(db, id, { revision, now, brand: brand.brand(), registry: brand.registry })
})
afterEach(async () => {
  await brand.close()
  rmSync(folder, { recursive: true })
})

async function begin(): Promise<void> {
  db = openDatabase(path, { durability: 'normal' })
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
    channels: () => new Map([['sms', sms.channel]]),
    heartbeat: (given) => {
      beat = given
      return () => undefined
    },
  })
}

/** Some beats, and what they set going beside the engine. */
async function goOn(ms = 0): Promise<void> {
  clock.advance(ms)
  for (let times = 0; times < 4; times += 1) {
    await beat()
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
}

const enter = (from: number, to: number) =>
  brand.engine.enter(
    brand.act(terminalActor),
    'journey',
    Array.from({ length: to - from }, (_, index) => `m${from + index}`),
  )
const tellJoined = (from: number, to: number, at = brand.now()) =>
  brand.ingest(
    Array.from({ length: to - from }, (_, index) => ({
      customerId: `m${from + index}`,
      event: { id: `j${from + index}`, name: 'joined', at, amount: null, properties: {} },
    })),
  )
async function layBack(file: string): Promise<void> {
  await brand.close()
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  cpSync(file, path)
  await begin()
}
const statuses = () =>
  Object.fromEntries(
    db.sqlite
      .prepare<[], { k: string; n: number }>(
        `select node || ' ' || status as k, count(*) as n from messages group by 1 order by 1`,
      )
      .all()
      .map(({ k, n }) => [k, n]),
  )
const hour = 3_600_000

/** Twenty have been greeted and ten wait for the gateway when it is backed up; then all go on to their end. */
async function liveOn(): Promise<string> {
  await enter(0, 20)
  await goOn()
  sms.state.closed = true
  await enter(20, 30)
  await goOn()
  const file = join(folder, 'backup.sqlite')
  await backupDatabase(db, file, clock.now())
  sms.state.closed = false
  await goOn(60_000)
  await tellJoined(30, 35)
  await goOn(hour + 60_000)
  expect(sms.taken).toHaveLength(70)
  return file
}

describe('after a backup was laid back', () => {
  test('nobody is told anything twice and nothing is swallowed, while what is new goes out at once', async () => {
    await layBack(await liveOn())
    await goOn()
    expect(sms.taken).toHaveLength(70)
    expect(statuses()).toEqual({ 'bye held': 30, 'hello held': 10, 'hello sent': 20 })
    await enter(40, 50)
    await tellJoined(50, 55)
    await goOn()
    expect(sms.taken).toHaveLength(85)
    await goOn(2 * hour)
    expect(sms.taken).toHaveLength(100)
    expect([sms.state.swallowed, sms.twice()]).toEqual([0, []])
    // A provider that counts by our numbers is told no number twice.
    expect(new Set(sms.taken.map(({ id }) => id)).size).toBe(100)
    expect(await brand.stores.messages.restored()).toMatchObject({ waiting: 40, kind: 'restored' })
  })

  test('a shop that tells again what happened in the lost time makes nobody hear of it twice', async () => {
    const joined = clock.now() + 60_000
    await layBack(await liveOn())
    await goOn()
    await tellJoined(30, 35, joined)
    await goOn()
    expect([sms.state.swallowed, sms.twice()]).toEqual([0, []])
    expect(statuses()).toMatchObject({ 'hello held': 15 })
  })

  test('what a person lets go is sent under the keys of before, by which the gateway knows it', async () => {
    await layBack(await liveOn())
    const decided = await brand.stores.messages.decideRestored(brand.act(terminalActor), { decision: 'send' })
    await goOn()
    expect([decided, sms.state.swallowed, sms.twice()]).toEqual([{ messages: 10, calls: 0 }, 10, []])
  })

  test('what a person drops is never sent', async () => {
    await layBack(await liveOn())
    await goOn()
    await brand.stores.messages.decideRestored(brand.act(terminalActor), { decision: 'drop' })
    await goOn(3 * hour)
    expect([sms.taken.length, sms.state.swallowed]).toEqual([70, 0])
  })
})

test('a process that only ends and begins again holds nothing', async () => {
  await liveOn()
  sms.state.closed = true
  await enter(35, 40)
  await goOn()
  await brand.close()
  await begin()
  sms.state.closed = false
  await goOn(hour)
  expect(sms.taken).toHaveLength(80)
  expect(await brand.stores.messages.restored()).toBeNull()
})
