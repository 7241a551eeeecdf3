import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CustomerEvent, PropertyValue } from '../../../shared/conditions/customer.ts'
import { measureOf } from '../../../shared/conditions/evaluate.ts'
import { leftProperties } from '../../../shared/conditions/lines.ts'
import { conditionSchema } from '../../../shared/conditions/schema.ts'
import { buyer, inMemory } from '../../../shared/testing/conditions-in-memory.ts'
import type { Member } from '../../../shared/testing/random-conditions.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { storeMembers } from '../../testing/stored-members.ts'
import { AnalyticalCopy } from './copy.ts'
import { inMemory as ofNoFile } from './files.ts'

let folder: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-returns-'))
  db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const sku = fc.constantFrom<PropertyValue>('tea', 7, '7')
const sold = fc.record(
  {
    sku,
    quantity: fc.constantFrom(0, 0.1, 1, 2, 3, 3),
    price: fc.constantFrom(0, 333, 1_000),
    discount: fc.constantFrom(100, 100, 2_000),
    amount: fc.constantFrom(0.5, 999),
    status: fc.constantFrom('refunded', 'sent'),
    net_amount: fc.constant(5),
  },
  { requiredKeys: ['sku'] },
)
const back = fc.record(
  {
    sku,
    quantity: fc.constantFrom<PropertyValue>(0, 0.1, 0.25, 1, 1, 1, 2, 'two'),
    amount: fc.constantFrom<PropertyValue>(0, 1, 100, 333, 500.5, 1_000),
  },
  { requiredKeys: ['sku'] },
)
const refund = fc.record({
  at: fc.nat(60),
  amount: fc.constantFrom(0, 20),
  lines: fc.array(back, { minLength: 1, maxLength: 3 }),
})
const purchase = fc.record({
  at: fc.nat(40),
  amount: fc.constantFrom(30, 5_000, 9_000),
  items: fc.array(sold, { minLength: 1, maxLength: 4 }),
  refunds: fc.array(refund, { maxLength: 2 }),
})
type Purchase = typeof purchase extends fc.Arbitrary<infer T> ? T : never

/** Somebody with some orders, each with the refunds of it; a refund may come before its order. */
function memberOf(purchases: readonly Purchase[], index: number): Member {
  const events = purchases.flatMap(({ refunds, items, ...order }, number): CustomerEvent[] => {
    const id = `${index}-${number}`
    return [
      { ...order, id, name: 'order', properties: { items } },
      ...refunds.map(({ lines, ...one }, nth) => ({
        ...{ ...one, id: `${id}-${nth}`, name: 'refund', properties: { order_id: id, lines } },
      })),
    ]
  })
  return { ...buyer(`${index}`, [], []), events }
}

const inTurn = ({ events }: Member) => [...events].sort((one, other) => one.at - other.at)

/** Some of the numbers that were found. */
const numbersIn = (found: readonly unknown[]): readonly number[] =>
  [...new Set(found)].filter((one) => typeof one === 'number').slice(0, 3)

test('what is left of lines is in the copy what it is in memory, whatever was bought and given back', async () => {
  const property = fc.constantFrom(...leftProperties, 'amount', 'quantity')
  const measure = fc.constantFrom('sum', 'average', 'count', 'distinct', 'first', 'last')
  const lives = fc.array(fc.array(purchase, { minLength: 1, maxLength: 2 }), { minLength: 15, maxLength: 15 })
  let lessened = 0
  await fc.assert(
    fc.asyncProperty(
      lives,
      property,
      measure,
      fc.integer({ min: 30, max: 100 }),
      async (all, of, by, now) => {
        const members = all.map(memberOf)
        storeMembers(db.sqlite, members)
        const moment = { now, zone: 'Asia/Shanghai', anchors: {} }
        const at = { ...moment, enteredAt: null }
        const bare = { kind: 'events', event: '$order_line', measure: by, property: of }
        const asked = conditionSchema.parse({ ...bare, op: 'eq', value: 0 })
        if (asked.kind !== 'events') throw new Error('a test of events')
        const found = members.map((one) => measureOf(asked, inTurn(one), at, {}))
        const copy = new AnalyticalCopy({ truth: openTruth(db.path), file: ofNoFile })
        for (const value of numbersIn(found)) {
          const condition = conditionSchema.parse({ ...bare, op: 'eq', value })
          expect(
            [...(await copy.ask('select', { condition, moment }))].sort(),
            JSON.stringify(condition),
          ).toEqual(inMemory(condition, {}, at, members))
        }
        const given = conditionSchema.parse({
          ...{ kind: 'events', event: '$order_line', op: 'gte', value: 1 },
          where: [{ property: 'refunded_quantity', op: 'gt', value: 0 }],
        })
        const some = inMemory(given, {}, at, members)
        expect([...(await copy.ask('select', { condition: given, moment }))].sort()).toEqual(some)
        lessened += some.length
        await copy.close()
      },
    ),
    { numRuns: 20, seed: 20261201 },
  )
  expect(lessened).toBeGreaterThan(15)
}, 60_000)

test('lines come back as refunds come, are corrected and go', async () => {
  const copy = new AnalyticalCopy({ truth: openTruth(db.path), file: ofNoFile })
  const properties = { items: [{ sku: 'tea', quantity: 3, price: 100 }, { sku: 'cup' }] }
  const one: Member = {
    ...buyer('a', [], []),
    events: [{ id: 'o1', name: 'order', at: 1, amount: 900, properties }],
  }
  storeMembers(db.sqlite, [one])
  const moment = { now: 1_000, zone: 'Asia/Shanghai', anchors: {} }
  const left = async (value: number) => {
    const bare = {
      kind: 'events',
      event: '$order_line',
      where: [{ property: 'sku', op: 'eq', value: 'tea' }],
    }
    const asked = { ...bare, measure: 'sum', property: 'net_quantity', op: 'eq', value }
    return (await copy.ask('select', { condition: conditionSchema.parse(asked), moment })).length === 1
  }
  expect(await left(3)).toBe(true)
  const give = db.sqlite.prepare(
    `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
     values ('r1', 'a', 0, 'refund', 5, 0, 100, ?, 'history', 0)`,
  )
  give.run(JSON.stringify({ order_id: 'o1', lines: [{ sku: 'tea', quantity: 1 }] }))
  expect(await left(2)).toBe(true)
  const correct = db.sqlite.prepare(`update events set properties = ? where id = 'r1'`)
  correct.run(JSON.stringify({ order_id: 'o1', lines: [{ sku: 'tea' }] }))
  expect(await left(0)).toBe(true)
  db.sqlite.exec(`delete from events where id = 'r1'`)
  expect(await left(3)).toBe(true)
  await copy.close()
})
