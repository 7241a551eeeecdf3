import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orderIn, orderText, ownSorts, sortedScores } from '../../../../shared/api/customer-sort.ts'
import { scratchBase } from '../../../brand/scratch-base.ts'
import type { CustomerSearch } from '../../../ports/customers.ts'
import { memberOf } from '../../../testing/members.ts'
import { openDatabase } from '../database.ts'
import { everybodyOf } from '../entering/everybody.ts'
import { addCustomers } from '../seed.ts'
import { searchCustomers } from './search.ts'

const db = openDatabase(':memory:', { durability: 'off' })
afterAll(() => db.close())
const base = scratchBase(db)
/** Each customer is asked, or the copy is. */
const ways = { memory: everybodyOf(db.sqlite, base, 1_000), copy: everybodyOf(db.sqlite, base, 0) }
const at = { now: Date.parse('2026-08-05T10:00:00Z'), zone: 'Asia/Shanghai' }
const day = (date: string) => Date.parse(`${date}T00:00:00Z`)

const people = [
  { id: 'c1', name: '张伟', city: '杭州', registeredAt: day('2026-03-01') },
  { id: 'c2', name: '李娜', city: '杭州', registeredAt: day('2026-05-01') },
  { id: 'c3', name: '', city: '杭州', registeredAt: null },
  { id: 'c4', name: '王芳', city: '上海', registeredAt: day('2026-05-01') },
  { id: 'c5', name: null, city: '杭州', registeredAt: day('2026-01-01') },
  { id: 'c6', name: 'Zoe', city: '杭州', registeredAt: null },
  { id: 'c7', name: 'anna', city: '杭州', registeredAt: day('2026-04-01') },
  { id: 'c8', name: '阿强', city: '杭州', registeredAt: day('2026-02-01') },
]
const purchases: [customer: string, name: string, id: string, at: string, amount: number, of?: string][] = [
  ['c1', 'order', 'o1', '2026-06-01', 10_000],
  ['c1', 'refund', 'r1', '2026-06-02', 9_000, 'o1'],
  ['c2', 'order', 'o2', '2026-06-05', 5_000],
  ['c2', 'order', 'o3', '2026-07-05', 5_000],
  ['c4', 'order', 'o4', '2026-07-09', 800],
  ['c7', 'order', 'o5', '2026-07-20', 30_000],
  ['c7', 'refund', 'r5', '2026-07-21', 30_000, 'o5'],
  ['c8', 'order', 'o6', '2026-05-05', 5_000],
]

beforeAll(() => {
  addCustomers(
    db,
    people.map((one, index) => ({ ...memberOf(one.id, index + 1), ...one })),
    0,
  )
  const event = db.sqlite.prepare(
    `insert into events (customer_id, name, id, at, amount, properties, shard, received_at, source, pending)
       values (?, ?, ?, ?, ?, ?, 0, 0, 'history', 0)`,
  )
  for (const [customer, name, id, when, amount, of] of purchases)
    event.run(
      customer,
      name,
      id,
      day(when),
      amount,
      of === undefined ? '{}' : JSON.stringify({ order_id: of }),
    )
  db.sqlite.exec(`
    insert into audiences (key, name, kind, condition, created_at, updated_at) values
      ('hangzhou', '{}', 'condition', '{"kind":"attribute","name":"city","op":"eq","value":"杭州"}', 0, 0),
      ('picked', '{}', 'list', null, 0, 0);
    insert into audience_members (audience, customer_id, at) values ('picked', 'c1', 30), ('picked', 'c4', 10),
      ('picked', 'c6', 30), ('other', 'c4', 99);
    insert into audience_stays (audience, customer_id, since, before, until) values ('hangzhou', 'c1', 5, 1, null),
      ('hangzhou', 'c2', 5, 1, null), ('hangzhou', 'c4', 9, 0, null), ('hangzhou', 'c8', 7, 0, null),
      ('hangzhou', 'c5', 2, 0, 3), ('hangzhou', 'c7', 5, 1, 6), ('hangzhou', 'c7', 8, 0, null);
    insert into scores (customer_id, at, scores, reasons) values ('c1', 0, '{"score_propensity":12}', '[]'),
      ('c2', 0, '{"score_propensity":90}', '[]'), ('c5', 0, '{"score_propensity":12}', '[]'), ('c6', 0, '{"score_churn":0.5}', '[]')`)
})

/** All ids, read page by page. */
async function read(way: keyof typeof ways, asked: Omit<CustomerSearch, 'limit' | 'after'>, limit = 3) {
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page: Awaited<ReturnType<typeof searchCustomers>> = await searchCustomers(
      db,
      ways[way],
      { ...asked, limit, after },
      at,
    )
    ids.push(...page.customers.map(({ id }) => id))
    if (page.next === null) return { ids: ids.join(' '), total: page.total }
    after = page.next
  }
}

describe.each(['memory', 'copy'] as const)('people, asked of %s, are read', (way) => {
  test.each([
    ['-id', 'c8 c7 c6 c5 c4 c3 c2 c1'],
    ['-registered_at', 'c2 c4 c7 c1 c8 c5 c3 c6'],
    ['registered_at', 'c5 c8 c1 c7 c2 c4 c3 c6'],
    // By pinyin (a, li, wang, zhang), then Latin letters, large or small; the nameless last.
    ['name', 'c8 c2 c4 c1 c7 c6 c3 c5'],
    ['-name', 'c6 c7 c1 c4 c2 c8 c3 c5'],
    ['-orders', 'c2 c1 c4 c8 c3 c5 c6 c7'],
    ['-spent', 'c2 c8 c1 c4 c3 c5 c6 c7'],
    ['spent', 'c3 c5 c6 c7 c4 c1 c8 c2'],
    ['-last_order', 'c4 c2 c1 c8 c3 c5 c6 c7'],
    ['-score_propensity', 'c2 c1 c5 c3 c4 c6 c7 c8'],
    ['score_propensity', 'c1 c5 c2 c3 c4 c6 c7 c8'],
  ])('in the order %s, page by page', async (sort, ids) => {
    expect(await read(way, { sort })).toEqual({ ids, total: 8 })
  })

  test.each([
    ['-member_since', 'hangzhou', 'c7 c8 c1 c2 c3 c5 c6'],
    ['member_since', 'hangzhou', 'c1 c2 c8 c7 c3 c5 c6'],
    ['-member_since', 'picked', 'c1 c6 c4'],
    ['-spent', 'hangzhou', 'c2 c8 c1 c3 c5 c6 c7'],
  ])('in the order %s of the audience %s', async (sort, audience, ids) => {
    expect(await read(way, { sort, audience }, 2)).toEqual({ ids, total: ids.split(' ').length })
  })

  test('in an order among those who are searched for', async () => {
    const asked = { audience: 'hangzhou', sort: '-registered_at', search: 'c' }
    expect((await read(way, { ...asked, search: '娜' })).ids).toBe('c2')
    expect((await read(way, asked)).ids).toBe('c2 c7 c1 c8 c5 c3 c6')
  })

  test('each once while somebody gets another place meanwhile', async () => {
    const first = await searchCustomers(db, ways[way], { sort: '-spent', limit: 3 }, at)
    expect(first.customers.map(({ id }) => id)).toEqual(['c2', 'c8', 'c1'])
    const undo = db.sqlite.prepare(`delete from events where id = 'new'`)
    db.sqlite.exec(`insert into events (customer_id, name, id, at, amount, properties, shard, received_at, source, pending)
      values ('c2', 'order', 'new', 1, 900, '{}', 0, 0, 'history', 0)`)
    const { next } = first
    const second = await searchCustomers(db, ways[way], { sort: '-spent', limit: 9, after: next ?? '' }, at)
    undo.run()
    expect(second.customers.map(({ id }) => id)).toEqual(['c4', 'c3', 'c5', 'c6', 'c7'])
  })

  test('with what the score says by which they are in order', async () => {
    const { customers } = await searchCustomers(db, ways[way], { sort: '-score_propensity', limit: 2 }, at)
    expect(customers.map(({ id, score }) => [id, score])).toEqual([
      ['c2', 90],
      ['c1', 12],
    ])
  })

  test('only behind a place of the same order', async () => {
    const { next } = await searchCustomers(db, ways[way], { sort: '-spent', limit: 2 }, at)
    for (const after of [next ?? '', 'c2', '%%%'])
      await expect(
        searchCustomers(db, ways[way], { sort: 'spent', limit: 2, after }, at),
      ).rejects.toMatchObject({
        code: 'sort-elsewhere',
      })
  })
})

test('nobody is a member since any time where no audience is asked for', async () => {
  await expect(searchCustomers(db, ways.copy, { sort: 'member_since', limit: 2 }, at)).rejects.toMatchObject({
    code: 'sort-needs-audience',
  })
})

test('whatever the order, each customer comes once, and the copy reads as each customer does', async () => {
  const names = [...Object.keys(ownSorts), ...sortedScores].flatMap((name) => [name, `-${name}`])
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.integer({ min: 1, max: 5 }), async (sort, limit) => {
      const asked = { sort, audience: 'hangzhou' }
      const found = await read('copy', asked, limit)
      expect(found).toEqual(await read('memory', asked, limit))
      expect(found.ids.split(' ').toSorted().join(' ')).toBe('c1 c2 c3 c5 c6 c7 c8')
    }),
    { numRuns: 40 },
  )
})

test('an order is read as it is written', () => {
  for (const written of ['id', '-spent', 'score_churn'])
    expect(orderText(orderIn(written) ?? { by: 'id', descending: true })).toBe(written)
  expect(orderIn('score_stage')).toBeNull()
  expect(orderIn('price')).toBeNull()
})
