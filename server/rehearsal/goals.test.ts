import { expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { lengthOf } from '../testing/clock.ts'
import { memberOf } from '../testing/members.ts'
import { by, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const start = Date.parse('2027-03-01T10:00:00+08:00')
const brand = brandSchema.parse({ name: { en: 'Test' }, signature: '测试', caps: [] })
const ten = { kind: 'span', span: { amount: 10, unit: 'day' } }

const journey = (settings: Record<string, unknown> = {}) =>
  sketch({
    settings: { reentry: { kind: 'after_leaving' }, ...settings },
    nodes: {
      carted: by.event('carted'),
      hello: by.sms('您好'),
      rest: by.rest('1 day'),
      done: by.exit(),
      bought: by.goal('order', { window: ten }),
    },
    flow: ['carted -> hello', 'hello -> rest', 'rest -> done'],
  })

type Told = readonly [after: string, name: string, id: string, amount?: number, order?: string]

function base(...told: readonly Told[]): BrandDatabase {
  const db = openDatabase(':memory:', { durability: 'off' })
  addCustomers(db, [memberOf('王芳', 1)], 0)
  const rows = told.map(([after, name, id, amount, order]) => ({
    id,
    customerId: '王芳',
    name,
    at: start + lengthOf(after),
    amount: amount ?? null,
    properties: order === undefined ? {} : { order_id: order },
  }))
  insertEvents(db, rows, { source: 'history', receivedAt: 0, pending: false })
  return db
}

async function play(told: readonly Told[], more: Record<string, unknown> = {}): Promise<RehearsalReport> {
  const db = base(...told)
  const request = { journey: journey(), start, until: null, assume: 'backtest', controlGroup: true } as const
  const report = await rehearse(rehearsalPorts(db, scratchBase(db)), { ...request, brand, ...more })
  db.close()
  return report
}

const perDay = (report: RehearsalReport) =>
  Object.fromEntries(report.timeline.map(({ date, goals }) => [date.slice(5), goals.bought?.[0] ?? 0]))

test('a rehearsal counts goals within their window after the customer has left', async () => {
  const cart: Told = ['1 minute', 'carted', 'c1']
  expect((await play([cart, ['4 days', 'order', 'A1', 100]])).goals.bought?.reached).toBe(1)
  const late = await play([cart, ['10 days', 'order', 'A1', 100]])
  expect(late.goals.bought?.reached).toBe(1)
  expect((await play([cart, ['11 days', 'order', 'A1', 100]])).goals.bought?.reached).toBe(0)
  expect(late.waiting).toBe(0)
  expect(late.endings).toEqual({ done: 1 })
})

test('also in the control group', async () => {
  const held = journey({ controlGroup: { percent: 50, salt: 'a' } })
  const told: Told[] = [
    ['1 minute', 'carted', 'c1'],
    ['4 days', 'order', 'A1', 100],
  ]
  const { goals, control } = await play(told, { journey: held })
  expect(goals.bought).toEqual(control === 1 ? { reached: 0, control: 1 } : { reached: 1, control: 0 })
})

test('one order counts once, for the newest passage', async () => {
  const report = await play([
    ['1 minute', 'carted', 'c1'],
    ['2 days', 'carted', 'c2'],
    ['4 days', 'order', 'A1', 100],
  ])
  expect([report.entered, report.goals.bought?.reached]).toEqual([2, 1])
})

test('a refund takes a goal back from the day on which it was counted, and another order reaches it', async () => {
  const told: Told[] = [
    ['1 minute', 'carted', 'c1'],
    ['3 days', 'order', 'A1', 100],
    ['5 days', 'refund', 'r1', 40, 'A1'],
  ]
  const partly = await play(told)
  expect(partly.goals.bought?.reached).toBe(1)
  const wholly = await play([...told, ['20 days', 'refund', 'r2', 60, 'A1']])
  expect(wholly.goals.bought?.reached).toBe(0)
  expect(wholly.nodes.bought).toMatchObject({ entered: 0, ports: { reached: 0 } })
  expect(Math.max(...Object.values(perDay(wholly)))).toBe(0)
  const again = await play([...told, ['6 days', 'refund', 'r2', 60, 'A1'], ['7 days', 'order', 'A2', 50]])
  expect(perDay(again)).toMatchObject({ '03-04': 0, '03-07': 0, '03-08': 1 })
})
