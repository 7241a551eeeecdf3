import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { BrandNews, BrandRuntime } from '../brand/brand.ts'
import { type OpenedBrands, openBrands } from '../brand/brands.ts'
import { type BrandDatabase, brandPath, openDatabase } from '../store/sqlite/database.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { testKeys } from '../testing/keys.ts'
import { by, type Sketch, sketch } from '../testing/sketch.ts'
import { demoClockStart } from './generator/index.ts'

const hour = 3_600_000
const day = 24 * hour
const members = 1500
const silent = pino({ level: 'silent' })

const folders: string[] = []
const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-sandbox-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const openAt = (dataDir: string, machineNow = () => Date.parse('2026-11-05T10:37:12+08:00')) =>
  openBrands({
    dataDir,
    mode: 'sandbox',
    log: silent,
    baseUrl: () => 'http://localhost:3000',
    keys: testKeys,
    ai: {},
    machineNow,
    seed: { members },
  })

const looked = new WeakMap<BrandRuntime, BrandDatabase>()

/** The database of a brand by a connection of the test's own. */
function dbOf(brand: BrandRuntime): BrandDatabase {
  const known = looked.get(brand) ?? openDatabase(brandPath(dirname(brand.importsFolder), brand.id))
  looked.set(brand, known)
  return known
}

function launch(brand: BrandRuntime, drawn: Sketch): void {
  const now = brand.now()
  const { id, revision } = createJourney(dbOf(brand), { journey: sketch(drawn), now })
  publish(dbOf(brand), id, { revision, now, brand: brand.brand(), registry: brand.registry })
}

const count = (brand: BrandRuntime, sql: string) =>
  dbOf(brand).sqlite.prepare<[], { n: number }>(sql).get()?.n ?? Number.NaN

/** Everyone of the demo gets a text in the morning. */
const everyone: Sketch = {
  id: 'everyone',
  nodes: {
    all: [
      'audience_at',
      {
        audience: { kind: 'attribute', name: 'phone', op: 'is_set' },
        at: { kind: 'cron', cron: '0 10 * * *' },
      },
    ],
    hello: by.sms('七夕礼盒到了'),
    clicks: by.until('message_clicked', '1 day'),
    thanks: by.sms('谢谢您来看'),
    done: by.exit(),
  },
  flow: [
    'all -> hello',
    'hello -> clicks',
    'clicks.happened -> thanks',
    'clicks.timeout -> done',
    'thanks -> done',
  ],
}

describe('the demo brand', () => {
  let folder: string
  let opened: OpenedBrands | null = null
  beforeAll(() => {
    folder = emptyFolder()
  })
  afterEach(async () => {
    await opened?.close()
    opened = null
  })
  const open = async () => {
    opened = await openAt(folder)
    const demo = opened.brands.get('demo')
    if (demo === undefined) throw new Error('no demo')
    return demo
  }

  test('is made at the first start, with a past that wakes nothing, and told about as it grows', async () => {
    const told: number[] = []
    const dataDir = folder
    const first = await openBrands({
      dataDir,
      mode: 'sandbox',
      log: silent,
      baseUrl: () => '',
      keys: testKeys,
      ai: {},
      machineNow: () => 0,
      seed: { members, onProgress: (done) => told.push(done) },
    })
    opened = first
    const demo = first.brands.get('demo')
    if (demo === undefined) throw new Error('no demo')
    expect(told.at(-1)).toBe(members)
    expect(told).toEqual([...told].sort((one, other) => one - other))
    expect(demo.clock()).toEqual({
      now: demoClockStart,
      sandbox: true,
      moving: null,
      settable: false,
      nextDueAt: null,
    })
    expect(count(demo, 'select count(*) as n from customers')).toBe(members)
    expect(count(demo, 'select count(*) as n from events where pending = 1')).toBe(0)
    expect(count(demo, 'select max(at) as n from events')).toBeLessThan(demoClockStart)
    expect(count(demo, 'select min(at) as n from planned_events')).toBeGreaterThanOrEqual(demoClockStart)
    const { staff, teams, waiting } = await demo.stores.staff.list('2027-07-24', demoClockStart)
    expect([staff.length, teams.length, waiting]).toEqual([10, 4, 0])
    expect(staff.filter(({ customers }) => customers === 0)).toEqual([])
  })

  test('stands still until it is moved; then its members do what they planned', async () => {
    const demo = await open()
    await demo.settle()
    expect(demo.now()).toBe(demoClockStart)
    const planned = count(
      demo,
      `select count(*) as n from planned_events where at <= ${demoClockStart + day}`,
    )
    const before = count(demo, 'select count(*) as n from events')
    expect(await demo.advance(demo.act(terminalActor), { by: 'day' })).toMatchObject({
      now: demoClockStart + day,
      moving: null,
    })
    expect(count(demo, 'select count(*) as n from events')).toBe(before + planned)
    expect(count(demo, 'select count(*) as n from events where pending = 1')).toBe(0)
  })

  test('newcomers are members from the moment they join, not before', async () => {
    const demo = await open()
    expect(count(demo, `select count(*) as n from customers where registered_at > ${demo.now()}`)).toBe(0)
    await demo.advance(demo.act(terminalActor), { by: 'day' })
    const joined = count(
      demo,
      `select count(*) as n from events where name = 'member_registered' and source = 'sandbox'`,
    )
    expect(joined).toBeGreaterThan(5)
    expect(count(demo, 'select count(*) as n from customers')).toBe(members + joined)
  })

  test('answers what it is sent: receipts, clicks and purchases, at their own times', async () => {
    const demo = await open()
    launch(demo, everyone)
    const news: BrandNews[] = []
    const off = demo.subscribe((one) => news.push(one))
    expect(await demo.advance(demo.act(terminalActor), { by: 'next_due' })).toMatchObject({
      now: expect.any(Number),
    })
    expect(new Date(demo.now() + 8 * hour).getUTCHours()).toBe(10)
    const sent = count(demo, `select count(*) as n from messages where status = 'sent'`)
    expect(sent).toBeGreaterThan(members * 0.8)
    expect(count(demo, `select count(*) as n from inbox where direction = 'out'`)).toBe(sent)
    expect(count(demo, 'select count(*) as n from receipts')).toBe(0)
    await demo.advance(demo.act(terminalActor), { by: 'day' })
    off()
    expect(count(demo, `select count(*) as n from receipts where kind = 'delivered'`)).toBeGreaterThan(sent)
    const clicked = count(demo, `select count(distinct message_id) as n from receipts where kind = 'clicked'`)
    expect(clicked).toBeGreaterThan(10)
    expect(count(demo, `select count(*) as n from messages where node = 'thanks'`)).toBeGreaterThan(5)
    expect(count(demo, `select count(*) as n from inbox where direction = 'in'`)).toBe(
      count(demo, `select count(*) as n from receipts where kind = 'replied'`),
    )
    expect(new Set(news.map(({ type }) => type))).toEqual(new Set(['clock', 'figures', 'inbox']))
    expect(news.at(-1)).toMatchObject({ type: 'clock', clock: { moving: null } })
  })

  test('moved in pieces or at once, it is the same brand', async () => {
    const story = async (moves: readonly number[]) => {
      const dataDir = emptyFolder()
      const both = await openAt(dataDir)
      const demo = both.brands.get('demo')
      if (demo === undefined) throw new Error('no demo')
      launch(demo, everyone)
      for (const move of moves) await demo.advance(demo.act(terminalActor), { to: demo.now() + move })
      const rows = dbOf(demo)
        .sqlite.prepare(
          'select customer_id, node, body, created_at from messages order by customer_id, node, created_at',
        )
        .all()
      await both.close()
      return rows
    }
    const whole = await story([40 * hour])
    expect(whole.length).toBeGreaterThan(1000)
    expect(await story([16 * hour, 24 * hour])).toEqual(whole)
  })

  test('a second move while one is under way is refused, and so is one into the past', async () => {
    const demo = await open()
    const move = demo.advance(demo.act(terminalActor), { by: 'hour' })
    await expect(demo.advance(demo.act(terminalActor), { by: 'hour' })).rejects.toMatchObject({
      code: 'clock-moving',
    })
    await move
    await expect(demo.advance(demo.act(terminalActor), { to: demo.now() - 1 })).rejects.toMatchObject({
      code: 'clock-target',
    })
  })

  test('a move cut short has happened up to there, and goes on from there', async () => {
    const demo = await open()
    const from = demo.now()
    const move = demo.advance(demo.act(terminalActor), { by: 'day' })
    await demo.close()
    await move
    opened = null
    const again = await open()
    expect(again.now()).toBeGreaterThanOrEqual(from)
    expect(again.now()).toBeLessThanOrEqual(from + day)
    expect(count(again, `select count(*) as n from planned_events where at <= ${again.now()}`)).toBe(0)
    await again.advance(again.act(terminalActor), { to: from + day })
    expect(count(again, `select count(*) as n from planned_events where at <= ${from + day}`)).toBe(0)
  })
})

describe('the folder of data', () => {
  test('a seed that was interrupted half way is made anew', async () => {
    const folder = emptyFolder()
    writeFileSync(`${brandPath(folder, 'demo')}.half`, 'half a brand')
    const opened = await openAt(folder)
    expect(existsSync(`${brandPath(folder, 'demo')}.half`)).toBe(false)
    expect(opened.brands.get('demo')?.clock().now).toBe(demoClockStart)
    await opened.close()
  })

  test('the own brand begins at the hour of its first start, and gets no reactions but deliveries', async () => {
    const folder = emptyFolder()
    const opened = await openAt(folder)
    const own = opened.brands.get('own')
    if (own === undefined) throw new Error('no own brand')
    expect(own.now()).toBe(Date.parse('2026-11-05T10:00:00+08:00'))
    dbOf(own)
      .sqlite.prepare(
        `insert into customers (id, shard, name, phone, updated_at) values ('c1', 0, '王芳', '19900000001', 0)`,
      )
      .run()
    launch(own, {
      nodes: { hand: by.hand(), hello: by.sms('您好'), done: by.exit() },
      flow: ['hand -> hello', 'hello -> done'],
    })
    await own.engine.enter(own.act(terminalActor), 'journey', ['c1'])
    await own.settle()
    await own.advance(own.act(terminalActor), { by: 'day' })
    expect(dbOf(own).sqlite.prepare('select name from events').all()).toEqual([{ name: 'message_delivered' }])
    await opened.close()
    const later = await openAt(folder, () => Date.parse('2027-01-01T00:00:00+08:00'))
    expect(later.brands.get('own')?.now()).toBe(Date.parse('2026-11-06T10:00:00+08:00'))
    await later.close()
  })
})
