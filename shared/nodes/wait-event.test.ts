import { describe, expect, test } from 'vitest'
import type { CustomerEvent } from '../conditions/customer.ts'
import { historyOf } from '../conditions/history.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { waitEvent } from './wait-event.ts'

const arrivedAt = Date.parse('2026-08-05T10:00:00+08:00')
const hour = 3_600_000
const limit = { amount: 2, unit: 'hour' }
const deadline = arrivedAt + 2 * hour
const config = {
  filter: { event: 'order', where: [{ property: 'amount', op: 'gte', value: 10_000 }] },
  limit,
}

function order(at: number, amount = 20_000, properties = {}): CustomerEvent {
  return { id: `o${at}`, name: 'order', at, amount, properties }
}

/** Woken by an event that arrives at a moment, while waiting as the node itself decided. */
function meets(
  event: CustomerEvent,
  now: number,
  more: object = {},
  enrollment: Situation['enrollment'] = {},
) {
  const settings = { ...config, ...more }
  const parked = decideWith(waitEvent, settings, { enrollment })
  const wait = parked.kind === 'wait' ? parked.wait : null
  return decideWith(waitEvent, settings, {
    now,
    wake: { kind: 'event', event },
    enrollment: { ...enrollment, wait },
  })
}

describe('somebody who waits for an order of 100 yuan within two hours', () => {
  test('is parked until then, for events after now and not after the deadline', () => {
    expect(decideWith(waitEvent, config)).toEqual({
      kind: 'wait',
      wait: {
        until: deadline,
        event: { event: 'order', after: arrivedAt - 1, until: deadline },
        cause: null,
      },
      reason: { code: 'waiting', until: deadline },
    })
  })

  test('goes on with the order', () => {
    expect(meets(order(arrivedAt + hour), arrivedAt + hour)).toEqual({
      kind: 'leave',
      port: 'happened',
      reason: {
        code: 'event',
        event: 'order',
        id: `o${arrivedAt + hour}`,
        at: arrivedAt + hour,
        seq: null,
        values: { amount: 20_000 },
      },
      by: { name: 'order', id: `o${arrivedAt + hour}`, at: arrivedAt + hour },
    })
  })

  test('an order that came while the journey was paused is found when the timer asks', () => {
    const wait = {
      until: deadline,
      event: { event: 'order', after: arrivedAt, until: deadline },
      cause: null,
    }
    const late = { now: deadline + hour, wake: { kind: 'timer' }, enrollment: { wait } } as const
    const inTime = { events: [order(arrivedAt + hour)] }
    expect(decideWith(waitEvent, config, { ...late, facts: inTime })).toMatchObject({ port: 'happened' })
    const tooLate = { events: [order(deadline + 1)] }
    expect(decideWith(waitEvent, config, { ...late, facts: tooLate })).toMatchObject({ port: 'timeout' })
  })

  test('waits on after an order that is too small', () => {
    expect(meets(order(arrivedAt + hour, 500), arrivedAt + hour)).toMatchObject({
      kind: 'wait',
      wait: { until: deadline },
    })
  })

  test('does not count an order from before the wait, and one of its very moment only where it came later', () => {
    expect(meets(order(arrivedAt - 1), arrivedAt + hour)).toMatchObject({ kind: 'wait' })
    expect(meets(order(arrivedAt), arrivedAt + hour)).toMatchObject({ port: 'happened' })
    const recorded = { events: [{ ...order(arrivedAt), seq: 7 }] }
    expect(decideWith(waitEvent, config, { facts: recorded })).toMatchObject({ kind: 'wait' })
  })

  test('brought here by an event that came late, counts what was done after it, but not the event itself', () => {
    const by = { name: 'order', id: 'first', at: arrivedAt - hour, seq: 7 }
    const first = { ...order(by.at), id: 'first', seq: 7 }
    const known = (...events: CustomerEvent[]) =>
      decideWith(waitEvent, config, { enrollment: { by }, facts: { events } })
    expect(known(first, { ...order(by.at), id: 'before', seq: 6 })).toMatchObject({ kind: 'wait' })
    expect(known(first, { ...order(by.at), id: 'after', seq: 8 })).toMatchObject({ reason: { id: 'after' } })
    expect(known(order(by.at + 1))).toMatchObject({ port: 'happened' })
  })

  test('the time that it lasts runs from arrival, not from the event that brought it here', () => {
    const by = { name: 'cart', id: 'c', at: arrivedAt - hour, seq: 7 }
    expect(decideWith(waitEvent, config, { enrollment: { by } })).toMatchObject({ wait: { until: deadline } })
  })

  test('counts an order at the very deadline: the event is first', () => {
    expect(meets(order(deadline), deadline)).toMatchObject({ port: 'happened' })
    expect(meets(order(deadline + 1), deadline + 1)).toMatchObject({ kind: 'wait' })
  })

  test('has not done it in time when the timer rings', () => {
    const { wait } = waiting()
    expect(
      decideWith(waitEvent, config, { now: deadline, wake: { kind: 'timer' }, enrollment: { wait } }),
    ).toEqual({
      kind: 'leave',
      port: 'timeout',
      reason: { code: 'no-event', deadline },
    })
  })

  test('is parked again when the timer rings too early', () => {
    const { wait } = waiting()
    expect(
      decideWith(waitEvent, config, { now: deadline - 1, wake: { kind: 'timer' }, enrollment: { wait } }),
    ).toMatchObject({
      kind: 'wait',
      wait: { until: deadline },
    })
  })
})

function waiting(more: object = {}) {
  const decision = decideWith(waitEvent, { ...config, ...more })
  if (decision.kind !== 'wait') throw new Error('a wait was expected')
  return { wait: decision.wait }
}

describe('with a grace period', () => {
  const grace = { graceMinutes: 30 }

  test('the timeout is decided only when the grace is over', () => {
    expect(waiting(grace).wait).toMatchObject({ until: deadline + hour / 2, event: { until: deadline } })
  })

  test('an order of before the deadline still counts when it arrives late, one of after does not', () => {
    expect(meets(order(deadline - 1), deadline + hour / 3, grace)).toMatchObject({ port: 'happened' })
    expect(meets(order(deadline + 1), deadline + hour / 3, grace)).toMatchObject({ kind: 'wait' })
  })
})

describe('counting since entry', () => {
  const since = { since: 'entry' }
  const enteredAt = arrivedAt - 24 * hour
  const arrive = (events: CustomerEvent[]) =>
    decideWith(
      waitEvent,
      { ...config, ...since },
      { enrollment: { enteredAt, arrivedAt }, facts: { events } },
    )

  test('rule 8: counting since entry, an order made before the wait is found on arrival', () => {
    expect(arrive([order(arrivedAt - hour)])).toMatchObject({
      port: 'happened',
      reason: { at: arrivedAt - hour },
    })
  })

  test('an order from before entry does not count', () => {
    expect(arrive([order(enteredAt - 1), order(enteredAt)])).toMatchObject({ kind: 'wait' })
  })

  test('asks for the customer’s events of that name, and for none from before the entry', () => {
    const needs = { events: ['order'], sinceEntry: true }
    expect(waitEvent.needs?.(waitEvent.config.parse({ ...config, ...since }))).toEqual(needs)
    expect(waitEvent.needs?.(waitEvent.config.parse(config))).toEqual(needs)
  })
})

describe('waiting for a coupon to be redeemed', () => {
  const redeemed = { filter: { event: 'coupon_redeemed' }, coupon: 'gift' }
  const coupon = { code: 'QX1', value: 100, minSpend: 0, expiresAt: deadline, name: { en: 'c' } }
  const use = (code: string): CustomerEvent => ({
    ...order(arrivedAt + 1),
    name: 'coupon_redeemed',
    properties: { code },
  })

  test('only the customer’s own code of that node counts', () => {
    const coupons = { gift: coupon, other: { ...coupon, code: 'ZZ9' } }
    expect(meets(use('QX1'), arrivedAt + 1, redeemed, { coupons })).toMatchObject({ port: 'happened' })
    expect(meets(use('ZZ9'), arrivedAt + 1, redeemed, { coupons })).toMatchObject({ kind: 'wait' })
  })

  test('who has no coupon, like the control group, redeems none', () => {
    expect(meets(use('QX1'), arrivedAt + 1, redeemed)).toMatchObject({ kind: 'wait' })
  })
})

test('it leaves by limit when its visits are used up', () => {
  const enrollment = { history: historyOf({ 'it.timeout': 1, 'it.happened': 1 }) }
  expect(decideWith(waitEvent, { ...config, maxVisits: 2 }, { enrollment })).toEqual({
    kind: 'leave',
    port: 'limit',
    reason: { code: 'visit-limit', visit: 3, limit: 2 },
  })
})

describe('rule 5: for any of several events', () => {
  const another = { filter: { event: 'add_to_cart', where: [] }, port: 'carted', name: { en: 'Carted' } }
  const several = { ...config, also: [another, { filter: { event: 'page_view', where: [] } }] }
  const did = (name: string, at: number): CustomerEvent => ({
    id: name,
    name,
    at,
    amount: null,
    properties: {},
  })

  test('somebody is parked for all of them', () => {
    expect(decideWith(waitEvent, several)).toMatchObject({
      kind: 'wait',
      wait: { event: { event: 'order', others: ['add_to_cart', 'page_view'] } },
    })
  })

  test('whichever comes first ends it, by its own way or by that of the first', () => {
    const at = arrivedAt + hour
    expect(meets(did('add_to_cart', at), at, several)).toMatchObject({
      port: 'carted',
      by: { name: 'add_to_cart' },
    })
    expect(meets(did('page_view', at), at, several)).toMatchObject({
      port: 'happened',
      by: { name: 'page_view' },
    })
    expect(meets(order(at), at, several)).toMatchObject({ port: 'happened', by: { name: 'order' } })
    // An order below 100 yuan is none of them.
    expect(meets(order(at, 100), at, several)).toMatchObject({ kind: 'wait' })
  })

  test('of those that came while the journey was paused the earliest counts', () => {
    const wait = {
      until: deadline,
      event: { event: 'order', after: arrivedAt - 1, until: deadline },
      cause: null,
    }
    const events = [did('page_view', arrivedAt + 5), did('add_to_cart', arrivedAt + 9)]
    const woken = { now: deadline, wake: { kind: 'timer' }, enrollment: { wait }, facts: { events } } as const
    expect(decideWith(waitEvent, several, woken)).toMatchObject({
      port: 'happened',
      by: { name: 'page_view' },
    })
  })

  test('none of several within the limit leaves by its port', () => {
    const wait = {
      until: deadline,
      event: { event: 'order', after: arrivedAt - 1, until: deadline },
      cause: null,
    }
    const woken = { now: deadline, wake: { kind: 'timer' }, enrollment: { wait } } as const
    expect(decideWith(waitEvent, several, woken)).toMatchObject({
      port: 'timeout',
      reason: { code: 'no-event', deadline },
    })
  })

  test('has a port for each way of its own, and says all in the sentence', () => {
    const settings = waitEvent.config.parse(several)
    expect(waitEvent.ports(settings).map(({ id }) => id)).toEqual(['happened', 'carted', 'timeout'])
    expect(waitEvent.needs?.(settings).events).toEqual(['order', 'add_to_cart', 'page_view'])
    expect(waitEvent.describe(settings, { locale: 'en', currency: 'CNY' })).toContain(
      ' or add to cart or page view',
    )
    expect(waitEvent.describe(settings, { locale: 'zh-CN', currency: 'CNY' })).toContain('或加购或浏览页面')
  })

  test('ways of its own bear names of their own', () => {
    const twice = { ...config, also: [another, another] }
    expect(waitEvent.config.safeParse(twice).success).toBe(false)
    const taken = { ...config, also: [{ ...another, port: 'timeout' }] }
    expect(waitEvent.config.safeParse(taken).success).toBe(false)
  })
})

describe('rule 5: for a receipt of this enrollment’s own message, in a loop', () => {
  const opened = (visit: number | undefined, at: number): CustomerEvent => ({
    id: `open-${visit}`,
    name: 'message_opened',
    at,
    amount: null,
    properties: { enrollment_id: 1, node: 'mail', ...(visit === undefined ? {} : { visit }) },
  })
  const settings = { filter: { event: 'message_opened', where: [] }, message: 'mail', limit }
  const second = { history: historyOf({ 'mail.sent': 2 }) }
  const at = arrivedAt + hour

  test('a report of an earlier visit’s message is not of the one that is waited about', () => {
    expect(meets(opened(1, at), at, settings, second)).toMatchObject({ kind: 'wait' })
    expect(meets(opened(2, at), at, settings, second)).toMatchObject({ port: 'happened' })
  })

  test('since entry any of them counts, and so does a report that does not tell its visit', () => {
    expect(meets(opened(1, at), at, { ...settings, since: 'entry' }, second)).toMatchObject({
      port: 'happened',
    })
    expect(meets(opened(undefined, at), at, settings, second)).toMatchObject({ port: 'happened' })
  })
})
