import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { backupDatabase } from '../store/sqlite/backup.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { writeMeta } from '../store/sqlite/settings/meta.ts'
import { type TestClock, testClock } from '../testing/clock.ts'
import { testKeys } from '../testing/keys.ts'
import { memberOf } from '../testing/members.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { by, sketch } from '../testing/sketch.ts'
import type { BrandRuntime } from './brand.ts'
import { openBrand } from './runtime.ts'

const secret = 'a secret of the test, long enough'
const hour = 3_600_000
const names = ['m0', 'm1', 'm2']

let folder: string
let path: string
let clock: TestClock
let peer: GatewayPeer
let db: BrandDatabase
let brand: BrandRuntime
let beat: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-restored-calls-'))
  path = join(folder, 'own.sqlite')
  clock = testClock(Date.parse('2027-03-01T10:00:00+08:00'))
  peer = await startHttpGatewayPeer({ secret })
  const first = openDatabase(path)
  writeMeta(first, 'channels', { webhook: { secret, allowPrivate: true } })
  first.close()
  await begin()
  const now = brand.now()
  addCustomers(
    db,
    names.map((name, index) => memberOf(name, index + 1)),
    now,
  )
  const journey = sketch({
    nodes: {
      hand: by.hand(),
      rest: by.rest('1 hour'),
      call: ['webhook_call', { url: `${peer.url}/points`, body: '{"who":"{{ customer.id }}"}' }] as const,
      done: by.exit(),
    },
    flow: ['hand -> rest', 'rest -> call', 'call.otherwise -> done', 'call.failed -> done'],
  })
  const { id, revision } = createJourney(db, { journey, now })
  publish(db, id, { revision, now, brand: brand.brand(), registry: brand.registry })
  await brand.engine.enter(brand.act(terminalActor), 'journey', names)
})
afterEach(async () => {
  await brand.close()
  await peer.close()
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
    // The other system judges a signature's age by its own clock.
    reach: { now: Date.now },
    heartbeat: (given) => {
      beat = given
      return () => undefined
    },
  })
}

/** Goes on by so much, until the other system has been called so often. */
async function goOn(ms: number, calls: number): Promise<void> {
  clock.advance(ms)
  await expect
    .poll(async () => {
      await beat()
      return peer.requests
    })
    .toBe(calls)
}

/** Beats on for a while, in which nobody is called. */
async function goOnInSilence(ms: number): Promise<void> {
  const before = peer.requests
  clock.advance(ms)
  for (let times = 0; times < 5; times += 1) {
    await beat()
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(peer.requests).toBe(before)
}

async function backUp(): Promise<string> {
  const file = join(folder, 'backup.sqlite')
  await backupDatabase(db, file, clock.now())
  return file
}
async function layBack(file: string): Promise<void> {
  await brand.close()
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  cpSync(file, path)
  await begin()
}
const outcomes = () => db.sqlite.prepare(`select outcome from traces where node = 'call'`).pluck().all()
const decide = (decision: 'send' | 'drop') =>
  brand.stores.messages.decideRestored(brand.act(terminalActor), { decision })

describe('calls to another system, after a backup was laid back', () => {
  test('that may have been made in the lost time wait for a person', async () => {
    const file = await backUp()
    await goOn(hour + 1000, 3)
    await layBack(file)
    await goOnInSilence(1000)
    expect(await brand.stores.messages.restored()).toMatchObject({
      decided: false,
      waiting: 0,
      calls: 3,
      journeys: [{ id: 'journey', waiting: 0, calls: 3 }],
    })
    expect(outcomes()).toEqual([])
  })

  test('are made when a person says so', async () => {
    const file = await backUp()
    await goOn(hour + 1000, 3)
    await layBack(file)
    await goOnInSilence(1000)
    expect(await decide('send')).toEqual({ messages: 0, calls: 3 })
    await goOn(1000, 6)
    await expect.poll(async () => beat().then(outcomes)).toEqual(['otherwise', 'otherwise', 'otherwise'])
    expect(await brand.stores.messages.restored()).toMatchObject({ decided: true, calls: 0 })
  })

  test('are given up when a person says so, and the customers go on at once', async () => {
    const file = await backUp()
    await goOn(hour + 1000, 3)
    await layBack(file)
    await goOnInSilence(1000)
    expect(await decide('drop')).toEqual({ messages: 0, calls: 3 })
    await goOnInSilence(1000)
    expect(outcomes()).toEqual(['failed', 'failed', 'failed'])
    expect(await brand.stores.messages.restored()).toMatchObject({ decided: true })
  })

  test('keep nobody for longer than their node waits', async () => {
    const file = await backUp()
    await goOn(hour + 1000, 3)
    await layBack(file)
    await goOnInSilence(1000)
    await goOnInSilence(11 * 60_000)
    expect(outcomes()).toEqual(['failed', 'failed', 'failed'])
    expect(await brand.stores.messages.restored()).toMatchObject({ calls: 0 })
  })

  test('that were asked before the backup are asked again under their keys, by which they are known', async () => {
    peer.behave('unavailable')
    await goOn(hour + 1000, 3)
    const file = await backUp()
    peer.behave('accept')
    await goOn(60_000, 6)
    await layBack(file)
    await goOn(60_000, 9)
    expect(peer.received.size).toBe(3)
    expect([...peer.received.values()].map(({ repeats }) => repeats)).toEqual([1, 1, 1])
  })

  test('of whoever comes in later are made at once', async () => {
    const file = await backUp()
    await goOn(hour + 1000, 3)
    await layBack(file)
    addCustomers(db, [memberOf('new', 9)], brand.now())
    await brand.engine.enter(brand.act(terminalActor), 'journey', ['new'])
    await goOn(hour + 1000, 4)
  })
})
