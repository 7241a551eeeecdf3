import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenedBrands, openBrands } from '../../brand/brands.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { openKeyRing } from '../../store/sqlite/secrets/keys.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { settingsKeys, writeMeta } from '../../store/sqlite/settings/meta.ts'

const words = [
  'the-password-of-the-relay',
  'sk-the-key-of-the-model',
  'the-links-of-before',
  'the-cookies-of-before',
  'the-secret-of-webhooks',
]
const [password, apiKey, links, cookies, hook] = words
const relay = { host: 'smtp.example.com', port: 465, secure: true, from: 'a@example.com' }

let dataDir: string
let opened: OpenedBrands | null
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'magpie-at-rest-'))
  opened = null
})
afterEach(async () => {
  await opened?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(): Promise<OpenedBrands> {
  opened = await openBrands({
    dataDir,
    keys: openKeyRing(dataDir, null),
    mode: 'sandbox',
    log: pino({ level: 'silent' }),
    baseUrl: () => 'http://localhost:3000',
    ai: {},
    machineNow: () => 1_800_000_000_000,
    seed: { members: 3 },
  })
  return opened
}

async function stop(): Promise<void> {
  await opened?.close()
  opened = null
}

/** The files of the folder that hold one of the words. */
function holding(): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dataDir, name)
    return statSync(path).isFile() && words.some((word) => readFileSync(path).includes(word))
  })
}

/** A folder as an earlier release left it: everything in the open, in a brand that was put aside too. */
async function layAsBefore(): Promise<void> {
  const { installation } = await start()
  const act = { actor: { kind: 'person', id: 'local', via: 'api' }, at: 1, realAt: 1 } as const
  await installation.add(act, { id: 'old', file: 'brands/old.sqlite', sandbox: false })
  await installation.archive(act, 'old', 'archive/old.sqlite')
  await stop()
  const db = openDatabase(join(dataDir, 'own.sqlite'))
  db.sqlite.exec('delete from secrets')
  writeMeta(db, settingsKeys.channels, { email: { ...relay, password }, webhook: { secret: hook } })
  writeMeta(db, settingsKeys.ai, { baseUrl: null, model: 'm', apiKey })
  writeMeta(db, 'secret:links', links)
  sealDatabase(db)
  db.close()
  mkdirSync(join(dataDir, 'archive'))
  cpSync(join(dataDir, 'own.sqlite'), join(dataDir, 'archive', 'old.sqlite'))
  const sqlite = new Database(join(dataDir, 'installation.sqlite'))
  sqlite.exec('delete from secrets')
  const keep = sqlite.prepare('insert into meta (key, value) values (?, ?)')
  keep.run('secret:links', links)
  keep.run('secret:sessions', cookies)
  sqlite.close()
  rmSync(join(dataDir, 'magpie.key'))
}

describe('a folder of data of an earlier release', () => {
  test('holds no secret in the open after the first start, and goes on with all of them', async () => {
    await layAsBefore()
    expect(holding().sort()).toEqual(['archive/old.sqlite', 'installation.sqlite', 'own.sqlite'])
    const { linkSecret, sessions, brands } = await start()
    expect(holding()).toEqual([])
    expect([linkSecret, sessions.secret]).toEqual([links, cookies])
    expect(await brands.get('own')?.stores.settings.channels()).toEqual({
      email: { ...relay, password },
      webhook: { secret: hook },
    })
    await stop()
    expect(holding()).toEqual([])
  })

  test('starts without its key, and says which secrets have to be typed again', async () => {
    await layAsBefore()
    await start()
    await stop()
    rmSync(join(dataDir, 'magpie.key'))
    const { brands, linkSecret } = await start()
    const settings = brands.get('own')?.stores.settings
    expect(await settings?.channels()).toEqual({ email: relay, webhook: {} })
    expect((await settings?.secrets())?.get('email.password')).toMatchObject({ state: 'locked' })
    expect(linkSecret).not.toBe(links)
  })
})
