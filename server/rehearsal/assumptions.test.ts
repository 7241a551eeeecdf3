import { describe, expect, test } from 'vitest'
import type { RatesByHand } from '../../shared/api/rehearsal.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { by, type NodeSketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const dayMs = 86_400_000
const brand = brandSchema.parse({ name: { en: 'Test' }, signature: '测试', caps: [] })
const start = Date.parse('2027-07-20T10:00:00+08:00')
const people = Array.from({ length: 200 }, (_, index) => `c${index}`)

interface Did {
  readonly who: string
  readonly at: string | number
  readonly name?: string
  readonly amount?: number
}

/** A brand of two hundred, who were members from the beginning, and what they did. */
function base(done: readonly Did[]): BrandDatabase {
  const db = openDatabase(':memory:', { durability: 'off' })
  const add = db.sqlite.prepare(
    'insert into customers (id, shard, phone, registered_at, updated_at) values (?, 0, ?, 0, 0)',
  )
  people.forEach((id, index) => {
    add.run(id, `138${String(index).padStart(8, '0')}`)
  })
  const rows = done.map(({ who, at, name = 'order', amount = 10_000 }, index) => ({
    id: `past-${index}`,
    customerId: who,
    name,
    at: typeof at === 'number' ? at : Date.parse(at),
    amount: name === 'order' ? amount : null,
    properties: {},
  }))
  insertEvents(db, rows, { source: 'history', receivedAt: 0, pending: false })
  return db
}

const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
const tMinus14 = { kind: 'festival', festival: 'qixi', days: -14, time: '10:00' }
const onTheDay = { festival: 'qixi', kind: 'festival', from: 0, to: 1 }

/** From two weeks before Qixi until a week after it; whoever orders on the day is counted. */
const qixi = (first: NodeSketch = ['audience_at', { audience: everybody, at: tMinus14 }]) =>
  sketch({
    id: 'qixi',
    nodes: {
      first,
      rest: by.rest('21 days'),
      bought: ['goal', { filter: { event: 'order' }, window: onTheDay, ends: false }],
      ever: by.goal('order'),
      done: by.exit(),
    },
    flow: ['first -> rest', 'rest -> done'],
  })

const play = (db: BrandDatabase, journey: ReturnType<typeof sketch>, rates?: RatesByHand) =>
  rehearse(rehearsalPorts(db, scratchBase(db)), {
    ...{ journey, start, rates, brand, until: null, assume: 'rates', controlGroup: true },
  })

/** Since when there is a record. */
const opening: Did = { who: 'c1', at: '2025-09-20T10:00:00+08:00' }

/** Half of all ordered at noon of a day. */
const half = (day: string): Did[] =>
  people
    .filter((_, index) => index % 2 === 0)
    .map((who) => ({ who, at: `${day}T12:00:00+08:00`, amount: 20_000 }))

describe('what customers do without being asked', () => {
  test('rule 29: what customers do without being asked is what they did in the same weeks of past years, counted from the festival', async () => {
    const { goals, basis, rates } = await play(base([...half('2025-08-29'), ...half('2026-08-19')]), qixi())
    expect(basis).toMatchObject({
      sources: { unprompted: 'same_weeks', open: 'usual', purchase: 'usual' },
      festival: 'qixi',
      weeks: [{ from: '2026-08-05' }],
      people: 'entrants',
      customers: 200,
      orders: 100,
      mean_order: 20_000,
    })
    expect(rates?.unprompted).toBeGreaterThan(0)
    expect(goals.bought?.reached).toBeGreaterThan(75)
    expect(goals.bought?.reached).toBeLessThan(125)
  })

  test('is not what they did on the day of the calendar on which the festival falls this year', async () => {
    // In 2026 three days after the entry, in 2025 before it.
    const { goals } = await play(base([...half('2025-08-08'), ...half('2026-08-08')]), qixi())
    expect(goals.bought?.reached).toBe(0)
    expect(goals.ever?.reached).toBeGreaterThan(25)
    expect(goals.ever?.reached).toBeLessThan(75)
  })

  test('without a festival, is what they did in the same weeks of the calendar', async () => {
    const weekly = sketch({
      id: 'july',
      nodes: {
        first: [
          'audience_at',
          { audience: everybody, at: { kind: 'date', date: '2027-07-21', time: '10:00' } },
        ],
        rest: by.rest('7 days'),
        ever: by.goal('order'),
        done: by.exit(),
      },
      flow: ['first -> rest', 'rest -> done'],
    })
    const inJuly = await play(base([opening, ...half('2026-07-24')]), weekly)
    expect(inJuly.basis).toMatchObject({
      festival: null,
      weeks: [{ from: '2026-07-22' }],
      people: 'entrants',
    })
    expect(inJuly.goals.ever?.reached).toBeGreaterThan(75)
    const inWinter = await play(base([opening, ...half('2026-01-12')]), weekly)
    expect(inWinter.goals.ever?.reached).toBe(0)
  })

  test('tells of those who would have come in then, not of those who come in because of what they did', async () => {
    const bought = { kind: 'events', event: 'order', measure: 'count', op: 'gte', value: 1 }
    const window = {
      ...{ kind: 'festival', festival: 'qixi', past: 1 },
      ...{ from: { years: 0, days: -14 }, to: { years: 0, days: 0 } },
    }
    const again = qixi(['audience_at', { audience: { ...bought, window }, at: tMinus14 }])
    // Eighty bought in each of three years, each year others: nobody came twice.
    const once = [2024, 2025, 2026].flatMap((year, index) =>
      people.slice(index * 80, index * 80 + 60).map((who) => ({
        who,
        at: `${{ 2024: '2024-08-09', 2025: '2025-08-28', 2026: '2026-08-18' }[year]}T12:00:00+08:00`,
      })),
    )
    const { entered, goals, basis } = await play(base(once), again)
    expect(basis).toMatchObject({ people: 'entrants', customers: 120 })
    expect(entered).toBe(40)
    expect(goals.ever?.reached).toBe(0)
  })

  test('where no past year is on record, is what they did at any time, and without any record nothing', async () => {
    // Of each person one order a month, since winter.
    const monthly = people.flatMap((who, index) =>
      Array.from({ length: 6 }, (_, month) => ({ who, at: start - (month * 30 + (index % 30) + 1) * dayMs })),
    )
    const young = await play(base(monthly), qixi())
    expect(young.basis).toMatchObject({
      sources: { unprompted: 'whole_history' },
      weeks: [],
      people: 'everybody',
    })
    // 21 days at one order in about thirty.
    expect(young.goals.ever?.reached).toBeGreaterThan(70)
    expect(young.goals.ever?.reached).toBeLessThan(180)
    const none = await play(base([]), qixi())
    expect(none.basis).toMatchObject({ sources: { unprompted: 'usual' }, people: 'nobody', customers: 0 })
    expect(none.goals.ever?.reached).toBe(0)
  })

  test('rule 29: rates can be set by hand, to more and to less, also where there is no record', async () => {
    const past = base([...half('2025-08-29'), ...half('2026-08-19')])
    const measured = (await play(past, qixi())).rates?.unprompted ?? 0
    const reached = async (db: BrandDatabase, unprompted: number) => {
      const { goals, basis, rates } = await play(db, qixi(), { unprompted })
      expect(basis?.sources.unprompted).toBe('by_hand')
      expect(rates?.unprompted).toBe(unprompted)
      return goals.ever?.reached ?? 0
    }
    expect(await reached(past, 0)).toBe(0)
    const [less, more] = [await reached(past, measured / 4), await reached(past, measured * 3)]
    expect(less).toBeGreaterThan(5)
    expect(less).toBeLessThan(50)
    expect(more).toBeGreaterThan(140)
    const drawn = await reached(base([]), 0.05)
    expect(drawn).toBeGreaterThan(100)
    expect(drawn).toBeLessThan(170)
  })

  test('after an event that lets in, is what followed such an event at about the same time of a past year', async () => {
    const journey = sketch({
      id: 'cart',
      nodes: {
        cart: by.event('add_to_cart'),
        rest: by.rest('2 hours'),
        bought: by.goal('order'),
        done: by.exit(),
      },
      flow: ['cart -> rest', 'rest -> done'],
    })
    // In each year before the start, or the day that stands for it, a cart of everybody; then half bought within the hour.
    const carts = (day: string, bought: boolean) =>
      people.flatMap((who, index): Did[] => [
        { who, name: 'add_to_cart', at: `${day}T12:00:00+08:00` },
        ...(bought && index % 2 === 0 ? [{ who, at: `${day}T12:40:00+08:00` }] : []),
      ])
    const past = [opening, ...carts('2026-07-25', true), ...carts('2027-06-25', false)]
    const { entered, goals, basis, entries } = await play(base(past), journey)
    expect(entered).toBe(200)
    expect(entries).toMatchObject([{ node: 'cart', by: 'repeated', entered: 200 }])
    expect(basis).toMatchObject({ sources: { unprompted: 'same_weeks' }, people: 'entrants' })
    expect(goals.bought?.reached).toBeGreaterThan(75)
    expect(goals.bought?.reached).toBeLessThan(125)
  })

  test('also counts for events that only this journey asks for, and never follows the start', async () => {
    const journey = sketch({
      id: 'visits',
      nodes: {
        first: ['audience_at', { audience: everybody, at: tMinus14 }],
        wait: ['wait_event', { filter: { event: 'page_view' }, limit: { amount: 20, unit: 'day' } }],
        done: by.exit(),
      },
      flow: ['first -> wait', 'wait.happened -> done', 'wait.timeout -> done'],
    })
    const seen = half('2026-08-19').map((one) => ({ ...one, name: 'page_view' }))
    const later = people.map((who) => ({ who, name: 'page_view', at: '2027-08-01T12:00:00+08:00' }))
    const { nodes } = await play(base([opening, ...seen, ...later]), journey)
    expect(nodes.wait?.ports.happened).toBeGreaterThan(75)
    expect(nodes.wait?.ports.happened).toBeLessThan(125)
  })
})

describe('what messages are followed by', () => {
  const message = `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel,
     recipient, body, purpose, status, due_at, created_at, sent_at, parts, cost_milli)
     values (0, ?, 'n', 1, 'earlier', 1, ?, ?, '1', 'x', 'marketing', 'sent', null, ?, ?, 1, 0)`
  const wrote = (db: BrandDatabase, channel: string, at: string, rounds: number, opened: number) => {
    const add = db.sqlite.prepare(message)
    const tell = db.sqlite.prepare(
      "insert into receipts (id, message_id, kind, at) values (?, ?, 'opened', ?)",
    )
    const time = Date.parse(at)
    for (let round = 0; round < rounds; round += 1)
      people.forEach((who, index) => {
        const id = Number(add.run(round * 1000 + index + time, who, channel, time, time).lastInsertRowid)
        if (index < opened) tell.run(`${id}`, id, time + 1000)
      })
  }

  test('is counted in the same weeks, of the channels that tell, and else over the whole past', async () => {
    const db = base([opening, ...half('2026-08-19')])
    wrote(db, 'email', '2026-08-10T10:00:00+08:00', 3, 100)
    wrote(db, 'sms', '2026-08-10T11:00:00+08:00', 1, 0)
    wrote(db, 'email', '2027-01-10T10:00:00+08:00', 10, 0)
    const { rates, basis } = await play(db, qixi())
    expect(basis?.sources).toMatchObject({ open: 'same_weeks', click: 'same_weeks', redeem: 'usual' })
    expect(basis?.messages).toBe(800)
    expect(rates?.open).toBe(0.5)
    const young = base([])
    wrote(young, 'email', '2027-01-10T10:00:00+08:00', 3, 50)
    const whole = await play(young, qixi())
    expect(whole.basis).toMatchObject({ sources: { open: 'whole_history' }, messages: 600 })
    expect(whole.rates?.open).toBe(0.25)
  })

  test('counts as a purchase of theirs only what people would not have bought anyway', async () => {
    const db = base([opening, ...half('2026-08-19')])
    wrote(db, 'sms', '2026-08-06T10:00:00+08:00', 3, 0)
    const { rates, basis } = await play(db, qixi())
    expect(basis?.sources.purchase).toBe('same_weeks')
    expect(rates?.purchase).toBe(0)
  })
})
