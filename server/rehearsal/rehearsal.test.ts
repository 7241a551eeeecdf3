import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { createEngine } from '../engine/engine.ts'
import { planCache } from '../engine/runtime.ts'
import { importFile } from '../imports/index.ts'
import { alone } from '../ports/claims.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { testClock } from '../testing/clock.ts'
import { rehearse } from './index.ts'

const brand = brandSchema.parse({ name: { en: 'Test' }, signature: '测试' })
const data = join(import.meta.dirname, '../../../shared/data')
const absent = !existsSync(data)
if (absent) console.log('real data is not here: the rehearsals over it are skipped')

function template(name: string): Journey {
  const text = readFileSync(join(import.meta.dirname, '../../templates', `${name}.journey.json`), 'utf8')
  const parsed = parseJourney(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.journey
}

async function baseOf(folder: string): Promise<BrandDatabase> {
  const db = openDatabase(':memory:', { durability: 'off' })
  for (const kind of ['customers', 'orders'] as const)
    await importFile(db, {
      kind,
      source: join(data, folder, `${kind}.csv`),
      zone: brand.zone,
      currency: 'CNY',
      receivedAt: 0,
    })
  return db
}

const qixi = template('qixi-gift-box')
const play = (
  db: BrandDatabase,
  journey: Journey,
  start: string,
  more: object = {},
): Promise<RehearsalReport> =>
  rehearse(rehearsalPorts(db, scratchBase(db)), {
    journey,
    start: Date.parse(start),
    until: null,
    assume: 'backtest',
    controlGroup: false,
    brand,
    ...more,
  })

describe.skipIf(absent)('the Qixi gift box over a real retailer', () => {
  let db: BrandDatabase
  beforeAll(async () => {
    db = await baseOf('superstore-cn')
  })
  afterAll(() => db.close())
  const start = '2017-08-14T10:00:00+08:00'

  test('comes to the figures computed from the files alone', async () => {
    const report = await play(db, qixi, start)
    expect(report.entered).toBe(112)
    expect(report.nodes['sms-t14']?.sent).toBe(112)
    expect(report.nodes['sms-t3']?.sent).toBe(108)
    expect(report.nodes['sms-t0']?.sent).toBe(105)
    expect(report.nodes.buyers?.entered).toBe(2)
    expect(report.nodes['coupon-t14']?.sent).toBe(2)
    expect(report.nodes.remind?.sent).toBe(2)
    expect(report.days[0]).toEqual({ date: '2017-08-14', channel: 'sms', sent: 112, cost: 5.04 })
    expect(Object.values(report.audiences)).toEqual([2])
    expect(report.most_messages).toBe(4)
  })

  test('two rehearsals differ in their seconds only', async () => {
    const [one, other] = [await play(db, qixi, start), await play(db, qixi, start)]
    expect({ ...one, seconds: 0 }).toEqual({ ...other, seconds: 0 })
  })

  test('whoever entered has ended or waits, on every day that it may be stopped', async () => {
    for (const until of [
      '2017-08-14T12:00:00+08:00',
      '2017-08-26T00:00:00+08:00',
      '2017-09-12T00:00:00+08:00',
    ]) {
      const report = await play(db, qixi, start, { until: Date.parse(until) })
      const ended = Object.values(report.endings).reduce((sum, count) => sum + count, 0)
      expect(ended + report.waiting).toBe(report.entered)
      const waiting = Object.values(report.nodes).reduce((sum, node) => sum + node.waiting, 0)
      expect(waiting).toBe(report.waiting)
    }
  })

  test('the control group walks the same path, gets no message and is counted apart', async () => {
    const report = await play(db, qixi, start, { controlGroup: true })
    expect(report.control).toBeGreaterThan(0)
    expect(report.entered).toBe(112)
    expect(report.nodes['sms-t14']?.suppressed).toEqual({ control_group: report.control })
    expect(report.nodes['sms-t14']?.sent).toBe(112 - report.control)
  })

  test('rule 29: rates draw the same customers each time, and more of them when they are higher', async () => {
    const low = await play(db, qixi, start, { assume: 'rates' })
    const again = await play(db, qixi, start, { assume: 'rates' })
    expect({ ...low, seconds: 0 }).toEqual({ ...again, seconds: 0 })
    const rates = { open: 0.3, click: 0.1, reply: 0.01, purchase: 0.5, redeem: 0.5 }
    const high = await play(db, qixi, start, { assume: 'rates', rates })
    expect(high.nodes['sms-t3']?.sent).toBeLessThan(low.nodes['sms-t3']?.sent ?? 0)
  })

  test('rule 28: started just after the entry day, a rehearsal takes the next year’s firing, and no later one', async () => {
    const report = await play(db, qixi, '2016-07-27T00:00:00+08:00')
    expect(report.entered).toBeGreaterThan(0)
    expect(report.timeline[0]?.date).toBe('2017-08-14')
    expect(report.waiting).toBe(0)
  })

  test('rule 28: a rehearsal writes nothing and sends nothing', async () => {
    await play(db, qixi, start)
    const count = db.sqlite.prepare(
      'select (select count(*) from enrollments) + (select count(*) from messages) as n',
    )
    expect(count.get()).toEqual({ n: 0 })
  })

  test('rule 28: the engine, fed the same orders as they come, takes everyone the way that was rehearsed', async () => {
    const report = await play(db, qixi, start)
    expect(await liveFigures(await baseOf('superstore-cn'), Date.parse(start))).toEqual(
      Object.fromEntries(
        Object.entries(report.nodes).flatMap(([node, { ports }]) =>
          Object.entries(ports).map(([port, count]) => [`${node}.${port}`, count]),
        ),
      ),
    )
  })
})

/** Runs the journey for real over recorded orders: the past is history, the rest comes in at its own time. */
async function liveFigures(db: BrandDatabase, start: number): Promise<Record<string, number>> {
  const journey = { ...qixi, settings: { ...qixi.settings, controlGroup: { percent: 0, salt: '' } } }
  const later = db.sqlite
    .prepare<[number], { id: string; customerId: string; at: number; amount: number }>(
      'select id, customer_id as customerId, at, amount from events where at > ? order by at, seq',
    )
    .all(start)
  db.sqlite.prepare('delete from events where at > ?').run(start)
  const created = createJourney(db, { journey, now: start - 1 })
  publish(db, created.journey.id, { revision: created.revision, now: start - 1, brand, registry })
  const store = createEngineStore(db, scratchBase(db))
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const engine = createEngine({
    by: alone(testClock(0)),
    store,
    registry,
    brand: () => brand,
    askModel: () => false,
    batchSize: 50,
    realNow: () => start,
    log: quiet,
    planFor: planCache(store, registry),
  })
  const end = start + 60 * 86_400_000
  let now = start - 1
  const deliver = db.sqlite.prepare(
    `update messages set status = 'sent', sent_at = created_at, due_at = null where status = 'queued'`,
  )
  const tick = async (at: number) => {
    now = at
    await engine.tick(at)
    deliver.run()
  }
  for (const event of [...later, null]) {
    const until = event === null ? end : Math.min(event.at, end)
    for (let due = await store.nextDue(now); due !== null && due < until; due = await store.nextDue(now))
      await tick(due)
    if (event === null || event.at > end) continue
    const row = { ...event, name: 'order', properties: {} }
    insertEvents(db, [row], { source: 'api', receivedAt: event.at, pending: true })
    await tick(event.at)
  }
  const rows = db.sqlite
    .prepare<[], { place: string; n: number }>(
      "select node || '.' || outcome as place, count(*) as n from traces group by 1",
    )
    .all()
  db.close()
  return Object.fromEntries(rows.map(({ place, n }) => [place, n]))
}

describe.skipIf(absent)('the Qixi gift box over customers without phones', () => {
  test('lets 760 in and holds every SMS back for want of an address', async () => {
    const db = await baseOf('cdnow')
    const report = await play(db, qixi, '1998-08-14T10:00:00+08:00')
    db.close()
    expect(report.entered).toBe(760)
    for (const node of ['sms-t14', 'sms-t3', 'sms-t0']) {
      expect(report.nodes[node]?.sent).toBe(0)
      expect(report.nodes[node]?.suppressed).toEqual({ no_address: 760 })
    }
  })
})

describe('a rehearsal of an event journey', () => {
  const start = Date.parse('2027-03-01T10:00:00+08:00')
  const day = 86_400_000
  const journey = journeySchema.parse({
    format: 1,
    id: 'thanks',
    name: { en: 'Thanks' },
    settings: { reentry: { kind: 'keyed', property: 'shop' }, exitWhen: [{ event: 'refund' }] },
    nodes: {
      bought: { type: 'event', name: { en: 'Bought' }, config: { filter: { event: 'order' } } },
      wait: {
        type: 'wait',
        name: { en: 'Wait' },
        config: { until: { kind: 'duration', span: { amount: 2, unit: 'day' } } },
      },
      thank: { type: 'send', name: { en: 'Thank' }, config: { channel: 'sms', text: { en: 'Thanks' } } },
      end: { type: 'exit', name: { en: 'End' }, config: {} },
    },
    edges: { bought: { entered: 'wait' }, wait: { done: 'thank' }, thank: { sent: 'end', not_sent: 'end' } },
  })

  function base(
    events: readonly { customer: string; name: string; at: number; shop: string }[],
  ): BrandDatabase {
    const db = openDatabase(':memory:', { durability: 'off' })
    for (const id of ['a', 'b'])
      db.sqlite
        .prepare('insert into customers (id, shard, phone, updated_at) values (?, 0, ?, 0)')
        .run(id, `1990000000${id === 'a' ? 1 : 2}`)
    const rows = events.map(({ customer, name, at, shop }, index) => ({
      id: String(index),
      customerId: customer,
      name,
      at,
      amount: 100,
      properties: { shop },
    }))
    insertEvents(db, rows, { source: 'history', receivedAt: 0, pending: false })
    return db
  }

  test('rule 29: a backtest replays the recorded events of thirty days, each key once, and an exit rule takes out at once', async () => {
    const db = base([
      { customer: 'a', name: 'order', at: start + 1, shop: 'x' },
      { customer: 'a', name: 'order', at: start + 2, shop: 'x' },
      { customer: 'a', name: 'order', at: start + 3, shop: 'y' },
      { customer: 'b', name: 'order', at: start + day, shop: 'x' },
      { customer: 'b', name: 'refund', at: start + 2 * day, shop: 'x' },
      { customer: 'b', name: 'order', at: start + 31 * day, shop: 'z' },
    ])
    const report = await rehearse(rehearsalPorts(db, scratchBase(db)), {
      journey,
      start,
      until: null,
      assume: 'backtest',
      controlGroup: true,
      brand,
    })
    expect(report.entered).toBe(3)
    expect(report.nodes.thank?.sent).toBe(2)
    expect(report.endings).toEqual({ end: 2, exit_rule: 1 })
  })

  test('under rates the thirty days before come again', async () => {
    const db = base([{ customer: 'a', name: 'order', at: start - 3 * day, shop: 'x' }])
    const report = await rehearse(rehearsalPorts(db, scratchBase(db)), {
      journey,
      start,
      until: null,
      assume: 'rates',
      controlGroup: true,
      brand,
    })
    expect(report.entered).toBe(1)
    expect(report.timeline[0]?.date).toBe('2027-03-28')
  })

  test('caps count what was sent by when it was sent, and what waits by when it will be', async () => {
    const db = base([{ customer: 'a', name: 'order', at: start + 1, shop: 'x' }])
    const capped = { ...brand, caps: [{ channel: 'sms', messages: 1, days: 7 }] }
    const message = db.sqlite.prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, due_at, created_at, sent_at, parts, cost_milli)
       values (0, 1, 'n', 1, 'other', 1, 'a', 'sms', '1', 'x', 'marketing', ?, ?, ?, ?, 1, 0)`,
    )
    const held = async (status: string, due: number | null, decided: number, sent: number | null) => {
      db.sqlite.prepare('delete from messages').run()
      message.run(status, due, decided, sent)
      const request = { journey, start, until: null, assume: 'backtest', controlGroup: true } as const
      const report = await rehearse(rehearsalPorts(db, scratchBase(db)), { ...request, brand: capped })
      return report.nodes.thank?.suppressed ?? {}
    }
    // The rehearsed message is decided two days after the start.
    const thanks = start + 2 * day
    expect(await held('sent', null, thanks - 8 * day, thanks - 8 * day)).toEqual({})
    expect(await held('sent', null, thanks - 8 * day, thanks - 6 * day)).toEqual({ cap: 1 })
    expect(await held('queued', thanks + day, start - day, null)).toEqual({ cap: 1 })
    expect(await held('sent', null, thanks + day, thanks + day)).toEqual({})
  })

  test('rule 29: under rates an audience of later does not see what was recorded after the start', async () => {
    const order = { customer: 'a', name: 'order', at: start + day, shop: 'x' }
    const later = journeySchema.parse({
      format: 1,
      id: 'later',
      name: { en: 'Later' },
      nodes: {
        buyers: {
          type: 'audience_at',
          name: { en: 'Buyers' },
          config: {
            audience: { kind: 'events', event: 'order', op: 'gte', value: 1 },
            at: { kind: 'date', date: '2027-03-10', time: '10:00' },
          },
        },
        end: { type: 'exit', name: { en: 'End' }, config: {} },
      },
      edges: { buyers: { entered: 'end' } },
    })
    const entered = async (assume: 'backtest' | 'rates') => {
      const request = { journey: later, start, until: null, assume, controlGroup: true, brand }
      const db = base([order])
      return (await rehearse(rehearsalPorts(db, scratchBase(db)), request)).entered
    }
    expect(await entered('backtest')).toBe(1)
    expect(await entered('rates')).toBe(0)
  })

  test('a journey with errors is refused with the place', async () => {
    const db = base([])
    const broken = { ...journey, edges: { bought: { entered: 'wait' } } }
    await expect(
      rehearse(rehearsalPorts(db, scratchBase(db)), {
        journey: broken,
        start,
        until: null,
        assume: 'rates',
        controlGroup: true,
        brand,
      }),
    ).rejects.toMatchObject({ code: 'journey-has-errors' })
  })
})
