import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type UpkeepAnswer, upkeepAnswer } from '../../../shared/api/upkeep.ts'
import { engineActor } from '../../../shared/audit/actor.ts'
import { choresOf } from '../../../shared/chores.ts'
import { limits } from '../../../shared/limits.ts'
import { buildApp } from '../../app.ts'
import { type OpenedBrands, openBrands } from '../../brand/brands.ts'
import type { App } from '../../http/app.ts'
import { createSigns } from '../../ports/signs.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { testKeys } from '../keys.ts'

const dayMs = 86_400_000
/** Half past three has been, by an hour and a half. */
const morning = Date.parse('2026-08-11T05:00:00+08:00')

let dataDir = ''
let now = morning
let opened: OpenedBrands
let app: App
const signs = createSigns(() => now)

async function start(nightly: string | null = null): Promise<void> {
  opened = await openBrands({
    dataDir,
    mode: 'sandbox',
    log: pino({ level: 'silent' }),
    signs,
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    ai: {},
    machineNow: () => now,
    nightly,
    seed: { members: 3 },
  })
  app = await buildApp({
    ...{ brands: opened.brands, house: opened, mode: 'sandbox', password: null, sessions: opened.sessions },
    ...{
      webRoot: null,
      templatesRoot: resolve(import.meta.dirname, '../../../templates'),
      log: false,
      signs,
    },
    ...{ loopback: true, linkSecret: opened.linkSecret },
  })
}
async function stop(): Promise<void> {
  await app.close()
  await opened.close()
}
async function restartAt(time: number, nightly: string | null): Promise<void> {
  await stop()
  now = time
  await start(nightly)
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'magpie-upkeep-'))
  now = morning
  seedDemoFile(brandPath(dataDir, 'demo'), { members: 3 }, sealDatabase)
  await start()
})
afterEach(async () => {
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const read = async (): Promise<UpkeepAnswer> =>
  upkeepAnswer.parse((await app.inject({ method: 'GET', url: '/api/v1/upkeep' })).json())
const begin = () => app.inject({ method: 'POST', url: '/api/v1/upkeep' })
/** Until what is under way has come to its end; answers how it went. */
async function ended(): Promise<UpkeepAnswer> {
  await expect.poll(async () => (await read()).running, { timeout: 60_000, interval: 50 }).toBe(false)
  return read()
}
async function tended(): Promise<UpkeepAnswer> {
  expect((await begin()).statusCode).toBe(202)
  return ended()
}
const lastOf = ({ places }: UpkeepAnswer, brand: string | null) =>
  places.find((place) => place.brand === brand)?.last ?? null

describe('the upkeep of the data', () => {
  test('does each chore of the installation and of every brand, and says how it went', async () => {
    const state = await tended()
    expect(state.places.map(({ brand }) => brand)).toEqual([null, 'demo', 'own'])
    for (const { brand, last } of state.places) {
      expect(last).toMatchObject({ why: 'asked' })
      expect(last?.chores.map(({ chore, state: how }) => [chore, how])).toEqual(
        choresOf[brand === null ? 'installation' : 'brand'].map((chore) => [chore, 'done']),
      )
    }
    const { entries } = (await app.inject({ method: 'GET', url: '/api/v1/brands/own/audit' })).json()
    expect(entries[0]).toMatchObject({ action: 'data.tended', actor: { kind: 'person' } })
  }, 90_000)

  test('is done once at a time', async () => {
    await begin()
    const again = await begin()
    expect(again.statusCode).toBe(409)
    expect(again.json()).toMatchObject({ code: 'upkeep-running' })
    await ended()
  }, 90_000)

  test('forgets logins that have ended, and no other', async () => {
    const place = { address: '127.0.0.1', agent: 'a browser', staff: null }
    const act = { actor: engineActor, at: now, realAt: now }
    await opened.sessions.open(act, 'old', now - 1, place)
    await opened.sessions.open(act, 'new', now + dayMs, place)
    expect(lastOf(await tended(), null)?.chores).toContainEqual(
      expect.objectContaining({ chore: 'logins', count: 1 }),
    )
    expect(opened.sessions.endOf('new')).not.toBeNull()
  }, 90_000)

  test('removes what is left of uploads and old lists of rejected rows, and nothing that is young', async () => {
    const folder = join(dataDir, 'imports')
    mkdirSync(folder, { recursive: true })
    const put = (name: string, days: number) => {
      writeFileSync(join(folder, name), 'id,name\n')
      const at = (now - days * dayMs) / 1000
      utimesSync(join(folder, name), at, at)
    }
    put('rest.csv', limits.uploadRestAge.value + 1)
    put('under-way.csv', 0)
    put('old.rejected.csv', limits.rejectedAge.value + 1)
    put('young.rejected.csv', limits.rejectedAge.value - 1)
    const chores = lastOf(await tended(), null)?.chores
    expect(chores).toContainEqual(expect.objectContaining({ chore: 'uploads', count: 1 }))
    expect(chores).toContainEqual(expect.objectContaining({ chore: 'rejected', count: 1 }))
    const left = ['rest.csv', 'under-way.csv', 'old.rejected.csv', 'young.rejected.csv']
    expect(left.map((name) => existsSync(join(folder, name)))).toEqual([false, true, false, true])
  }, 90_000)

  test('damage that it finds is a sign of that brand, with what was found', async () => {
    await tended()
    const found = () => signs.unwell().filter(({ name }) => name === 'data-unsound')
    expect(found()).toEqual([])
    // The end of the file, which nobody has asked for yet.
    const file = openSync(brandPath(dataDir, 'demo'), 'r+')
    const { size } = fstatSync(file)
    writeSync(file, Buffer.alloc(8_192, 7), 0, 8_192, size - 8_192)
    closeSync(file)
    const night = lastOf(await tended(), 'demo')
    expect(night?.chores).toContainEqual(expect.objectContaining({ chore: 'soundness', state: 'failed' }))
    expect(found()).toMatchObject([
      { scope: 'demo', message: { en: expect.stringContaining('demo.sqlite') } },
    ])
  }, 90_000)
})

describe('a night that was missed', () => {
  test('is made up at the next start within its hours, once', async () => {
    await restartAt(morning + dayMs, '03:30')
    const state = await ended()
    expect(state).toMatchObject({ at: '03:30', zone: 'Asia/Shanghai' })
    expect(lastOf(state, null)).toMatchObject({ why: 'made-up', startedAt: now })
    expect(state.nextAt).toBe(Date.parse('2026-08-13T03:30:00+08:00'))
    await restartAt(now + 60_000, '03:30')
    expect(lastOf(await ended(), null)?.startedAt).toBe(morning + dayMs)
  }, 90_000)

  test('is let be when its hours are over, and none is owed of the time before there was any data', async () => {
    await restartAt(morning, '03:30')
    expect(lastOf(await ended(), null)).toBeNull()
    await restartAt(morning + dayMs + limits.upkeepMakeUp.value * 3_600_000, '03:30')
    expect(lastOf(await ended(), null)).toBeNull()
  }, 90_000)
})
