import { describe, expect, test } from 'vitest'
import { localDate } from '../../shared/calendar/index.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { memberOf } from '../testing/members.ts'
import { by, type NodeSketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'
import { looksBackTo } from './look-back.ts'
import { stageOf } from './stage.ts'
import type { Arrival } from './world.ts'

const dayMs = 86_400_000
const start = Date.parse('2027-07-20T10:00:00+08:00')
const brand = brandSchema.parse({ name: { en: 'Test' }, signature: '测试', caps: [] })
const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
const first: NodeSketch = [
  'audience_at',
  { audience: everybody, at: { kind: 'date', date: '2027-07-21', time: '10:00' } },
]

const orders = (window: object, more: object = {}): Record<string, unknown> => ({
  ...{ kind: 'events', event: 'order', measure: 'count', window, op: 'gte', value: 1 },
  ...more,
})

const asking = (when: Record<string, unknown>, settings: Record<string, unknown> = {}): Journey =>
  sketch({
    id: 'mine',
    settings,
    nodes: {
      first,
      asked: ['branch', { branches: [{ id: 'yes', name: { en: 'Yes' }, when }] }],
      hello: by.sms('您好'),
      done: by.exit(),
    },
    flow: ['first -> asked', 'asked.yes -> hello', 'asked.otherwise -> done', 'hello -> done'],
  })

/** The day before which nothing is looked at; null where anything may be. */
async function lookedAt(journey: Journey, anchors: Arrival['anchors'] = {}): Promise<string | null> {
  const db = openDatabase(':memory:', { durability: 'off' })
  const ports = rehearsalPorts(db, scratchBase(db))
  const asked = { start, until: null, assume: 'backtest', controlGroup: true, brand } as const
  const stage = await stageOf(ports, { journey, ...asked }, new Map(), registry)
  db.close()
  const arrival = { at: start + dayMs, trigger: 'first', event: null, anchors, audience: null }
  const since = looksBackTo(stage, new Map([['王芳', [arrival]]]), start, zoneOf(stage.plan, brand))
  return since === null ? null : localDate(since, 'Asia/Shanghai')
}

describe('a rehearsal reads of what people did', () => {
  const qixi = { kind: 'festival', festival: 'qixi', from: { days: -14 }, to: { days: 0 } }
  test.each([
    ['since they came in', { kind: 'since_entry' }, '2027-07-18'],
    ['in the last month', { kind: 'last', span: { amount: 30, unit: 'day' } }, '2027-06-18'],
    ['from a day on', { kind: 'between', from: '2026-01-01' }, '2025-12-30'],
    ['before a day', { kind: 'between', to: '2026-01-01' }, null],
    ['about this year’s Qixi', qixi, '2027-07-18'],
    ['about the last two', { ...qixi, past: 2 }, '2025-08-13'],
    ['ever', { kind: 'ever' }, null],
  ])('what they did %s, with two days to spare', async (_what, window, since) => {
    expect(await lookedAt(asking(orders(window)))).toBe(since)
  })

  test('the earliest that any part of a condition asks for', async () => {
    const of = [
      orders({ kind: 'since_entry' }),
      { kind: 'not', of: orders({ kind: 'last', span: { amount: 10, unit: 'day' } }) },
    ]
    expect(await lookedAt(asking({ kind: 'all', of }))).toBe('2027-07-08')
  })

  test('what lies about the occurrence of a festival that they came in for', async () => {
    expect(await lookedAt(asking(orders(qixi)), { qixi: '2026-08-19' })).toBe('2026-08-03')
  })

  test('all where it is asked what journeys did to them', async () => {
    const sent = orders({ kind: 'since_entry' }, { event: '$message_sent' })
    expect(await lookedAt(asking(sent))).toBeNull()
  })
})

test('of whom a refund is known the whole is read: an order that it undoes is worth nothing, however old it is', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  addCustomers(db, [memberOf('王芳', 1), memberOf('李雷', 2)], 0)
  const of = (customerId: string, name: string, at: number, order: string | null) => ({
    ...{ id: `${customerId}-${name}`, customerId, name, at, amount: 100 },
    properties: order === null ? {} : { order_id: order },
  })
  const rows = [
    of('王芳', 'order', start - 400 * dayMs, null),
    of('王芳', 'refund', start + 2 * dayMs, '王芳-order'),
    of('李雷', 'order', start - 400 * dayMs, null),
  ]
  insertEvents(db, rows, { source: 'history', receivedAt: 0, pending: false })
  const { source } = rehearsalPorts(db, scratchBase(db))
  const needs = { tags: false, audiences: [], events: ['order', 'refund'], addresses: false, picks: false }
  const members = await source.members(['王芳', '李雷'], { ...needs, since: start }, null)
  db.close()
  const names = (id: string) => members.get(id)?.events.map(({ name }) => name)
  expect([names('王芳'), names('李雷')]).toEqual([['order', 'refund'], []])
})

test('what is left unread changes nothing: whoever bought long ago goes the way of the others', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  addCustomers(db, [memberOf('王芳', 1), memberOf('李雷', 2)], 0)
  const row = { name: 'order', amount: 100, properties: {} }
  const rows = [
    { ...row, id: 'old', customerId: '王芳', at: start - 400 * dayMs },
    { ...row, id: 'new', customerId: '李雷', at: start - 5 * dayMs },
  ]
  insertEvents(db, rows, { source: 'history', receivedAt: 0, pending: false })
  const journey = asking(orders({ kind: 'last', span: { amount: 30, unit: 'day' } }))
  const request = { journey, start, until: null, assume: 'backtest', controlGroup: true, brand } as const
  const report = await rehearse(rehearsalPorts(db, scratchBase(db)), request)
  db.close()
  expect(report.nodes.asked?.ports).toEqual({ yes: 1, otherwise: 1 })
})
