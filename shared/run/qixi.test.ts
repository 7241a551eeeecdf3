import { describe, expect, test } from 'vitest'
import { nextFestival, parseInstant } from '../calendar/index.ts'
import type { CustomerEvent } from '../conditions/customer.ts'
import { evaluate } from '../conditions/evaluate.ts'
import { noHistory } from '../conditions/history.ts'
import { parseJourney } from '../journey/file.ts'
import type { Journey } from '../journey/graph.ts'
import { type Driven, drive, happening, planFor, someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'

const [file] = Object.values(
  import.meta.glob<string>('../../templates/qixi-gift-box.journey.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const data = import.meta.glob<string>('../../../shared/data/superstore-cn/*.csv', {
  query: '?raw',
  import: 'default',
})
const zone = 'Asia/Shanghai'

function qixi(percent: number): Journey {
  const parsed = parseJourney(file)
  if (!parsed.ok) throw new Error('the template cannot be read')
  return {
    ...parsed.journey,
    settings: { ...parsed.journey.settings, controlGroup: { percent, salt: 'test' } },
  }
}

/** The trigger's one firing at or after a moment. */
function firing(journey: Journey, from: string) {
  const plan = planFor(journey)
  const entrance = plan.triggers[0]?.entrance
  if (entrance?.kind !== 'schedule') throw new Error('a scheduled trigger is expected')
  const next = entrance.next(Date.parse(from) - 1, zone)
  if (next === null) throw new Error('the trigger does not fire')
  return { plan, audience: entrance.audience, at: next.at, anchors: { qixi: next.anchor?.date ?? '' } }
}

const enters = '2026-08-05T10:00:00+08:00'

function passage(events: readonly CustomerEvent[], percent = 0): Driven {
  const { plan, anchors } = firing(qixi(percent), enters)
  return drive(plan, { at: enters, events, entry: { anchors } })
}

describe('王芳 comes in two weeks before Qixi', () => {
  test('at ten in the morning, also when the clock stands exactly there', () => {
    expect(new Date(firing(qixi(0), enters).at).toISOString()).toBe('2026-08-05T02:00:00.000Z')
    expect(nextFestival('qixi', '2026-08-05')).toBe('2026-08-19')
  })

  test('buys nothing, and gets three messages', () => {
    const { ending, sent } = passage([])
    expect(sent.map(({ node, at }) => [node, new Date(at).toISOString()])).toEqual([
      ['sms-t14', '2026-08-05T02:00:00.000Z'],
      ['sms-t3', '2026-08-16T02:00:00.000Z'],
      ['sms-t0', '2026-08-19T02:00:00.000Z'],
    ])
    expect(ending).toBe('no-order')
  })

  test('buys a week early, and is left alone until the day is over', () => {
    const { ending, sent } = passage([happening('order', '2026-08-12T20:00:00+08:00', {}, 12_800)])
    expect(sent.map(({ node }) => node)).toEqual(['sms-t14'])
    expect(ending).toBe('no-order')
  })

  test('buys early and again on the day, and is kept for next year', () => {
    const { audiences, sent, path, steps } = passage([
      happening('order', '2026-08-12T20:00:00+08:00', {}, 12_800),
      happening('order', '2026-08-19T21:30:00+08:00', {}, 29_900),
    ])
    expect([...audiences]).toEqual(['qixi-day-buyers'])
    expect(sent.map(({ node }) => node)).toEqual(['sms-t14', 'coupon-t14', 'remind'])
    expect(path).toContain('converted.reached')
    const saved = steps.find(({ trace }) => trace?.node === 'buyers')
    expect(new Date(saved?.trace?.at ?? 0).toISOString()).toBe('2026-08-19T16:00:00.000Z')
  })

  test('uses the coupon, and is not reminded', () => {
    const before = passage([happening('order', '2026-08-19T09:00:00+08:00', {}, 29_900)])
    const code = before.enrollment.coupons['thanks-coupon']?.code ?? ''
    const { ending, sent } = passage([
      happening('order', '2026-08-19T09:00:00+08:00', {}, 29_900),
      happening('coupon_redeemed', '2026-09-05T12:00:00+08:00', { code }),
    ])
    expect(sent.at(-1)?.text).toContain(code)
    expect(sent.at(-1)?.text).toContain('有效至 9 月 16 日')
    expect(sent.map(({ node }) => node)).toEqual(['sms-t14', 'sms-t3', 'coupon-t14'])
    expect(ending).toBe('used')
  })

  test('in the control group walks the same way and hears nothing', () => {
    const orders = [happening('order', '2026-08-19T21:30:00+08:00', {}, 29_900)]
    const { plan, anchors } = firing(qixi(50), enters)
    const both = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((id) =>
      drive(plan, { at: enters, events: orders, entry: { anchors }, customer: someone({ id }) }),
    )
    const control = both.find(({ enrollment }) => enrollment.control)
    const other = both.find(({ enrollment }) => !enrollment.control)
    const nodes = (one?: Driven) => one?.path.map((step) => step.split('.')[0])
    expect(nodes(control)).toEqual(nodes(other))
    expect(control?.sent).toEqual([])
    expect(control?.enrollment.coupons).toEqual({})
    expect(Object.keys(control?.enrollment.goals ?? {})).toEqual(['converted'])
  })
})

/** Rows of a CSV without quoted fields, as this file is. */
function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
}

async function superstore() {
  const read = async (name: string) => {
    const [, load] = Object.entries(data).find(([path]) => path.endsWith(name)) ?? []
    return load === undefined ? null : await load()
  }
  const customers = await read('customers.csv')
  const orders = await read('orders.csv')
  return customers === null || orders === null
    ? null
    : { customers: rowsOf(customers), orders: rowsOf(orders) }
}

test('on the orders of 790 real customers it comes to the known figures', async (context) => {
  const real = await superstore()
  if (real === null) return context.skip('../shared/data is not here')
  const { plan, audience, at, anchors } = firing(qixi(0), '2017-08-14T10:00:00+08:00')
  const brand = sketchBrand()
  const byCustomer = new Map<string, string[][]>()
  for (const row of real.orders) byCustomer.set(row[1] ?? '', [...(byCustomer.get(row[1] ?? '') ?? []), row])
  const driven = real.customers.flatMap(([id = '', name = '', phone = '']) => {
    const events = (byCustomer.get(id) ?? [])
      .map(
        ([order = '', , orderedAt = '', amount = '']): CustomerEvent => ({
          id: order,
          name: 'order',
          at: parseInstant(orderedAt, zone) ?? Number.NaN,
          amount: Math.round(Number(amount) * 100),
          properties: {},
        }),
      )
      .sort((a, b) => a.at - b.at)
    const customer = someone({ id, name, phone })
    const facts = {
      customer,
      tags: new Set<string>(),
      audiences: new Set<string>(),
      events: events.filter((event) => event.at <= at),
      history: noHistory,
      entry: {},
      picks: null,
    }
    if (!evaluate(audience, facts, { now: at, zone, enteredAt: null, anchors })) return []
    return [drive(plan, { at: new Date(at).toISOString(), customer, brand, events, entry: { anchors } })]
  })
  const sentBy = (node: string) => driven.filter(({ sent }) => sent.some((one) => one.node === node)).length
  const nodes = ['sms-t14', 'sms-t3', 'sms-t0', 'coupon-t14', 'remind']
  expect(driven).toHaveLength(112)
  expect(nodes.map(sentBy)).toEqual([112, 108, 105, 2, 2])
  expect(driven.filter(({ audiences }) => audiences.has('qixi-day-buyers'))).toHaveLength(2)
})
