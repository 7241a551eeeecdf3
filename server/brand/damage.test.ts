import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { engineActor } from '../../shared/audit/actor.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { createSigns } from '../ports/signs.ts'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { listBrands } from '../settings/brands.ts'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { Database } from '../store/sqlite/driver.ts'
import { noteBackup } from '../store/sqlite/installation/backups.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { type OpenedBrands, openBrands } from './brands.ts'

const now = Date.parse('2026-08-11T10:00:00+08:00')
let folder = ''
let opened: OpenedBrands | null = null
const signs = () => createSigns(() => now)

async function open(by = signs()): Promise<OpenedBrands> {
  opened = await openBrands({
    dataDir: folder,
    mode: 'live',
    log: pino({ level: 'silent' }),
    signs: by,
    baseUrl: () => 'http://localhost:3000',
    ai: {},
    machineNow: () => now,
    heartbeat: () => () => undefined,
    seed: { members: 5 },
  })
  return opened
}

async function close(): Promise<void> {
  await opened?.close()
  opened = null
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-damage-'))
  seedDemoFile(brandPath(folder, 'demo'), { members: 5 }, sealDatabase)
  await open()
  await close()
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

const own = () => brandPath(folder, 'own')

describe('a brand whose data cannot be opened', () => {
  const damages: readonly (readonly [what: string, code: string, damage: () => void])[] = [
    ['is cut short', 'store-damaged', () => truncateSync(own(), Math.floor(statSync(own()).size / 2))],
    ['is empty', 'store-damaged', () => truncateSync(own(), 0)],
    ['is no database', 'foreign-database', () => writeFileSync(own(), 'a letter to somebody '.repeat(500))],
    ['is gone', 'store-gone', () => unlinkSync(own())],
    [
      'is another program’s',
      'foreign-database',
      () => {
        unlinkSync(own())
        const other = new Database(own())
        other.exec('create table letters (id integer)')
        other.close()
      },
    ],
    [
      'is of a newer release',
      'data-newer',
      () => {
        const db = openDatabase(own())
        db.sqlite
          .prepare("insert into __drizzle_migrations (hash, created_at) values ('later', ?)")
          .run(Date.parse('2126-01-01'))
        db.close()
      },
    ],
  ]
  test.each(damages)('%s: it says so, and the others work', async (_what, code, damage) => {
    damage()
    const told = signs()
    const house = await open(told)
    expect([...house.brands.keys()]).toEqual(['demo'])
    const { brands, unopened } = await listBrands(house)
    expect(brands.map(({ id }) => id)).toEqual(['demo'])
    expect(unopened).toMatchObject([{ id: 'own', file: 'own.sqlite', code }])
    expect(told.unwell()).toMatchObject([{ name: 'brand-unopened', scope: 'own', bearing: 'notice' }])
  })

  test('names the newest backup and the way to it', async () => {
    noteBackup(folder, 'own', '/backups/own-monday.sqlite', Date.parse('2026-08-10T02:00:00Z'))
    truncateSync(own(), 5000)
    const { unopened } = await listBrands(await open())
    expect(unopened[0]?.message.en).toContain('2026-08-10 02:00 UTC, to /backups/own-monday.sqlite')
    expect(unopened[0]?.mend.en).toContain(
      `restore "/backups/own-monday.sqlite" --data "${folder}" --brand own`,
    )
  })

  test('ends the start where none can be opened', async () => {
    for (const id of ['own', 'demo']) truncateSync(brandPath(folder, id), 5000)
    await expect(open()).rejects.toMatchObject({ code: 'store-damaged' })
  })

  test('is opened by itself when another program lets go of it', async () => {
    const other = new Database(own())
    other.exec('begin immediate')
    const house = await open()
    expect(house.unopened.get('own')).toMatchObject({ code: 'store-busy' })
    other.exec('rollback')
    other.close()
    await expect.poll(() => [...house.brands.keys()], { timeout: 30_000 }).toEqual(['demo', 'own'])
    expect(house.unopened.size).toBe(0)
  }, 60_000)
})

describe('the file that says which brands there are', () => {
  const installation = () => join(folder, 'installation.sqlite')

  test('says what to do when it is damaged', async () => {
    truncateSync(installation(), 5000)
    await expect(open()).rejects.toMatchObject({ code: 'installation-damaged' })
  })

  test('is made anew where it is gone, and knows all brands again', async () => {
    const house = await open()
    const shop = brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop' })
    const { file } = await house.lay('shop', shop, engineActor)
    expect(file).toBe('brands/shop.sqlite')
    await close()
    mkdirSync(join(folder, 'brands', 'imports'), { recursive: true })
    unlinkSync(installation())
    expect([...(await open()).brands.keys()].sort()).toEqual(['demo', 'own', 'shop'])
  })
})

test('a file that is deleted while the brand works is noticed, and takes no change that would be lost', async () => {
  const told = signs()
  const house = await open(told)
  await expect
    .poll(
      () => {
        // The first look has to have seen it.
        if (statSync(own(), { throwIfNoEntry: false }) !== undefined && told.unwell().length === 0)
          unlinkSync(own())
        return told.unwell().map(({ name, scope }) => [name, scope])
      },
      { timeout: 30_000, interval: 500 },
    )
    .toEqual([['store-gone', 'own']])
  await expect(house.brands.get('own')?.stores.journeys.summaries()).rejects.toMatchObject({
    code: 'store-gone',
  })
}, 60_000)
