import { describe, expect, test } from 'vitest'
import { known } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { type Customer, type CustomerEvent, type Value, writtenAttribute } from './customer.ts'
import { type ConditionFacts, evaluate, needsOf, type Seen } from './evaluate.ts'
import { historyOf } from './history.ts'
import { type Condition, conditionSchema } from './schema.ts'
import type { TimeContext } from './window.ts'

const now = Date.parse('2026-08-05T10:00:00+08:00')
const context: TimeContext = { now, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
const condition = (written: unknown): Condition => conditionSchema.parse(written)
const holds = (written: unknown, facts: Partial<ConditionFacts> = {}, seen?: Seen[]) =>
  evaluate(condition(written), known(facts), context, seen)
const order = (at: string, amount: number, properties: Record<string, Value> = {}): CustomerEvent => ({
  id: at,
  name: 'order',
  at: Date.parse(at),
  amount,
  properties,
})
const customer = (more: Partial<Customer>) => ({ customer: someone(more) })

describe('groups', () => {
  const yes = { kind: 'tag', tag: 'a' }
  const no = { kind: 'tag', tag: 'b' }
  const facts = { tags: new Set(['a']) }

  test('all need each test, any needs one, not turns it round', () => {
    expect(holds({ kind: 'all', of: [yes, yes] }, facts)).toBe(true)
    expect(holds({ kind: 'all', of: [yes, no] }, facts)).toBe(false)
    expect(holds({ kind: 'any', of: [no, yes] }, facts)).toBe(true)
    expect(holds({ kind: 'not', of: no }, facts)).toBe(true)
  })

  test('that are empty hold for nobody', () => {
    expect(holds({ kind: 'all', of: [] }, facts)).toBe(false)
    expect(holds({ kind: 'any', of: [] }, facts)).toBe(false)
    expect(holds({ kind: 'all', of: [yes, { kind: 'any', of: [] }] }, facts)).toBe(false)
  })

  test('stop as soon as the answer is sure, and remember what they saw', () => {
    const seen: Seen[] = []
    expect(holds({ kind: 'all', of: [no, yes] }, facts, seen)).toBe(false)
    expect(seen.map(({ test, actual, holds: held }) => [test.kind, actual, held])).toEqual([
      ['tag', false, false],
    ])
  })
})

describe('what is known of the customer', () => {
  test('columns and attributes are asked for by their names', () => {
    const someoneIn = customer({ city: '杭州', attributes: { tier: '金卡' } })
    expect(holds({ kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }, someoneIn)).toBe(true)
    expect(holds({ kind: 'attribute', name: 'tier', op: 'in', value: ['金卡'] }, someoneIn)).toBe(true)
    expect(holds({ kind: 'attribute', name: 'constructor', op: 'is_set' }, someoneIn)).toBe(false)
    expect(holds({ kind: 'attribute', name: 'email', op: 'not_set' }, customer({ email: null }))).toBe(true)
  })

  test('tags and audiences can be had or lacked', () => {
    const facts = { tags: new Set(['a']), audiences: new Set(['vip']) }
    expect(holds({ kind: 'tag', tag: 'a', has: false }, facts)).toBe(false)
    expect(holds({ kind: 'audience', audience: 'vip' }, facts)).toBe(true)
    expect(holds({ kind: 'audience', audience: 'new', member: false }, facts)).toBe(true)
  })

  test('a birthday is so many days ahead or behind, over the year’s end too', () => {
    const born = (birthday: string, days: number) =>
      holds({ kind: 'anniversary', name: 'birthday', days }, customer({ birthday }))
    expect([
      born('1990-08-05', 0),
      born('1990-08-12', 7),
      born('1990-08-01', -4),
      born('1990-08-12', 0),
    ]).toEqual([true, true, true, false])
    expect(born('1990-01-02', 150)).toBe(true)
    expect(born('not a date', 0)).toBe(false)
  })
})

describe('events', () => {
  const events = [
    order('2025-08-20T12:00:00+08:00', 9900, { category: '香氛' }),
    order('2026-03-01T23:30:00+08:00', 20_100, { category: '茶礼' }),
    order('2026-08-04T10:00:00+08:00', 100, { category: '香氛' }),
  ]
  const orders = (more: object) => holds({ kind: 'events', event: 'order', op: 'eq', ...more }, { events })

  test('are counted and summed', () => {
    expect(orders({ measure: 'count', value: 3 })).toBe(true)
    expect(orders({ measure: 'sum', property: 'amount', value: 30_100 })).toBe(true)
    expect(orders({ measure: 'sum', property: 'category', value: 0 })).toBe(true)
    expect(orders({ measure: 'count', value: 0, window: { kind: 'between', to: '2020-01-01' } })).toBe(true)
  })

  test('have an average, which nobody without any has', () => {
    expect(orders({ measure: 'average', op: 'gte', value: 10_033 })).toBe(true)
    expect(orders({ measure: 'average', op: 'gte', value: 10_034 })).toBe(false)
    const none = { measure: 'average', window: { kind: 'between', to: '2020-01-01' } }
    expect(orders({ ...none, op: 'lt', value: 1 })).toBe(false)
    expect(orders({ ...none, op: 'not_set' })).toBe(true)
    expect(orders({ measure: 'average', property: 'category', op: 'is_set' })).toBe(false)
  })

  test('say so many different things, each member of a list being one', () => {
    expect(orders({ measure: 'distinct', property: 'category', value: 2 })).toBe(true)
    expect(orders({ measure: 'distinct', property: 'store', value: 0 })).toBe(true)
    const listed = [
      order('2026-03-01T23:30:00+08:00', 1, { items: ['茶', '花', ''] }),
      order('2026-03-02T23:30:00+08:00', 1, { items: ['花', 1] }),
      order('2026-03-03T23:30:00+08:00', 1, { items: '1' }),
    ]
    const items = { kind: 'events', event: 'order', op: 'eq', measure: 'distinct', property: 'items' }
    // A number and the text that writes it are one.
    expect(holds({ ...items, value: 3 }, { events: listed })).toBe(true)
  })

  test('of which some property is asked', () => {
    const where = [{ property: 'category', op: 'eq', value: '香氛' }]
    expect(orders({ measure: 'count', where, value: 2 })).toBe(true)
    expect(orders({ measure: 'first', property: 'category', value: '香氛' })).toBe(true)
    expect(orders({ measure: 'last', value: 100 })).toBe(true)
  })

  test('lie whole calendar days back, by the wall clock', () => {
    expect(orders({ measure: 'last', property: 'days_ago', value: 1 })).toBe(true)
    const late = { where: [{ property: 'category', op: 'eq', value: '茶礼' }] }
    expect(orders({ measure: 'last', property: 'days_ago', ...late, value: 157 })).toBe(true)
  })

  test('that there are none of answer only to their absence', () => {
    const none = { measure: 'last', property: 'days_ago', window: { kind: 'between', to: '2020-01-01' } }
    expect(orders({ ...none, op: 'gte', value: 0 })).toBe(false)
    expect(orders({ ...none, op: 'not_set' })).toBe(true)
  })

  test('of the future have not happened yet', () => {
    const future = [order('2026-08-05T10:00:00+08:00', 1), order('2026-08-05T10:00:01+08:00', 1)]
    expect(holds({ kind: 'events', event: 'order', op: 'eq', value: 1 }, { events: future })).toBe(true)
  })

  test('in two stretches of time are each counted once', () => {
    const window = { kind: 'festival', festival: 'qixi', from: { days: -14 }, to: { days: 0 }, past: 2 }
    expect(orders({ measure: 'count', window, value: 1 })).toBe(true)
  })
})

test('history is the times left by a port, or by any', () => {
  const history = historyOf({ 'sms.sent': 2, 'sms.not_sent': 1, 'sms-2.sent': 5 })
  expect(holds({ kind: 'history', node: 'sms', op: 'eq', value: 3 }, { history })).toBe(true)
  expect(holds({ kind: 'history', node: 'sms', port: 'sent', op: 'gte', value: 2 }, { history })).toBe(true)
})

test('the event of entry can be asked for its properties', () => {
  const entry = { source: '门店海报', amount: 5 }
  expect(holds({ kind: 'entry', property: 'source', op: 'contains', value: '海报' }, { entry })).toBe(true)
  expect(holds({ kind: 'entry', property: 'toString', op: 'is_set' }, { entry })).toBe(false)
})

test('what a condition needs is told by name, so that it can be loaded at once', () => {
  const written = {
    kind: 'any',
    of: [
      { kind: 'events', event: 'refund', op: 'gte', value: 1 },
      { kind: 'not', of: { kind: 'audience', audience: 'vip' } },
      { kind: 'events', event: 'order', op: 'gte', value: 1 },
      { kind: 'events', event: 'order', op: 'lt', value: 9 },
    ],
  }
  expect(needsOf([condition(written)])).toEqual({
    tags: false,
    audiences: ['vip'],
    events: ['order', 'refund'],
    addresses: false,
  })
})

test('the times of addresses are needed only by who asks since when somebody agreed, or whether they are verified', () => {
  const window = { kind: 'last', span: { amount: 30, unit: 'day' } }
  const needs = (state: string, more: object = {}) =>
    needsOf([condition({ kind: 'not', of: { kind: 'contact', channel: 'sms', state, ...more } })]).addresses
  expect([needs('agreed', { window }), needs('refused', { window }), needs('verified')]).toEqual([
    true,
    true,
    true,
  ])
  expect([
    needs('agreed'),
    needs('agreed', { window: { kind: 'ever' } }),
    needs('closed', { window }),
  ]).toEqual([false, false, false])
})

test('the events of all steps of a sequence are needed', () => {
  const left = {
    kind: 'sequence',
    first: { event: 'cart' },
    next: [{ event: 'order' }],
    without: { event: 'paid' },
  }
  expect(needsOf([condition(left)]).events).toEqual(['cart', 'order', 'paid', 'refund'])
})

test('a text of a message says of an attribute what its type could read, or nothing', () => {
  const types = {
    ...{ zone: 'Asia/Shanghai', currency: 'CNY' },
    of: {
      points: { type: 'number', format: null },
      due: { type: 'date', format: null },
      serial: { type: 'date', format: 'serial' },
      member: { type: 'yes_no', format: null },
    },
  } as const
  const written = (name: string, raw: string | number | boolean) =>
    writtenAttribute(raw, name, types)?.plain ?? null
  expect([written('points', '1,280.00'), written('points', 5), written('points', 'many')]).toEqual([
    1280,
    5,
    null,
  ])
  expect([written('due', '2026年8月19日'), written('due', '46253')]).toEqual(['2026年8月19日', null])
  expect(written('serial', '46253')).toBe('2026-08-19')
  expect([written('member', '是'), written('other', '010')]).toEqual(['是', '010'])
})
