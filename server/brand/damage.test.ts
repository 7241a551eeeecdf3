import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { engineActor } from '../../shared/audit/actor.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { check } from '../cli/check.ts'
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

/** As a process leaves it that was killed: with a log of ten changes beside it. */
function leaveAsKilled(): void {
  const db = openDatabase(own())
  for (let change = 0; change < 10; change += 1)
    db.sqlite.prepare('insert or replace into meta (key, value) values (?, ?)').run(`mark ${change}`, '1')
  const copies = ['', '-wal'].map((end) => [own() + end, readFileSync(own() + end)] as const)
  db.close()
  for (const [path, bytes] of copies) writeFileSync(path, bytes)
}

const said = z.object({
  brands: z.array(
    z.object({ brand: z.string(), problem: z.object({ code: z.string(), mend: z.unknown() }).nullable() }),
  ),
})

/** What the command says of the folder, and its exit code. */
async function checked() {
  let text = ''
  const out = (line: string) => {
    text += line
  }
  const terminal = { interactive: false, locale: 'en', out, err: () => undefined } as const
  const code = await check.run(['--data', folder], terminal)
  return { code, ...said.parse(JSON.parse(text)) }
}

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
      'has a damaged log beside it',
      'store-log-damaged',
      () => {
        leaveAsKilled()
        const log = openSync(`${own()}-wal`, 'r+')
        writeSync(log, Buffer.alloc(100, 7), 0, 100, 32 + 24 + 4096 + 500)
        closeSync(log)
      },
    ],
    [
      'has another file in place of its log',
      'store-log-damaged',
      () => writeFileSync(`${own()}-wal`, 'a letter to somebody '.repeat(500)),
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
  test.each(damages)(
    '%s: it says so, the others work, and a check says the same',
    async (_what, code, damage) => {
      damage()
      expect(await checked()).toMatchObject({
        code: 1,
        brands: expect.arrayContaining([
          expect.objectContaining({ brand: 'own', problem: expect.objectContaining({ code }) }),
          expect.objectContaining({ brand: 'demo', problem: null }),
        ]),
      })
      const told = signs()
      const house = await open(told)
      expect([...house.brands.keys()]).toEqual(['demo'])
      const { brands, unopened } = await listBrands(house)
      expect(brands.map(({ id }) => id)).toEqual(['demo'])
      expect(unopened).toMatchObject([{ id: 'own', file: 'own.sqlite', code }])
      expect(told.unwell()).toMatchObject([{ name: 'brand-unopened', scope: 'own', bearing: 'notice' }])
    },
  )

  test('that was killed with a log beside it, and a spoilt index of the log, has lost nothing', async () => {
    leaveAsKilled()
    writeFileSync(`${own()}-shm`, 'a letter to somebody '.repeat(2_000))
    expect(await checked()).toMatchObject({ code: 0 })
    expect([...(await open()).brands.keys()]).toEqual(['demo', 'own'])
    await close()
    const db = openDatabase(own())
    expect(db.sqlite.prepare("select count(*) from meta where key like 'mark %'").pluck().get()).toBe(10)
    db.close()
  })

  const lost: readonly (readonly [what: string, lose: () => void])[] = [
    ['is cut short', () => truncateSync(own(), 5000)],
    ['is another file', () => writeFileSync(own(), 'a letter to somebody '.repeat(500))],
    ['is gone', () => unlinkSync(own())],
    ['has another file in place of its log', () => writeFileSync(`${own()}-wal`, 'a letter '.repeat(500))],
  ]
  test.each(lost)('and %s: the newest backup and the way to it are named', async (_what, lose) => {
    noteBackup(folder, 'own', '/backups/own-monday.sqlite', Date.parse('2026-08-10T02:00:00Z'))
    lose()
    const told = (await checked()).brands.find(({ brand }) => brand === 'own')?.problem
    expect(told).toMatchObject({ code: 'brand-restorable' })
    const { unopened } = await listBrands(await open())
    expect(unopened[0]?.message.en).toContain('2026-08-10 02:00 UTC, to /backups/own-monday.sqlite')
    expect(unopened[0]?.mend.en).toContain(
      `restore "/backups/own-monday.sqlite" --data "${folder}" --brand own`,
    )
    expect(told?.mend).toEqual(unopened[0]?.mend)
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
