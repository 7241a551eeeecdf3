import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summaryOf } from '../../../shared/models/deeds.ts'
import { dayAt, daysOf } from '../../../shared/models/histories.ts'
import { beyondAll } from '../../../shared/models/quintiles.ts'
import { rfmOf } from '../../../shared/models/rfm.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { freshStore } from '../../store/sqlite/models/scores.ts'
import { addCustomers, addHistory } from '../../store/sqlite/seed.ts'
import { truthOf } from '../../store/sqlite/truth/truth.ts'
import { memberOf } from '../../testing/members.ts'
import { AnalyticalCopy } from './copy.ts'
import { inMemory } from './files.ts'

const zone = 'Asia/Shanghai'
const now = Date.parse('2026-08-11T10:00:00+08:00')
const day = dayAt(now, zone)
const looked = { zone, day, before: now + 1 }
const hourMs = 3_600_000

/** An hour, at midnight, which is nobody's, or between two; also after the moment that is looked at. */
const ago = fc.oneof(
  fc.integer({ min: -50, max: 24 * 45 }).map((hours) => hours * hourMs),
  fc.integer({ min: 0, max: 900 }).map((days) => (days * 24 + 10) * hourMs),
  fc.integer({ min: 0, max: 800 * 24 * 60 }).map((minutes) => minutes * 60_000 + 17),
)
const word = fc.constantFrom('茶', '杯', '壶', 'tea "x"')
const orderProperties = fc.record(
  {
    category: fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.constant(7)),
    channel: fc.constantFrom('小程序', '门店', '', 3),
    coupon: fc.constantFrom('M1', '', 0, '无'),
    items: fc.array(fc.record({ category: word }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const touchProperties = fc.record(
  {
    message_id: fc.constantFrom('1', '2', 3, '', 'x'.repeat(300)),
    title: fc.constantFrom('Tea', '😀', 5, true),
    product: word,
    channel: fc.constantFrom('sms', 'email', '', 4),
  },
  { requiredKeys: [] },
)
const touchName = fc.constantFrom(
  ...['page_view', 'product_viewed', 'add_to_cart', 'message_opened', 'message_clicked', 'signed_up'],
)
const order = fc.record({
  ago,
  amount: fc.constantFrom(0, 100, 2_550, null),
  back: fc.constantFrom(0, 0, 40, 100, 9_000),
  properties: orderProperties,
})
const touch = fc.record({ ago, name: touchName, properties: touchProperties })
const customer = fc.record({
  orders: fc.array(order, { maxLength: 6 }),
  touches: fc.array(touch, { maxLength: 8 }),
})

type Drawn = typeof customer extends fc.Arbitrary<infer T> ? T : never

function eventsOf(who: string, { orders, touches }: Drawn) {
  const event = (id: string, name: string, at: number, amount: number | null, properties: object) => ({
    ...{ id, customerId: who, name, at, amount, properties: { ...properties } },
  })
  return [
    ...orders.flatMap((one, index) => {
      const id = `${who}-${index}`
      const at = now - one.ago
      const back = event(`r-${id}`, 'refund', at + hourMs, one.back, { order_id: id })
      const bought = event(id, 'order', at, one.amount, one.properties)
      return one.back > 0 ? [bought, back] : [bought]
    }),
    ...touches.map((one, index) => event(`${who}-t${index}`, one.name, now - one.ago, null, one.properties)),
  ]
}

let folder: string
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-features-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function withBase<T>(
  drawn: readonly Drawn[],
  work: (parts: { db: BrandDatabase; copy: AnalyticalCopy; ids: string[] }) => Promise<T>,
): Promise<T> {
  files += 1
  const db = openDatabase(join(folder, `${files}.sqlite`), { durability: 'off' })
  const copy = new AnalyticalCopy({ truth: truthOf(db), file: inMemory })
  try {
    const ids = drawn.map((_, place) => `c${place}`)
    addCustomers(
      db,
      ids.map((id, place) => memberOf(id, place)),
      now,
    )
    addHistory(
      db,
      drawn.flatMap((one, place) => eventsOf(`c${place}`, one)),
    )
    return await work({ db, copy, ids })
  } finally {
    await copy.close()
    db.close()
  }
}

describe('what models know of customers', () => {
  test('is the same asked over everybody as worked out for each by itself', async () => {
    const drawn = fc.sample(customer, { numRuns: 250, seed: 9 })
    await withBase(drawn, async ({ db, copy, ids }) => {
      const deeds = await freshStore(db).deedsOf(ids, looked.before)
      const each = ids.flatMap((customerId) => {
        const summary = summaryOf(deeds.get(customerId) ?? { orders: [], touches: [] }, day, zone)
        return summary === null ? [] : [{ customerId, ...summary }]
      })
      const bought = new Set(each.map(({ customerId }) => customerId))
      const { people } = await copy.ask('survey', looked)
      const pieces = [
        await copy.ask('summaries', { ...looked, from: 1, to: 100 }),
        await copy.ask('summaries', { ...looked, from: 101, to: people }),
      ]
      expect(
        pieces
          .flatMap(({ buyers }) => buyers)
          .toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1)),
      ).toEqual(each.toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1)))
      expect(each.some(({ touched }) => touched.length > 1)).toBe(true)
      const others = pieces.flatMap(({ unbought }) => unbought)
      expect(others.length).toBeGreaterThan(0)
      expect(others.toSorted()).toEqual(ids.filter((id) => !bought.has(id)).toSorted())
    })
  })

  test('is of a sample by days what it is of each', async () => {
    const drawn = fc.sample(customer, { numRuns: 40, seed: 3 })
    await withBase(drawn, async ({ db, copy, ids }) => {
      const deeds = await freshStore(db).deedsOf(ids, looked.before)
      const days = [...deeds.values()].flatMap(({ orders }) =>
        orders.length === 0 ? [] : [daysOf(orders, zone)],
      )
      const sample = [
        ...(await copy.ask('sample', { ...looked, from: 0, to: 10 })),
        ...(await copy.ask('sample', { ...looked, from: 10, to: 100 })),
      ]
      const told = sample.map((one) => one.days.map((own) => ({ day: own.day, worth: own.worth })))
      const text = (one: unknown) => JSON.stringify(one)
      expect(told.map(text).toSorted()).toEqual(days.map(text).toSorted())
    })
  })
})

/** Fifths by their meaning: whoever is equal gets the part in which the middle one of them stands. */
function fifthsOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other)
  return values.map((value) => {
    const from = sorted.indexOf(value)
    const to = sorted.lastIndexOf(value) + 1
    return Math.min(5, 1 + Math.floor(((from + to) / 2 / sorted.length) * 5))
  })
}

test('a base is divided into fifths that keep equals together', async () => {
  const drawn = fc.sample(customer, { numRuns: 120, seed: 21 })
  await withBase(drawn, async ({ db, copy, ids }) => {
    const deeds = await freshStore(db).deedsOf(ids, looked.before)
    const rfm = ids.flatMap((id) => {
      const own = deeds.get(id)
      const summary = own === undefined ? null : summaryOf(own, day, zone)
      return summary === null ? [] : [rfmOf(summary.standing, day)]
    })
    const survey = await copy.ask('survey', looked)
    expect(survey.customers).toBe(rfm.length)
    for (const name of ['recency', 'frequency', 'value'] as const) {
      const values = rfm.map((one) => one[name])
      const parts = fifthsOf(values)
      const cuts = [2, 3, 4, 5].map((part) =>
        Math.min(beyondAll, ...values.filter((_, at) => (parts[at] ?? 0) >= part)),
      )
      expect([name, survey.cuts[name]]).toEqual([name, cuts])
    }
  })
})

test('a base of nobody is divided by nothing', async () => {
  await withBase([], async ({ copy }) => {
    expect(await copy.ask('survey', looked)).toEqual({
      ...{ customers: 0, orders: 0, reduced: 0, people: 0, gaps: [] },
      cuts: {
        recency: [beyondAll, beyondAll, beyondAll, beyondAll],
        frequency: [beyondAll, beyondAll, beyondAll, beyondAll],
        value: [beyondAll, beyondAll, beyondAll, beyondAll],
      },
    })
    expect(await copy.ask('sample', { ...looked, from: 0, to: 10 })).toEqual([])
  })
})
