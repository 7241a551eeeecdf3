import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Condition, conditionSchema, type TimeWindow } from '../../../shared/conditions/schema.ts'
import { holdingReader } from '../../store/sqlite/audiences/holding.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { AnalyticalCopy } from './copy.ts'
import { inMemory } from './files.ts'

const moment = { now: Date.parse('2026-08-01T00:00:00Z'), zone: 'Asia/Shanghai', anchors: {} }

let folder: string
let db: BrandDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-contacts-'))
  db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const run = (sql: string, ...values: readonly unknown[]) => db.sqlite.prepare(sql).run(...values)
const come = (id: string, phone: string) =>
  run(
    `insert into customers (id, shard, name, phone, attributes, updated_at) values (?, 0, ?, ?, '{}', 0)
     on conflict do update set phone = excluded.phone`,
    ...[id, id, phone],
  )
/** A consent is dated where it is said when it was given. */
const say = (
  kind: string,
  address: string,
  consent: number | null,
  closed: string | null,
  given: number | null = null,
) =>
  run(
    `insert into address_states (kind, address, channel, consent, consent_at, consent_dated, closed_why, closed_at)
     values (?, ?, 'sms', ?, ?, ?, ?, 5)
     on conflict do update set consent = excluded.consent, consent_at = excluded.consent_at,
       consent_dated = excluded.consent_dated, closed_why = excluded.closed_why`,
    ...[kind, address, consent, given ?? 5, given === null ? 0 : 1, closed],
  )
const verify = (id: string, at: number | null) =>
  run('update addresses set verified_at = ? where customer_id = ?', at, id)
const open = () => new AnalyticalCopy({ truth: openTruth(db.path), file: inMemory })
const asked = (state: 'agreed' | 'refused' | 'open' | 'opted_out'): Condition => ({
  ...{ kind: 'contact', channel: 'sms', state },
})
const last = (days: number): TimeWindow => ({
  ...{ kind: 'last', span: { amount: days, unit: 'day' }, wholeDays: false },
})
const since = (state: 'agreed' | 'refused' | 'opted_out' | 'verified', window: TimeWindow): Condition => ({
  ...{ kind: 'contact', channel: 'sms', state, window },
})
const ids = (copy: AnalyticalCopy, condition: Condition) => copy.ask('select', { condition, moment })

describe('since when a channel is closed', () => {
  const optedOut = (window: TimeWindow) => since('opted_out', window)

  test('can be asked by the windows that events have, and is asked anew as it is said anew', async () => {
    const copy = open()
    come('a', '13800000001')
    come('b', '13800000002')
    say('phone', '13800000001', null, 'opted_out')
    const at = (date: string) => run('update address_states set closed_at = ?', Date.parse(date))
    at('2026-07-20T00:00:00Z')
    expect(await ids(copy, optedOut(last(30)))).toEqual(['a'])
    expect(await ids(copy, optedOut(last(7)))).toEqual([])
    expect(await ids(copy, optedOut({ kind: 'between', to: '2026-07-20' }))).toEqual([])
    at('2025-03-01T00:00:00Z')
    expect(await ids(copy, optedOut(last(30)))).toEqual([])
    expect(await ids(copy, optedOut({ kind: 'between', to: '2026-07-20' }))).toEqual(['a'])
    // Of whom nobody knows when, it is so all the same, but in no stretch of time.
    run('update address_states set closed_at = null')
    expect(await ids(copy, optedOut({ kind: 'ever' }))).toEqual(['a'])
    expect(await ids(copy, optedOut({ kind: 'between', to: '2026-07-20' }))).toEqual([])
    await copy.close()
  })

  test('is asked only of what is kept with its time', () => {
    const asks = (state: string) =>
      conditionSchema.safeParse({ kind: 'contact', channel: 'sms', state, window: last(30) }).success
    expect(['complaint', 'blacklisted', 'agreed', 'refused', 'verified'].filter(asks)).toHaveLength(5)
    expect(['open', 'has_address', 'unasked', 'doubtful'].filter(asks)).toEqual([])
  })
})

describe('since when somebody has agreed or refused, and whether an address is verified', () => {
  const july = Date.parse('2026-07-20T00:00:00Z')
  const before: TimeWindow = { kind: 'between', to: '2026-07-01' }
  /** As the copy knows it, which must be as whoever reads one customer does. */
  const who = async (copy: AnalyticalCopy, condition: Condition) => {
    const found = await ids(copy, condition)
    const asked = { ids: ['a', 'b'], conditions: [condition], at: moment }
    expect(holdingReader(db.sqlite).ask(asked).inside).toEqual([found])
    return found
  }

  test('is asked of consents that say when they were given, though the profile says the same', async () => {
    const copy = open()
    come('a', '13800000001')
    come('b', '13800000002')
    run('update customers set consent_sms = 1')
    // Who agreed without a time has agreed, but in no stretch of time.
    expect(await who(copy, since('agreed', last(30)))).toEqual([])
    expect(await who(copy, since('agreed', { kind: 'ever' }))).toEqual(['a', 'b'])
    say('phone', '13800000001', 1, null, july)
    expect(await who(copy, since('agreed', last(30)))).toEqual(['a'])
    expect(await who(copy, since('agreed', last(7)))).toEqual([])
    say('phone', '13800000001', 1, null, Date.parse('2025-03-01T00:00:00Z'))
    expect(await who(copy, since('agreed', last(30)))).toEqual([])
    expect(await who(copy, since('agreed', before))).toEqual(['a'])
    say('phone', '13800000001', 0, null, july)
    expect(await who(copy, since('agreed', { kind: 'between' }))).toEqual([])
    expect(await who(copy, since('refused', last(30)))).toEqual(['a'])
    say('phone', '13800000001', 0, null)
    expect(await who(copy, since('refused', last(30)))).toEqual([])
    // Another number has said nothing of its own.
    say('phone', '13800000001', 1, null, july)
    come('a', '13800000003')
    expect(await who(copy, since('agreed', last(30)))).toEqual([])
    await copy.close()
  })

  test('is asked of the address in use', async () => {
    const verified: Condition = { kind: 'contact', channel: 'sms', state: 'verified' }
    const copy = open()
    come('a', '13800000001')
    come('b', '13800000002')
    expect(await who(copy, verified)).toEqual([])
    verify('a', july)
    expect(await who(copy, verified)).toEqual(['a'])
    expect(await who(copy, since('verified', last(30)))).toEqual(['a'])
    expect(await who(copy, since('verified', before))).toEqual([])
    expect(await who(copy, { ...verified, channel: 'email' })).toEqual([])
    expect(await who(copy, { kind: 'not', of: verified })).toEqual(['b'])
    come('a', '13800000003')
    expect(await who(copy, verified)).toEqual([])
    verify('b', july)
    run('delete from addresses')
    expect(await who(copy, verified)).toEqual([])
    await copy.close()
    expect(conditionSchema.safeParse({ ...verified, channel: 'in_app' }).success).toBe(false)
  })
})

describe('what an address says', () => {
  test('is known at once, and is its owner’s from then on', async () => {
    const copy = open()
    come('a', '13800000001')
    come('b', '13800000002')
    expect(await ids(copy, asked('open'))).toEqual(['a', 'b'])
    say('phone', '13800000001', 1, null)
    expect(await ids(copy, asked('agreed'))).toEqual(['a'])
    say('phone', '13800000001', 0, 'opted_out')
    expect(await ids(copy, asked('refused'))).toEqual(['a'])
    expect(await ids(copy, asked('opted_out'))).toEqual(['a'])
    expect(await ids(copy, asked('open'))).toEqual(['b'])
    run('delete from address_states')
    expect(await ids(copy, asked('open'))).toEqual(['a', 'b'])
    run('update customers set consent_sms = 1 where id = ?', 'b')
    expect(await ids(copy, asked('agreed'))).toEqual(['b'])
    await copy.close()
  })

  const who = fc.constantFrom('a', 'b', 'c')
  const phone = fc.constantFrom('13800000001', '13800000002')
  const act = fc.oneof(
    fc.tuple(fc.constant('come' as const), who, phone),
    fc.tuple(
      fc.constant('say' as const),
      phone,
      fc.constantFrom(null, 0, 1),
      fc.constantFrom(null, 'opted_out', 'hard_bounce'),
      fc.constantFrom(null, moment.now - 86_400_000, moment.now - 60 * 86_400_000),
    ),
    fc.tuple(fc.constant('verify' as const), who, fc.constantFrom(null, moment.now - 86_400_000, 5)),
    fc.tuple(fc.constant('agree' as const), who, fc.constantFrom(null, 0, 1)),
    fc.tuple(fc.constant('ban' as const), who, fc.constantFrom(null, 'blacklisted')),
    fc.tuple(fc.constant('leave' as const), who),
    fc.tuple(fc.constant('forget' as const), who),
    fc.tuple(fc.constant('look' as const)),
  )

  test('is the same in a copy that was read on, in one made anew and to whoever reads one customer, whatever has happened', async () => {
    const dated = ['agreed', 'refused', 'opted_out', 'verified'] as const
    const windows: readonly TimeWindow[] = [{ kind: 'ever' }, last(30), { kind: 'between', to: '2026-07-01' }]
    const conditions = [asked('open'), ...dated.flatMap((state) => windows.map((one) => since(state, one)))]
    const marks = async (copy: AnalyticalCopy) => {
      const holds: (readonly string[])[] = []
      for (const condition of conditions) holds.push(await ids(copy, condition))
      return holds
    }
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const copy = open()
        await copy.catchUp()
        for (const one of acts) {
          if (one[0] === 'come') come(one[1], one[2])
          else if (one[0] === 'say') say('phone', one[1], one[2], one[3], one[4])
          else if (one[0] === 'verify') verify(one[1], one[2])
          else if (one[0] === 'agree')
            run('update customers set consent_sms = ? where id = ?', one[2], one[1])
          else if (one[0] === 'ban') say('customer', one[1], null, one[2])
          else if (one[0] === 'leave') run('delete from customers where id = ?', one[1])
          else if (one[0] === 'forget') run('delete from addresses where customer_id = ?', one[1])
          else await copy.catchUp()
        }
        const fresh = open()
        const known = await marks(copy)
        expect(known).toEqual(await marks(fresh))
        const everybody = { ids: ['a', 'b', 'c'], conditions, at: moment }
        expect(known).toEqual(holdingReader(db.sqlite).ask(everybody).inside)
        await Promise.all([copy.close(), fresh.close()])
        for (const table of ['customers', 'addresses', 'address_states']) run(`delete from ${table}`)
      }),
      { numRuns: 15 },
    )
  })
})

test('the lines of an order come and go with it', async () => {
  const copy = open()
  const sold = (sku: string): Condition => ({
    ...{ kind: 'events', event: '$order_line', where: [{ property: 'sku', op: 'eq', value: sku }] },
    ...{ measure: 'sum', property: 'quantity', window: { kind: 'ever' }, op: 'gte', value: 2 },
  })
  come('a', '13800000001')
  const buy = (id: string, items: readonly object[]) =>
    run(
      `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values (?, 'a', 0, 'order', 0, 0, 100, ?, 'history', 0)`,
      ...[id, JSON.stringify({ items })],
    )
  buy('o1', [{ sku: 'A', quantity: 2 }, { sku: 'B' }])
  expect([await ids(copy, sold('A')), await ids(copy, sold('B'))]).toEqual([['a'], []])
  buy('o2', [{ sku: 'B' }])
  expect(await ids(copy, sold('B'))).toEqual(['a'])
  run(`update events set properties = '{"items":[{"sku":"C","quantity":3}]}' where id = 'o1'`)
  expect([await ids(copy, sold('A')), await ids(copy, sold('C'))]).toEqual([[], ['a']])
  run(`delete from events where id = 'o1'`)
  expect(await ids(copy, sold('C'))).toEqual([])
  const values = await copy.ask('values', {
    ...{ of: { field: 'property', event: '$order_line', name: 'sku' }, startsWith: '', limit: 10 },
  })
  expect(values.values).toEqual([{ value: 'B', count: 1 }])
  await copy.close()
})
