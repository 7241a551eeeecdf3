import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { openBrand } from '../brand/runtime.ts'
import type { ImportProgress } from '../imports/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { addCustomers, addHistory } from '../store/sqlite/seed.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { testKeys } from '../testing/keys.ts'
import { memberOf } from '../testing/members.ts'
import { boundsOf } from './kinds.ts'
import { type By, Workshop, type WorkshopOptions } from './workshop.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-workshop-'))
const path = join(folder, 'own.sqlite')
const workshops: Workshop[] = []
const brands: BrandRuntime[] = []

beforeAll(() => {
  const db = openDatabase(path, { durability: 'off' })
  writeBrand(db, brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', quietHours: null }))
  const members = Array.from({ length: 3000 }, (_, index) => memberOf(`m${index}`, index + 1))
  addCustomers(db, members, 1)
  addHistory(
    db,
    members.map(({ id }) => ({
      id: `o-${id}`,
      customerId: id,
      name: 'order',
      at: 1,
      amount: 100,
      properties: {},
    })),
  )
  db.close()
})
afterEach(async () => {
  for (const brand of brands.splice(0)) await brand.close()
  for (const workshop of workshops.splice(0)) await workshop.close()
  endEndless()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function open(options: Partial<WorkshopOptions> = {}): Promise<BrandRuntime> {
  const workshop = new Workshop({ program: null, now: Date.now, ...options })
  workshops.push(workshop)
  const brand = await openBrand({
    ...{
      id: 'own',
      mode: 'sandbox',
      baseUrl: () => '',
      keys: testKeys,
      linkSecret: 's',
      publicId: 'p',
      ai: {},
    },
    db: openDatabase(path, { durability: 'off' }),
    log: pino({ level: 'silent' }),
    machineNow: Date.now,
    workshop,
  })
  brands.push(brand)
  return brand
}

const by = (id = 'local', signal = new AbortController().signal): By => ({
  actor: { ...terminalActor, id },
  signal,
  opened: null,
})

const quick: Condition = { kind: 'attribute', name: 'name', op: 'is_set' }
/** Names a tag, and whether anybody bears it is looked up without an end where `openEndless` has opened. */
const endless: Condition = { kind: 'tag', tag: 'none', has: true }

/** A brand whose tags are looked up for ever: no query over them comes back by itself. */
async function openEndless(options: Partial<WorkshopOptions> = {}): Promise<BrandRuntime> {
  const brand = await open(options)
  // The copy is made of the tags that there are, before they come to no end.
  await brand.ask('count', { condition: quick }, by())
  withDatabase(`-- Helpers make their statements ready, those that write among them.
    alter table tags rename to told;
    create view tags as with recursive n (i) as (select 1 union all select i + 1 from n)
      select 'nobody ' || i as customer_id, 'vip ' || i as tag, i as at, null as source from n;
    create trigger no_tag instead of insert on tags begin select 1; end;
    create trigger no_change instead of update on tags begin select 1; end;
    create trigger no_end instead of delete on tags begin select 1; end`)
  return brand
}

function withDatabase(sql: string): void {
  const db = openDatabase(path, { durability: 'off' })
  db.sqlite.exec(sql)
  db.close()
}

function endEndless(): void {
  const db = openDatabase(path, { durability: 'off' })
  const endlessNow = db.sqlite.prepare("select 1 from sqlite_schema where name = 'told'").get() !== undefined
  if (endlessNow) db.sqlite.exec('drop view tags; alter table told rename to tags')
  db.close()
}

/** A program in the place of the helpers', which does what it likes with its task. */
function programOf(name: string, text: string): string {
  const program = join(folder, `${name}.mjs`)
  writeFileSync(program, text)
  return program
}

const idle = (workshop: Workshop) =>
  expect.poll(() => workshop.signs().answers.running, { timeout: 10_000 }).toBe(0)

describe('what is worked out beside the server', () => {
  test('is what it would be in its own thread, the model included', async () => {
    const [beside, here] = [await open(), await open({ inline: true })]
    const asked = await beside.ask('count', { condition: quick }, by())
    expect(asked).toMatchObject({ count: 3000, of: 3000 })
    expect(asked.sample).toHaveLength(12)
    expect(asked.sample[0]).toMatchObject({ id: 'm0' })
    expect(asked).toEqual(await here.ask('count', { condition: quick }, by()))
    await expect(beside.ask('check', { id: 'none' }, by())).rejects.toMatchObject({
      code: 'not-found',
      place: 'journey',
    })
  })

  test('ends at its time in the middle of a query, and the next is answered', async () => {
    let seconds = 30
    const brand = await openEndless({ bounds: (kind) => ({ ...boundsOf(kind), seconds }) })
    await brand.ask('count', { condition: quick }, by())
    seconds = 0.2
    await expect(brand.ask('count', { condition: endless }, by())).rejects.toMatchObject({
      code: 'work-too-long',
      details: { seconds: 0.2 },
    })
    seconds = 30
    expect(await brand.ask('count', { condition: quick }, by())).toMatchObject({ count: 3000 })
  })

  test('has all of its time, however long its helper takes to start', async () => {
    const program = programOf(
      'slow-to-start',
      `setTimeout(() => process.on('message', () => {
         process.send({ kind: 'begun' })
         process.send({ kind: 'value', value: { count: 7 } })
       }), 600)`,
    )
    const brand = await open({ program, bounds: (kind) => ({ ...boundsOf(kind), seconds: 0.3 }) })
    expect(await brand.ask('count', { condition: quick }, by())).toEqual({ count: 7 })
  })

  test('ends when it needs more memory than it may have, and the server lives', async () => {
    const program = programOf(
      'greedy',
      "process.on('message', () => { const all = []; for (;;) all.push(new Array(10_000).fill(all.length)) })",
    )
    const brand = await open({ program, bounds: (kind) => ({ ...boundsOf(kind), megabytes: 20 }) })
    await expect(brand.ask('count', { condition: quick }, by())).rejects.toMatchObject({
      code: 'work-too-large',
      details: { megabytes: 20 },
    })
    await idle(brand.workshop)
  })

  test('ends when whoever asked has gone, and gives its place back', async () => {
    const brand = await openEndless()
    const gone = new AbortController()
    const asked = brand.ask('count', { condition: endless }, by('one', gone.signal))
    const refused = expect(asked).rejects.toThrow('gone')
    await expect.poll(() => brand.workshop.signs().answers.running).toBe(1)
    gone.abort(new Error('gone'))
    await refused
    await idle(brand.workshop)
  })

  test('of one person holds up nobody else, and waits in a queue that has an end', async () => {
    const brand = await openEndless()
    const gone = new AbortController()
    const ended: string[] = []
    const many = Array.from({ length: 41 }, () =>
      brand
        .ask('count', { condition: endless }, by('one', gone.signal))
        .catch(() => undefined)
        .then(() => ended.push('one')),
    )
    await expect(brand.ask('count', { condition: quick }, by('one'))).rejects.toMatchObject({
      code: 'work-busy',
    })
    await brand.ask('count', { condition: quick }, by('other')).then(() => ended.push('other'))
    gone.abort(new Error('gone'))
    await Promise.all(many)
    expect(ended[0]).toBe('other')
  })

  test('is seen under way with who asked, and ended by a person', async () => {
    const brand = await openEndless()
    const asked = brand.ask('count', { condition: endless }, by('one'))
    const refused = expect(asked).rejects.toMatchObject({ code: 'work-ended' })
    await expect.poll(() => brand.workshop.open.list('own'), { timeout: 10_000 }).toHaveLength(1)
    const [seen] = brand.workshop.open.list('own')
    expect(seen).toMatchObject({ kind: 'count', state: 'running', actor: { id: 'one' } })
    expect(brand.workshop.open.list('other')).toEqual([])
    brand.workshop.open.end('own', seen?.id ?? '')
    await refused
    expect(brand.workshop.open.list('own')).toEqual([])
    expect(() => brand.workshop.open.end('own', seen?.id ?? '')).toThrow('not found')
  })
})

describe('an import', () => {
  const request = { kind: 'customers', zone: 'Asia/Shanghai', currency: 'CNY', receivedAt: 1 } as const

  function file(name: string, rows: number): string {
    const source = join(folder, name)
    const lines = Array.from({ length: rows }, (_, index) => `m${index}`)
    writeFileSync(source, ['customer_id', ...lines].join('\n'))
    return source
  }

  test('tells its progress and its report', async () => {
    const brand = await open()
    const seen: ImportProgress[] = []
    const running = brand.importFile(terminalActor, { ...request, source: file('a.csv', 3000) }, (one) =>
      seen.push(one),
    )
    expect(await running.result).toMatchObject({ rows: 3000, unchanged: 3000, rejected: 0 })
    expect(seen.map(({ done, of }) => [done, of])).toEqual([
      [0, 3000],
      [1000, 3000],
      [2000, 3000],
      [3000, 3000],
    ])
  })

  test('tells a problem of the file as it is', async () => {
    const brand = await open()
    const source = join(folder, 'bare.csv')
    writeFileSync(source, 'name,city\n')
    const { result } = brand.importFile(terminalActor, { ...request, source }, () => undefined)
    await expect(result).rejects.toMatchObject({
      name: 'Problem',
      code: 'csv-missing-column',
      details: { columns: 'customer_id / phone / email' },
      place: 'customer_id',
    })
  })

  test('waits for its turn, and is cancelled whether it waits or runs', async () => {
    const brand = await open()
    const begin = (onProgress: () => void = () => undefined) =>
      brand.importFile(terminalActor, { ...request, source: file('long.csv', 200_000) }, onProgress)
    const [first, second, third] = [begin(() => first.cancel()), begin(), begin()]
    const cancelled = { code: 'import-cancelled' }
    const refused = [first, second, third].map(({ result }) =>
      expect(result).rejects.toMatchObject(cancelled),
    )
    expect([first.before(), second.before(), third.before()]).toEqual([0, 1, 2])
    second.cancel()
    await refused[1]
    expect(third.before()).toBe(1)
    await refused[0]
    await expect.poll(() => third.before()).toBe(0)
    third.cancel()
    await refused[2]
  })
})
