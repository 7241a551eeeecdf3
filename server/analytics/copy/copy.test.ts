import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { limits } from '../../../shared/limits.ts'
import { backupDatabase } from '../../store/sqlite/backup.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { renewGeneration } from '../../store/sqlite/truth/generation.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { AnalyticalCopy } from './copy.ts'
import { closeDuck, openDuck } from './duck.ts'
import { copyFileOf } from './files.ts'

const moment = { now: Date.parse('2026-08-01T00:00:00Z'), zone: 'Asia/Shanghai', anchors: {} }
const lives = (city: string): Condition => ({ kind: 'attribute', name: 'city', op: 'eq', value: city })
const tagged = (tag: string): Condition => ({ kind: 'tag', tag, has: true })
const listed = (audience: string): Condition => ({ kind: 'audience', audience, member: true })
const bought: Condition = {
  ...{ kind: 'events', event: 'order', where: [], measure: 'count', window: { kind: 'ever' } },
  ...{ op: 'gte', value: 1 },
}

let folder: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-copy-'))
  db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const file = () => copyFileOf(db.path)
const open = (room?: () => number) =>
  new AnalyticalCopy({ truth: openTruth(db.path), file: file(), ...(room === undefined ? {} : { room }) })

async function withCopy<T>(work: (copy: AnalyticalCopy) => Promise<T>, room?: () => number): Promise<T> {
  const copy = open(room)
  return work(copy).finally(() => copy.close())
}

const ids = (copy: AnalyticalCopy, condition: Condition) => copy.ask('select', { condition, moment })

function come(id: string, city: string): void {
  db.sqlite
    .prepare(
      `insert into customers (id, shard, name, city, attributes, updated_at) values (?, 0, ?, ?, '{}', 0)
       on conflict do update set city = excluded.city`,
    )
    .run(id, `name of ${id}`, city)
}

function own(customer: string, staff: string): void {
  db.sqlite.prepare('update owners set until = 1 where customer_id = ? and until is null').run(customer)
  db.sqlite
    .prepare(`insert into owners (customer_id, staff, since, by) values (?, ?, 0, 'person')`)
    .run(customer, staff)
}

function hire(id: string, team: string | null): void {
  db.sqlite
    .prepare(
      `insert into staff (id, name, team, updated_at) values (?, ?, ?, 0) on conflict do update set team = excluded.team`,
    )
    .run(id, `name of ${id}`, team)
}

function buy(customer: string, order: string): void {
  db.sqlite
    .prepare(
      `insert or ignore into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values (?, ?, 0, 'order', 0, 0, 100, '{}', 'history', 0)`,
    )
    .run(order, customer)
}

describe('a copy that is read on', () => {
  test('need not read first what has changed since a list was begun in it', async () => {
    come('c1', '上海')
    come('c2', '上海')
    await withCopy(async (copy) => {
      const page = async (after: string | null, continued: boolean) =>
        (await copy.ask('page', { condition: lives('上海'), moment, after, limit: 1, continued })).ids
      // Of nothing there is nothing to go on with.
      expect(await page(null, true)).toEqual(['c1'])
      const { mark } = copy
      come('c3', '上海')
      expect(await page('c1', true)).toEqual(['c2'])
      expect(copy.mark).toEqual(mark)
      expect(await page('c2', true)).toEqual([])
      expect(await page('c2', false)).toEqual(['c3'])
    })
  })

  test('knows at once what has been written', async () => {
    await withCopy(async (copy) => {
      come('a', '杭州')
      come('b', '北京')
      expect(await ids(copy, lives('杭州'))).toEqual(['a'])
      come('b', '杭州')
      buy('b', 'o1')
      db.sqlite.exec(`insert into tags (customer_id, tag, at) values ('a', 'vip', 0)`)
      db.sqlite.exec(
        `insert into audiences (key, name, kind, created_at, updated_at) values ('l', '{}', 'list', 0, 0)`,
      )
      db.sqlite.exec(`insert into audience_members (audience, customer_id, at) values ('l', 'b', 0)`)
      expect(await ids(copy, lives('杭州'))).toEqual(['a', 'b'])
      expect(await ids(copy, bought)).toEqual(['b'])
      expect(await ids(copy, tagged('vip'))).toEqual(['a'])
      expect(await ids(copy, listed('l'))).toEqual(['b'])
      db.sqlite.exec(`delete from customers where id = 'b'; delete from tags`)
      expect(await ids(copy, bought)).toEqual([])
      expect(await ids(copy, tagged('vip'))).toEqual([])
      expect(await copy.ask('count', { condition: lives('杭州'), moment })).toEqual({
        ...{ count: 1, of: 1, sample: [{ id: 'a', name: 'name of a' }] },
      })
    })
  })

  test('goes on from where it was left', async () => {
    come('a', '杭州')
    await withCopy((copy) => copy.catchUp())
    await tamper()
    come('b', '杭州')
    expect(await withCopy((copy) => ids(copy, lives('杭州')))).toEqual(['b'])
  })

  test('reads all customers anew, and what they did not, after a night that has scored very many', async () => {
    const scored = db.sqlite.prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
       insert into changes (part, customer_id) select ?, 'a' from n`,
    )
    const forgetEvents = async () => {
      const duck = await openDuck(file())
      try {
        await duck.writer.run('delete from events')
      } finally {
        closeDuck(duck)
      }
    }
    come('a', '杭州')
    buy('a', 'o1')
    await withCopy((copy) => copy.catchUp())
    await forgetEvents()
    come('b', '杭州')
    scored.run(limits.copyChanges.value, 'customers')
    await withCopy(async (copy) => {
      expect(await ids(copy, lives('杭州'))).toEqual(['a', 'b'])
      // The events that a test has taken out of the copy are not read again.
      expect(await ids(copy, bought)).toEqual([])
    })
    // Of anything else so many changes are sooner read with all the rest.
    scored.run(limits.copyChanges.value + 1, 'tags')
    expect(await withCopy((copy) => ids(copy, bought))).toEqual(['a'])
  })

  test('finds a new event under the number of one that was taken away', async () => {
    await withCopy(async (copy) => {
      for (const id of ['a', 'b']) come(id, '杭州')
      buy('a', 'o1')
      expect(await ids(copy, bought)).toEqual(['a'])
      db.sqlite.exec('delete from events')
      buy('b', 'o2')
      expect(await ids(copy, bought)).toEqual(['b'])
      db.sqlite.exec('delete from events')
      expect(await ids(copy, bought)).toEqual([])
      buy('a', 'o3')
      expect(await ids(copy, bought)).toEqual(['a'])
    })
  })

  test('knows an event that came before its customer', async () => {
    await withCopy(async (copy) => {
      buy('late', 'o1')
      expect(await ids(copy, bought)).toEqual([])
      come('late', '杭州')
      expect(await ids(copy, bought)).toEqual(['late'])
    })
  })

  test('reads the customers anew when an attribute is declared otherwise', async () => {
    await withCopy(async (copy) => {
      come('a', '杭州')
      db.sqlite.exec(`update customers set attributes = '{"points":"90"}'`)
      const above: Condition = { kind: 'attribute', name: 'points', op: 'lt', value: 100 }
      expect(await ids(copy, above)).toEqual([])
      db.sqlite.exec(
        `insert into attributes (name, type, filled, unreadable, updated_at) values ('points', 'number', 1, 0, 0)`,
      )
      expect(await ids(copy, above)).toEqual(['a'])
    })
  })
})

/** Takes out of the copy what stands in the truth, by which one sees whether it was made anew. */
async function tamper(): Promise<void> {
  const duck = await openDuck(file())
  await duck.writer.run('delete from customers')
  closeDuck(duck)
}

/** All rows of a copy by the customers' ids, in an order of their own. */
async function contents(at: string): Promise<unknown> {
  const duck = await openDuck(at)
  try {
    const tables = ['customers', 'tags', 'members', 'events', 'lines', 'returned']
    const read = async (table: string) => {
      const found = await duck.writer.runAndReadAll(
        `select p.id as whose, t.* exclude (person) from ${table} t join people p using (person)`,
      )
      return found
        .getRowsJson()
        .map((row) => JSON.stringify(row))
        .sort()
    }
    return Object.fromEntries(
      await Promise.all(tables.map(async (table) => [table, await read(table)] as const)),
    )
  } finally {
    closeDuck(duck)
  }
}

const who = fc.constantFrom('a', 'b', 'c')
const act = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), id: who, city: fc.constantFrom('杭州', '北京') }),
  fc.record({ kind: fc.constant('leave' as const), id: who }),
  fc.record({ kind: fc.constant('buy' as const), id: who, order: fc.nat(5) }),
  fc.record({ kind: fc.constant('return' as const), order: fc.nat(5) }),
  fc.record({ kind: fc.constant('correct' as const), order: fc.nat(5) }),
  fc.record({ kind: fc.constant('tag' as const), id: who, tag: fc.constantFrom('x', 'y') }),
  fc.record({ kind: fc.constant('untag' as const), id: who }),
  fc.record({ kind: fc.constant('list' as const), id: who }),
  fc.record({ kind: fc.constant('merge' as const), id: who, to: who }),
  fc.record({ kind: fc.constant('look' as const) }),
)

type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

async function play(one: Act, copy: AnalyticalCopy): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => db.sqlite.prepare(sql).run(...values)
  if (one.kind === 'join') come(one.id, one.city)
  else if (one.kind === 'leave') run('delete from customers where id = ?', one.id)
  else if (one.kind === 'buy') buy(one.id, `o${one.order}`)
  else if (one.kind === 'return') run('delete from events where id = ?', `o${one.order}`)
  else if (one.kind === 'correct') run('update events set amount = amount + 1 where id = ?', `o${one.order}`)
  else if (one.kind === 'tag')
    run('insert or ignore into tags (customer_id, tag, at) values (?, ?, 0)', one.id, one.tag)
  else if (one.kind === 'untag') run('delete from tags where customer_id = ?', one.id)
  else if (one.kind === 'list')
    run(`insert or ignore into audience_members (audience, customer_id, at) values ('l', ?, 0)`, one.id)
  else if (one.kind === 'merge')
    run('update or ignore tags set customer_id = ? where customer_id = ?', one.to, one.id)
  else await copy.catchUp()
}

test('a copy that was read on is the same as one made anew, whatever has happened', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const following = await withCopy(async (copy) => {
        await copy.catchUp()
        for (const one of acts) await play(one, copy)
        await copy.catchUp()
        return copy.mark
      })
      const followed = await contents(file())
      await withCopy((copy) => copy.rebuild())
      expect(followed).toEqual(await contents(file()))
      expect(following).not.toBeNull()
    }),
    { numRuns: 8 },
  )
})

describe('a copy of another past', () => {
  test('is made anew where the data was laid back', async () => {
    come('a', '杭州')
    const backup = join(folder, 'backup.sqlite')
    await backupDatabase(db, backup, 0)
    come('b', '杭州')
    expect(await withCopy((copy) => ids(copy, lives('杭州')))).toEqual(['a', 'b'])
    db.close()
    writeFileSync(db.path, readFileSync(backup))
    for (const end of ['-wal', '-shm']) rmSync(db.path + end, { force: true })
    db = openDatabase(db.path)
    come('c', '杭州')
    expect(await withCopy((copy) => ids(copy, lives('杭州')))).toEqual(['a', 'c'])
  })

  test('is made anew while it is open', async () => {
    await withCopy(async (copy) => {
      come('a', '杭州')
      expect(await ids(copy, lives('杭州'))).toEqual(['a'])
      db.sqlite.exec(`delete from customers; delete from changes`)
      renewGeneration(db.sqlite)
      expect(await ids(copy, lives('杭州'))).toEqual([])
    })
  })

  test('is made anew where the log of changes does not reach back', async () => {
    come('a', '杭州')
    await withCopy((copy) => copy.catchUp())
    for (const id of ['b', 'c']) come(id, '杭州')
    db.sqlite.exec('delete from changes where seq < (select max(seq) from changes)')
    expect(await withCopy((copy) => ids(copy, lives('杭州')))).toEqual(['a', 'b', 'c'])
  })
})

describe('a copy that is damaged', () => {
  const half = () => truncateSync(file(), Math.floor(statSync(file()).size / 2))
  const zeroes = () => writeFileSync(file(), Buffer.alloc(statSync(file()).size))
  const noise = () => {
    const bytes = readFileSync(file())
    for (let at = 4_096; at < bytes.length; at += 7) bytes[at] = (at * 31) % 251
    writeFileSync(file(), bytes)
  }
  const text = () => writeFileSync(file(), 'this is no database')
  const nothing = () => writeFileSync(file(), '')

  test.each([
    ['cut in half', half],
    ['full of zeroes', zeroes],
    ['overwritten', noise],
    ['some other file', text],
    ['empty', nothing],
    ['gone', () => rmSync(file())],
  ])('and is %s is made anew', async (_, damage) => {
    for (let index = 0; index < 300; index += 1) come(`c${index}`, index % 3 === 0 ? '杭州' : '北京')
    await withCopy((copy) => copy.catchUp())
    damage()
    const counted = await withCopy((copy) => copy.ask('count', { condition: lives('杭州'), moment }))
    expect(counted).toMatchObject({ count: 100, of: 300 })
  })

  test('and that ended whoever opened it is not opened again', async () => {
    come('a', '杭州')
    await withCopy((copy) => copy.catchUp())
    await tamper()
    writeFileSync(`${file()}.opening`, '')
    expect(await withCopy((copy) => ids(copy, lives('杭州')))).toEqual(['a'])
  })
})

test('a disk that fills up is said, the data is untouched, and it goes on when there is room', async () => {
  let room = 0
  come('a', '杭州')
  await withCopy(
    async (copy) => {
      await expect(ids(copy, lives('杭州'))).rejects.toMatchObject({ code: 'copy-no-room' })
      room = Number.POSITIVE_INFINITY
      expect(await ids(copy, lives('杭州'))).toEqual(['a'])
      room = 0
      come('b', '杭州')
      await expect(ids(copy, lives('杭州'))).rejects.toMatchObject({ code: 'copy-no-room' })
      room = Number.POSITIVE_INFINITY
      expect(await ids(copy, lives('杭州'))).toEqual(['a', 'b'])
    },
    () => room,
  )
  expect(db.sqlite.prepare('select count(*) from customers').pluck().get()).toBe(2)
})

test('a count that is taken back is ended', async () => {
  come('a', '杭州')
  await withCopy(async (copy) => {
    const ending = new AbortController()
    ending.abort(new Error('taken back'))
    await expect(copy.ask('count', { condition: bought, moment }, ending.signal)).rejects.toThrow(
      'taken back',
    )
  })
})

test('going through an audience goes round and round in the order of ids', async () => {
  for (const id of ['a', 'b', 'c', 'd']) come(id, id === 'b' ? '北京' : '杭州')
  await withCopy(async (copy) => {
    const step = (
      customerId: string | null,
      move: 'none' | 'next' | 'previous',
      condition: Condition | null,
    ) => copy.ask('step', { condition, moment, customerId, move })
    expect(await step(null, 'none', lives('杭州'))).toEqual({ customerId: 'a', index: 1, of: 3 })
    expect(await step('a', 'next', lives('杭州'))).toEqual({ customerId: 'c', index: 2, of: 3 })
    expect(await step('d', 'next', lives('杭州'))).toEqual({ customerId: 'a', index: 1, of: 3 })
    expect(await step('a', 'previous', lives('杭州'))).toEqual({ customerId: 'd', index: 3, of: 3 })
    expect(await step('b', 'next', lives('杭州'))).toEqual({ customerId: 'c', index: 2, of: 3 })
    expect(await step('b', 'none', lives('杭州'))).toEqual({ customerId: 'b', index: 0, of: 3 })
    expect(await step('b', 'next', null)).toEqual({ customerId: 'c', index: 3, of: 4 })
    expect(await step(null, 'next', lives('上海'))).toEqual({ customerId: null, index: 0, of: 0 })
  })
})

test('the copy knows who has whom, whatever attribute a brand has by that name, and hears of it when that changes', async () => {
  const has = (name: string, value: string): Condition => ({ kind: 'attribute', name, op: 'eq', value })
  hire('a', 'east')
  come('c1', '上海')
  come('c2', '上海')
  db.sqlite.prepare(`update customers set attributes = '{"owner":"own","owner_team":"own"}'`).run()
  own('c1', 'a')
  await withCopy(async (copy) => {
    expect(await ids(copy, has('owner', 'a'))).toEqual(['c1'])
    expect(await ids(copy, has('owner', 'own'))).toEqual(['c2'])
    expect(await ids(copy, has('owner_team', 'east'))).toEqual(['c1'])
    hire('a', null)
    expect(await ids(copy, has('owner_team', 'east'))).toEqual([])
    expect(await ids(copy, has('owner_team', 'own'))).toEqual(['c2'])
    hire('b', 'west')
    own('c1', 'b')
    expect(await ids(copy, has('owner', 'b'))).toEqual(['c1'])
    expect(await ids(copy, has('owner', 'a'))).toEqual([])
  })
})
