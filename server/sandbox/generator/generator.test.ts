import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { resultsByHand } from '../../../shared/effects/requests/task-results.ts'
import {
  type CustomerRow,
  catalogue,
  categories,
  demoClockStart,
  demoCustomers,
  demoFuture,
  demoFutureUntil,
  demoHistory,
  demoHistoryFrom,
  demoNewcomers,
  demoOwners,
  demoSeed,
  demoStaff,
  demoTasks,
  type EventRow,
  respond,
} from './index.ts'

const day = 86_400_000
const midnight = (date: string) => Date.parse(`${date}T00:00:00+08:00`)
const rowsOf = (batches: Iterable<EventRow[]>) => [...batches].flat()
const ordersOf = (rows: readonly EventRow[]) => rows.filter(({ name }) => name === 'order')
const between = (rows: readonly EventRow[], from: number, to: number) =>
  rows.filter(({ at }) => at >= from && at < to)
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

const members = demoCustomers(demoSeed, 20_000)
const history = rowsOf(demoHistory(demoSeed, members, demoHistoryFrom, demoClockStart))
const future = rowsOf(demoFuture(demoSeed, members, demoClockStart, demoFutureUntil))
const pastOrders = ordersOf(history)
const orders = [...pastOrders, ...ordersOf(future)]
const qixi = midnight('2027-08-08')

/** The Qixi gift box's audience, counted plainly from the orders. */
function qixiAudience(): CustomerRow[] {
  const windows = ['2025-08-29', '2026-08-19'].map(
    (date) => [midnight(date) - 14 * day, midnight(date)] as const,
  )
  const bought = new Set<string>()
  const spent = new Map<string, number>()
  for (const { customerId, at, amount } of pastOrders) {
    if (windows.some(([from, to]) => at >= from && at < to)) bought.add(customerId)
    if (at >= midnight('2025-07-25')) spent.set(customerId, (spent.get(customerId) ?? 0) + (amount ?? 0))
  }
  return members.filter(({ id }) => bought.has(id) && (spent.get(id) ?? 0) > 20_000)
}
const audience = qixiAudience()

describe('the same seed', () => {
  const few = demoCustomers(demoSeed, 300)
  const make = (seed: number) => {
    const customers = demoCustomers(seed, 300)
    return digest([customers, rowsOf(demoHistory(seed, customers, demoHistoryFrom, demoClockStart))])
  }

  test('makes the same brand to the byte, and another seed another one', () => {
    expect(make(demoSeed)).toBe(make(demoSeed))
    expect(make(demoSeed + 1)).not.toBe(make(demoSeed))
  })

  test('makes the first members the same, however many follow', () => {
    expect(few).toEqual(members.slice(0, 300))
  })

  test('makes a stretch of time the same, whole or in pieces', () => {
    const cuts = [midnight('2027-07-10'), demoClockStart, demoClockStart + 3_600_000, midnight('2027-08-03')]
    const pieces = cuts
      .slice(1)
      .flatMap((to, index) => rowsOf(demoFuture(demoSeed, few, cuts[index] ?? to, to)))
    expect(pieces.length).toBeGreaterThan(50)
    expect(pieces).toEqual(rowsOf(demoHistory(demoSeed, few, cuts[0] ?? 0, cuts[3] ?? 0)))
  })
})

describe('the members', () => {
  test('differ in id, phone and e-mail, and their phones are of the made-up range', () => {
    const phones = members.flatMap(({ phone }) => phone ?? [])
    const emails = members.flatMap(({ email }) => email ?? [])
    expect(new Set(members.map(({ id }) => id)).size).toBe(20_000)
    expect(new Set(phones).size).toBe(phones.length)
    expect(new Set(emails).size).toBe(emails.length)
    expect(phones.every((phone) => /^199\d{8}$/.test(phone))).toBe(true)
    expect(emails.every((email) => email.endsWith('@example.com'))).toBe(true)
  })

  test('lack what real ones lack, in about the real shares', () => {
    const share = (holds: (row: CustomerRow) => boolean) => members.filter(holds).length / members.length
    expect(share(({ phone }) => phone === null)).toBeCloseTo(0.03, 2)
    expect(share(({ consentSms }) => consentSms === false)).toBeCloseTo(0.04, 2)
    expect(share(({ email }) => email !== null)).toBeCloseTo(0.45, 1)
    expect(share(({ email, consentEmail }) => email === null && consentEmail !== null)).toBe(0)
    expect(share(({ blacklisted }) => blacklisted)).toBeLessThan(0.01)
    expect(share(({ name }) => name === null)).toBeGreaterThan(0)
  })

  test('joined over the six years before the clock starts, none as a child', () => {
    for (const { registeredAt, birthday } of members) {
      expect(registeredAt).toBeLessThan(demoClockStart)
      expect(registeredAt).toBeGreaterThan(demoClockStart - 6.01 * 365 * day)
      if (birthday === null || registeredAt === null) continue
      expect(birthday).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(new Date(registeredAt).getUTCFullYear() - Number(birthday.slice(0, 4))).toBeGreaterThan(16)
    }
  })

  test('hold the tier and the points that their orders of the past months say', () => {
    const spent = new Map<string, number>()
    for (const { customerId, at, amount } of pastOrders) {
      if (at >= midnight('2025-07-01')) spent.set(customerId, (spent.get(customerId) ?? 0) + (amount ?? 0))
    }
    for (const { id, attributes } of members) {
      const total = spent.get(id) ?? 0
      expect(attributes.points).toBe(Math.floor(total / 100))
      expect(attributes.tier).toBe(total >= 350_000 ? '金卡' : total >= 120_000 ? '银卡' : '普通')
    }
  })

  test('are joined by newcomers, who share no id or phone with them and announce themselves', () => {
    const newcomers = demoNewcomers(demoSeed, demoClockStart, midnight('2027-09-01'))
    const all = [...members, ...newcomers]
    const phones = all.flatMap(({ phone }) => phone ?? [])
    expect(newcomers.length).toBeGreaterThan(200)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(phones).size).toBe(phones.length)
    const rows = rowsOf(demoFuture(demoSeed, newcomers, demoClockStart, midnight('2027-09-01')))
    expect(rows.filter(({ name }) => name === 'member_registered')).toHaveLength(newcomers.length)
    expect(ordersOf(rows).length).toBeGreaterThan(newcomers.length / 2)
  })
})

describe('the history', () => {
  test('holds about as many rows as a brand of this size has', () => {
    expect(pastOrders.length).toBeGreaterThan(90_000)
    expect(pastOrders.length).toBeLessThan(140_000)
    expect(history.length - pastOrders.length).toBeGreaterThan(180_000)
    expect(history.length - pastOrders.length).toBeLessThan(300_000)
  })

  test('has unique ids, known members and times within its range, in order', () => {
    const since = new Map(members.map(({ id, registeredAt }) => [id, registeredAt ?? 0]))
    let last = demoHistoryFrom
    for (const { id, customerId, at } of history) {
      const joined = since.get(customerId)
      if (joined === undefined || !Number.isInteger(at) || at < last || at < joined || at >= demoClockStart)
        expect.fail(`${id} of ${customerId} at ${at}`)
      last = at
    }
    expect(new Set([...history, ...future].map(({ id }) => id)).size).toBe(history.length + future.length)
  })

  test('has orders whose lines are products of the catalogue, and come to the amount where nothing was reduced', () => {
    const prices = new Map(catalogue.map(({ sku, price }) => [sku, price]))
    const usual = pastOrders.filter(
      ({ id, properties }) => /7\d$|[0-6]\d$/.test(id) && properties.coupon === undefined,
    )
    expect(usual.length).toBeGreaterThan(10_000)
    for (const { id, amount, properties } of usual) {
      const { data: lines } = z
        .array(z.object({ sku: z.string(), title: z.string(), quantity: z.int(), price: z.int() }))
        .safeParse(properties.items)
      if (lines === undefined || lines.some(({ sku, price }) => prices.get(sku) !== price))
        expect.fail(`${id}: ${JSON.stringify(properties.items)}`)
      const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
      if (total !== amount) expect.fail(`${id}: ${amount}, and its lines ${total}`)
    }
  })

  test('has orders of catalogue products in whole yuan, and amounts on nothing else', () => {
    const products = new Set(catalogue.map(({ name }) => name['zh-CN']))
    expect(catalogue).toHaveLength(80)
    expect(products.size).toBe(80)
    for (const { id, name, amount, properties } of history) {
      if (name !== 'order') {
        if (amount !== null) expect.fail(`${id} is no purchase`)
        continue
      }
      const known =
        Array.isArray(properties.categories) &&
        properties.categories.every((key) => typeof key === 'string' && key in categories)
      if (
        !known ||
        !products.has(String(properties.product)) ||
        !amount ||
        amount < 2000 ||
        amount % 100 !== 0
      )
        expect.fail(`${id}: ${amount} ${JSON.stringify(properties)}`)
    }
  })

  test('is skewed: a fifth of the members place more than half of the orders', () => {
    const perMember = new Map<string, number>()
    for (const { customerId } of pastOrders) perMember.set(customerId, (perMember.get(customerId) ?? 0) + 1)
    const counts = [...perMember.values()].sort((one, other) => other - one)
    const top = counts.slice(0, 4000).reduce((sum, count) => sum + count, 0)
    expect(top / pastOrders.length).toBeGreaterThan(0.5)
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThan(pastOrders.length / counts.length)
  })
})

describe('a Qixi season', () => {
  const perDay = new Map<number, number>()
  for (const { at } of orders) {
    const date = Math.floor((at + 8 * 3_600_000) / day)
    perDay.set(date, (perDay.get(date) ?? 0) + 1)
  }
  const on = (at: number) => perDay.get(Math.floor((at + 8 * 3_600_000) / day)) ?? 0
  const mean = (at: number, first: number, last: number) => {
    let sum = 0
    for (let before = last; before <= first; before++) sum += on(at - before * day)
    return sum / (first - last + 1)
  }

  test.each(['2024-08-10', '2025-08-29', '2026-08-19', '2027-08-08', '2028-08-26'])(
    'of %s rises over 14 days, peaks in the last three and on the day, and is over then',
    (date) => {
      const at = midnight(date)
      const year = Array.from({ length: 300 }, (_, index) => on(at + (index - 250) * day))
        .filter((count) => count > 0)
        .sort((one, other) => one - other)
      const median = year[Math.floor(year.length / 2)] ?? 0
      expect(mean(at, 14, 8)).toBeGreaterThan(1.4 * median)
      expect(mean(at, 7, 4)).toBeGreaterThan(mean(at, 14, 8))
      expect(mean(at, 3, 1)).toBeGreaterThan(1.3 * mean(at, 7, 4))
      expect(on(at)).toBeGreaterThan(2 * median)
      expect(mean(at, -3, -1)).toBeLessThan(mean(at, 14, 8))
    },
  )

  test('turns to jewellery and flowers', () => {
    const share = (rows: readonly EventRow[]) =>
      rows.filter(({ properties }) =>
        [properties.categories].flat().some((c) => c === '首饰' || c === '鲜花'),
      ).length / rows.length
    const season = between(orders, qixi - 14 * day, qixi + day)
    const quiet = between(orders, midnight('2027-04-01'), midnight('2027-04-30'))
    expect(share(season)).toBeGreaterThan(share(quiet) + 0.1)
  })

  test('brings the gift box between 4,000 and 7,000 members, few of whom buy on the day by themselves', () => {
    expect(audience.length).toBeGreaterThan(4000)
    expect(audience.length).toBeLessThan(7000)
    const buyers = new Set(between(orders, qixi, qixi + day).map(({ customerId }) => customerId))
    const share = audience.filter(({ id }) => buyers.has(id)).length / audience.length
    expect(share).toBeGreaterThan(0.015)
    expect(share).toBeLessThan(0.03)
  })

  test('has members who come back every year', () => {
    const years = ['2024-08-10', '2025-08-29', '2026-08-19'].map((date) => {
      const rows = between(pastOrders, midnight(date) - 14 * day, midnight(date) + day)
      return new Set(rows.map(({ customerId }) => customerId))
    })
    const loyal = members.filter(({ id }) => years.every((year) => year.has(id)))
    expect(loyal.length).toBeGreaterThan(200)
  })
})

describe('a message', () => {
  const send = (customer: CustomerRow, channel: string, sentAt: number, couponCode: string | null = null) =>
    respond(
      demoSeed,
      {
        id: `${channel}-${sentAt}-${customer.id}`,
        journeyId: 'qixi',
        enrollmentId: `enrollment-${customer.id}`,
        node: 'sms-t0',
        channel,
        text: '七夕快乐',
        sentAt,
        couponCode,
      },
      customer,
    )
  const morning = qixi + 10 * 3_600_000
  const share = (sent: readonly EventRow[][], name: string) =>
    sent.filter((rows) => rows.some((row) => row.name === name)).length / sent.length

  test('brings the same reactions each time it is asked about', () => {
    const [customer] = audience
    if (customer === undefined) expect.fail('no audience')
    expect(send(customer, 'sms', morning)).toEqual(send(customer, 'sms', morning))
  })

  test('is delivered within a minute, and everything else follows, in order, under ids of its own', () => {
    const rows = audience.flatMap((customer) => {
      const reactions = send(customer, 'email', morning, 'QX-1')
      expect(reactions[0]?.name).toBe('message_delivered')
      expect(reactions[0]?.at).toBeLessThan(morning + 60_000)
      for (const [index, { at }] of reactions.entries())
        expect(at).toBeGreaterThanOrEqual(reactions[index - 1]?.at ?? morning)
      return reactions
    })
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.every(({ properties }) => String(properties.message_id).startsWith('email-'))).toBe(true)
    const names = new Set(rows.map(({ name }) => name))
    for (const name of ['message_opened', 'message_clicked', 'order', 'coupon_redeemed'])
      expect(names).toContain(name)
  })

  test('on the day lifts the purchases of the day clearly above those of a control group', () => {
    const spontaneous = new Set(between(orders, qixi, qixi + day).map(({ customerId }) => customerId))
    const buys = (customer: CustomerRow) =>
      spontaneous.has(customer.id) ||
      send(customer, 'sms', morning).some(({ name, at }) => name === 'order' && at < qixi + day)
    const control = audience.filter(({ id }) => spontaneous.has(id)).length / audience.length
    const messaged = audience.filter(buys).length / audience.length
    expect(messaged).toBeGreaterThan(1.5 * control)
    expect(messaged).toBeLessThan(0.1)
  })

  test('with a coupon sells more than one without, and the coupon is redeemed with the order', () => {
    const later = midnight('2027-08-22') + 10 * 3_600_000
    const plain = audience.map((customer) => send(customer, 'sms', later))
    const coupon = audience.map((customer) => send(customer, 'sms', later, 'QX-2'))
    expect(share(coupon, 'order')).toBeGreaterThan(1.5 * share(plain, 'order'))
    expect(share(plain, 'coupon_redeemed')).toBe(0)
    for (const rows of coupon) {
      const redeemed = rows.find(({ name }) => name === 'coupon_redeemed')
      const order = rows.find(({ name }) => name === 'order')
      expect(redeemed?.properties.order).toBe(order?.id)
      if (order !== undefined) expect(order.id).toMatch(/^MG27(08|09)\d{2}-/)
      if (redeemed !== undefined) expect(redeemed.properties.code).toBe('QX-2')
    }
  })

  test('by SMS is never seen as opened, is rarely answered, and now and then with T', () => {
    const sent = audience.map((customer) => send(customer, 'sms', morning))
    expect(share(sent, 'message_opened')).toBe(0)
    expect(share(sent, 'message_replied')).toBeLessThan(0.02)
    const texts = sent.flat().flatMap(({ properties: { text } }) => (typeof text === 'string' ? text : []))
    expect(texts).toContain('T')
    expect(new Set(texts).size).toBeGreaterThan(3)
  })

  test('to a system is delivered and brings nothing else', () => {
    const rows = audience.slice(0, 500).flatMap((customer) => send(customer, 'webhook', morning))
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['message_delivered']))
  })
})

describe('the staff of the shop', () => {
  const owned = demoOwners(members, demoClockStart, 'Asia/Shanghai')
  const byRule = (rule: string) => owned.filter((one) => one.rule === rule)

  test('have customers by each rule, nobody past their ceiling, and a few customers are left to nobody', () => {
    for (const rule of ['gold', 'city', 'rest']) expect(byRule(rule).length).toBeGreaterThan(100)
    for (const { id, ceiling } of demoStaff) {
      const load = owned.filter(({ staff }) => staff === id).length
      expect([id, load > 0, load <= (ceiling ?? members.length)]).toEqual([id, true, true])
    }
    expect(owned.length).toBeLessThan(members.length)
  })

  test('serve whom they have: by the tier, or by the city', () => {
    const of = new Map(members.map((one) => [one.id, one]))
    const regions = new Map(demoStaff.map(({ id, regions: served }) => [id, served]))
    const others = byRule('gold').filter(({ customerId }) => of.get(customerId)?.attributes.tier !== '金卡')
    const strangers = byRule('city').filter(
      ({ customerId, staff }) => regions.get(staff)?.includes(of.get(customerId)?.city ?? '') !== true,
    )
    expect([others, strangers]).toEqual([[], []])
  })

  test('have something to do for their own customers: open, late and done before the clock stands still', () => {
    const tasks = demoTasks(owned, demoClockStart)
    const owner = new Map(owned.map(({ customerId, staff }) => [customerId, staff]))
    for (const { made, at, done } of tasks) {
      expect(made.for).toEqual({ to: 'staff', staff: owner.get(made.customerId) })
      const results: readonly string[] = resultsByHand[made.kind].map(({ id }) => id)
      if (done !== null) expect(results).toContain(done.decision.button)
      expect([at < demoClockStart, done === null || (done.at > at && done.at < demoClockStart)]).toEqual([
        true,
        true,
      ])
    }
    const open = tasks.filter(({ done }) => done === null)
    const late = open.filter(({ made }) => made.due < demoClockStart)
    expect([open.length, late.length, tasks.length - open.length]).toEqual([8, 2, 5])
    expect(new Set(tasks.map(({ made }) => made.customerId)).size).toBe(tasks.length)
  })
})
