import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodsOf } from '../../../shared/picks/goods.ts'
import { neighboursOf } from '../../../shared/picks/together.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { AnalyticalCopy } from './copy.ts'

let folder: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-goods-'))
  db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

interface Order {
  readonly by: number
  readonly at: number
  readonly properties: Record<string, unknown>
}

function take(orders: readonly Order[]): void {
  db.sqlite.exec('delete from events; delete from customers')
  const come = db.sqlite.prepare(
    `insert or ignore into customers (id, shard, attributes, updated_at) values (?, 0, '{}', 0)`,
  )
  const buy = db.sqlite.prepare(
    `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
     values (?, ?, 0, 'order', ?, 0, 100, ?, 'history', 0)`,
  )
  orders.forEach(({ by, at, properties }, nth) => {
    come.run(`c${by}`)
    buy.run(`o${nth}`, `c${by}`, at, JSON.stringify(properties))
  })
}

async function ask<T>(work: (copy: AnalyticalCopy) => Promise<T>): Promise<T> {
  const copy = new AnalyticalCopy({ truth: openTruth(db.path), file: ':memory:' })
  return work(copy).finally(() => copy.close())
}

const name = fc.constantFrom('tea', '茶 🍵', "o'clock", 'a.b', '7', 'soap', 'milk')
const line = fc.oneof(
  fc.record({ sku: fc.oneof(name, fc.integer({ min: 1, max: 3 })), title: name }),
  fc.record({ title: name }),
  fc.record({ quantity: fc.integer({ min: 1, max: 3 }) }),
  name,
  fc.integer({ min: 1, max: 3 }),
)
const properties = fc.oneof(
  fc.record({ items: fc.array(line, { maxLength: 4 }) }),
  fc.record({ categories: fc.oneof(fc.constantFrom('tea|milk', '茶、soap', ' ', ''), fc.array(name)) }),
  fc.record({ items: fc.integer({ min: 1, max: 9 }), 品类: name }),
  fc.constant({}),
)
const orders = fc.array(
  fc.record({ by: fc.integer({ min: 1, max: 8 }), at: fc.integer({ min: 0, max: 1000 }), properties }),
  { maxLength: 60 },
)

/** Who had bought what before a moment, as memory has it. */
function hadOf(all: readonly Order[], before: number): Map<string, Set<string>> {
  const had = new Map<string, Set<string>>()
  for (const { by, at, properties } of all) {
    const goods = at < before ? goodsOf(properties) : []
    for (const good of goods) had.set(`c${by}`, (had.get(`c${by}`) ?? new Set()).add(good))
  }
  return had
}

test('what the copy counts as bought together is what memory counts, whatever orders hold', async () => {
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 0, max: 1000 }), async (all, before) => {
      take(all)
      const found = await ask((copy) => copy.ask('goods', { before }))
      const had = hadOf(all, before)
      const buyers = new Map<string, number>()
      for (const goods of had.values())
        for (const good of goods) buyers.set(good, (buyers.get(good) ?? 0) + 1)
      const known = [...buyers].filter(([, count]) => count >= 3)
      expect(new Map(found.goods.map(({ item, buyers: count }) => [item, count]))).toEqual(new Map(known))
      if (known.length > 0) expect(found.of).toBe(had.size)
      const pairs = known.flatMap(([item]) =>
        known.flatMap(([other]) => {
          const both = [...had.values()].filter((goods) => goods.has(item) && goods.has(other)).length
          return item === other || both === 0 ? [] : [{ item, other, both }]
        }),
      )
      const of = (some: Parameters<typeof neighboursOf>[0]) => neighboursOf(some, buyers, had.size, 20)
      expect(of(found.pairs)).toEqual(of(pairs))
    }),
    { numRuns: 25, seed: 20261130 },
  )
}, 60_000)

test('customers on whose next order picks are tried had bought before, and bought again after', async () => {
  const order = (by: number, at: number, ...goods: string[]): Order => ({
    ...{ by, at, properties: { items: goods.map((sku) => ({ sku })) } },
  })
  take([
    ...[order(1, 1, 'tea'), order(1, 5, 'tea', 'milk'), order(1, 900, 'soap'), order(1, 950, 'cup')],
    ...[order(2, 800, 'tea'), order(2, 850, 'milk')],
    order(3, 920, 'tea'),
  ])
  const { at, customers } = await ask((copy) => copy.ask('heldOut', { share: 0.5, most: 10 }))
  expect(at).toBe(850)
  expect(customers.map(({ bought }) => bought).sort()).toEqual([['milk'], ['soap']])
  expect(customers.find(({ bought }) => bought[0] === 'soap')?.had).toEqual([
    { item: 'milk', at: 5, times: 1 },
    { item: 'tea', at: 5, times: 2 },
  ])
})

test('what was given back whole was not bought', async () => {
  const all = [1, 2, 3, 4].map((by) => ({ by, at: by, properties: { items: [{ sku: 'tea' }] } }))
  take(all)
  db.sqlite
    .prepare(
      `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values ('r1', 'c1', 0, 'refund', 9, 0, 100, ?, 'history', 0)`,
    )
    .run(JSON.stringify({ order_id: 'o0' }))
  const { goods } = await ask((copy) => copy.ask('goods', { before: 100 }))
  expect(goods).toEqual([{ item: 'tea', buyers: 3 }])
})
