import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BrandList } from '../../../shared/api/brands.ts'
import type { SystemAnswer } from '../../../shared/api/system.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { buildApp } from '../../app.ts'
import { type OpenedBrands, openBrands } from '../../brand/brands.ts'
import type { App } from '../../http/app.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { testKeys } from '../keys.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'magpie-brands-'))
const now = Date.parse('2026-08-11T10:00:00+08:00')
const templatesRoot = resolve(import.meta.dirname, '../../../templates')

let dataDir: string
let opened: OpenedBrands
let app: App

async function start(): Promise<void> {
  opened = await openBrands({
    dataDir,
    mode: 'sandbox',
    log: pino({ level: 'silent' }),
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    ai: {},
    machineNow: () => now,
    seed: { members: 3 },
  })
  app = await buildApp({
    brands: opened.brands,
    house: opened,
    mode: 'sandbox',
    password: null,
    sessions: opened.sessions,
    webRoot: null,
    templatesRoot,
    log: false,
    loopback: true,
    linkSecret: opened.linkSecret,
  })
}

async function stop(): Promise<void> {
  await app.close()
  await opened.close()
}

beforeEach(async () => {
  dataDir = folder()
  await start()
})
afterEach(async () => {
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function ask<T = unknown>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) {
  const url = `/api/v1${path}`
  const answer = await app.inject(body === undefined ? { method, url } : { method, url, payload: body })
  // The boundary of the tests: each names the shape that it expects.
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T }
}

const ids = async () => (await ask<BrandList>('GET', '/brands')).body.brands.map(({ id }) => id)
const tea = {
  name: { 'zh-CN': '山茶', en: 'Hill Tea' },
  zone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'en',
}

describe('brands', () => {
  test('are two at first, in the files in which they always were', async () => {
    expect(await ids()).toEqual(['demo', 'own'])
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['demo.sqlite', 'own.sqlite']))
  })

  test('are made while the server runs, each with data of its own', async () => {
    expect(await ask('POST', '/brands', tea)).toEqual({ status: 201, body: { id: 'hill-tea' } })
    const system = await ask<SystemAnswer>('GET', '/system')
    expect(
      system.body.brands.map(({ id, name, zone, currency }) => ({ id, name, zone, currency })),
    ).toContainEqual({
      id: 'hill-tea',
      name: tea.name,
      zone: 'Europe/Berlin',
      currency: 'EUR',
    })
    const made = await ask('POST', '/brands/hill-tea/journeys', { name: { en: 'Welcome' } })
    expect(made.status).toBe(201)
    expect((await ask<{ journeys: unknown[] }>('GET', '/brands/own/journeys')).body.journeys).toEqual([])
    expect(existsSync(join(dataDir, 'brands/hill-tea.sqlite'))).toBe(true)
  })

  test('are there again after a restart, with what was done in them', async () => {
    await ask('POST', '/brands', tea)
    await ask('POST', '/brands/hill-tea/journeys', { name: { en: 'Welcome' } })
    await stop()
    await start()
    expect(await ids()).toEqual(['demo', 'own', 'hill-tea'])
    const { body } = await ask<{ journeys: { id: string }[] }>('GET', '/brands/hill-tea/journeys')
    expect(body.journeys).toMatchObject([{ id: 'welcome' }])
  })

  test('get ids of their own, whatever they are named', async () => {
    const names = [
      { en: '../../etc/passwd' },
      { en: 'Own' },
      { 'zh-CN': '山茶' },
      { 'zh-CN': '山茶' },
      { en: '123' },
    ]
    for (const name of names) expect((await ask('POST', '/brands', { name })).status).toBe(201)
    expect(await ids()).toEqual(['demo', 'own', 'etc-passwd', 'own-2', 'brand', 'brand-2', 'brand-3'])
    expect(readdirSync(join(dataDir, 'brands')).filter((file) => file.endsWith('.sqlite'))).toHaveLength(5)
  })

  test('are refused with a zone, a currency or a name that is none', async () => {
    for (const wrong of [{ zone: 'Mars/Base' }, { currency: 'XXZ' }, { name: {} }, { name: { en: ' ' } }])
      expect((await ask('POST', '/brands', { ...tea, ...wrong })).status).toBe(400)
    expect(await ids()).toEqual(['demo', 'own'])
  })

  test('are put aside when their name is typed, and nothing of them is deleted', async () => {
    await ask('POST', '/brands', tea)
    expect(await ask('POST', '/brands/hill-tea/archive', { name: 'Hill' })).toMatchObject({
      status: 409,
      body: { code: 'brand-name-differs' },
    })
    expect((await ask('POST', '/brands/hill-tea/archive', { name: '山茶' })).status).toBe(204)
    expect(await ids()).toEqual(['demo', 'own'])
    expect((await ask('GET', '/brands/hill-tea/journeys')).status).toBe(404)
    const { archived } = (await ask<BrandList>('GET', '/brands')).body
    expect(archived).toMatchObject([{ id: 'hill-tea', archivedAt: now }])
    expect(existsSync(join(dataDir, archived[0]?.file ?? ''))).toBe(true)
    expect(existsSync(join(dataDir, 'brands/hill-tea.sqlite'))).toBe(false)
    await ask('POST', '/brands', tea)
    expect(await ids()).toEqual(['demo', 'own', 'hill-tea-2'])
  })

  test('of which journeys run are put aside only by whoever has seen them', async () => {
    await ask('POST', '/brands', tea)
    const nodes = {
      in: { type: 'manual', name: { en: 'In' }, config: {} },
      out: { type: 'exit', name: { en: 'Out' }, config: {} },
    }
    const file = JSON.stringify({
      ...{ format: 1, id: 'gift', name: { en: 'Gift' }, nodes },
      edges: { in: { entered: 'out' } },
    })
    const { revision } = (await ask<{ revision: number }>('POST', '/brands/hill-tea/journeys', { file })).body
    await ask('POST', '/brands/hill-tea/journeys/gift/publish', { revision })
    expect(await ask('POST', '/brands/hill-tea/archive', { name: '山茶' })).toMatchObject({
      status: 409,
      body: { code: 'brand-in-use', uses: [{ kind: 'journey', id: 'gift', state: 'running' }] },
    })
    expect(await ids()).toContain('hill-tea')
    const despite = { name: '山茶', running: 'end' }
    expect((await ask('POST', '/brands/hill-tea/archive', despite)).status).toBe(204)
    expect(await ids()).not.toContain('hill-tea')
  })

  test('stay where they are put aside after a restart, the demo too; the last one stays', async () => {
    const demo = (await ask<BrandList>('GET', '/brands')).body.brands[0]?.name.en
    expect((await ask('POST', '/brands/demo/archive', { name: demo })).status).toBe(204)
    await stop()
    await start()
    expect(await ids()).toEqual(['own'])
    expect(await ask('POST', '/brands/own/archive', { name: 'My brand' })).toMatchObject({
      status: 409,
      body: { code: 'brand-last' },
    })
  })

  test('keep signing links as before when the brand that lent its secret is gone', async () => {
    const { linkSecret } = opened
    await ask('POST', '/brands', tea)
    expect((await ask('POST', '/brands/own/archive', { name: '我的品牌' })).status).toBe(204)
    await stop()
    await start()
    expect(opened.linkSecret).toBe(linkSecret)
  })

  test('are in the log: who made them and who put them aside', async () => {
    await ask('POST', '/brands', tea)
    await ask('POST', '/brands/hill-tea/archive', { name: 'Hill Tea' })
    const { body } = await ask<{ entries: { action: string; actor: object; object: { id: string } }[] }>(
      'GET',
      '/audit?objectId=hill-tea',
    )
    expect(body.entries).toMatchObject([
      { action: 'brand.archived', actor: { kind: 'person', id: 'local' } },
      { action: 'brand.created', actor: { kind: 'person', id: 'local' } },
    ])
  })

  test('change their currency while nothing is counted in it; drafts keep the numbers that they say', async () => {
    const { id } = (await ask<{ id: string }>('POST', '/brands', tea)).body
    const config = { name: { en: 'Off' }, value: 2000, validDays: 9 }
    const nodes = { ticket: { type: 'coupon', name: { en: 'Ticket' }, config } }
    const file = JSON.stringify({ format: 1, id: 'gift', name: { en: 'Gift' }, nodes })
    expect((await ask('POST', `/brands/${id}/journeys`, { file })).status).toBe(201)
    const { body } = await ask<Brand>('GET', `/brands/${id}/settings/brand`)
    const worth = async (currency: string) => {
      const saved = await ask('PUT', `/brands/${id}/settings/brand`, { ...body, currency })
      expect(saved).toMatchObject({ status: 200, body: { currency } })
      const stored = await ask<{ journey: Journey }>('GET', `/brands/${id}/journeys/gift`)
      return stored.body.journey.nodes.ticket?.config.value
    }
    expect(await worth('JPY')).toBe(20)
    expect(await worth('KWD')).toBe(20_000)
    expect(await worth('EUR')).toBe(2000)
  })
})

test('no row of the installation that cannot be read keeps the others from starting, or spoils their list', async () => {
  await stop()
  const sqlite = new Database(join(dataDir, 'installation.sqlite'))
  const bytes = Buffer.from([0xff, 0, 0xfe])
  for (const [change, known] of [
    [`created_at = @bytes where id = 'own'`, ['demo', 'own']],
    [`archive = '' where id = 'own'`, ['demo', 'own']],
    [`file = @bytes where id = 'demo'`, ['own']],
    [`file = '../demo.sqlite' where id = 'demo'`, ['own']],
    [`file = '' where id = 'demo'`, ['own']],
  ] as const) {
    sqlite.prepare(`update brands set ${change}`).run(change.includes('@') ? { bytes } : {})
    await start()
    expect(await ids()).toEqual(known)
    expect((await ask('GET', '/system')).status).toBe(200)
    expect((await ask('GET', '/brands/own/journeys')).status).toBe(200)
    await stop()
  }
  sqlite.exec(`update brands set file = 'demo.sqlite' where id = 'demo'`)
  sqlite.close()
  await start()
  expect(await ids()).toEqual(['demo', 'own'])
})
