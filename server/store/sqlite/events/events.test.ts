import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importOrigin } from '../../../../shared/origins/kinds.ts'
import { customerSaver } from '../customers/customers.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { insertEvents, type NewEvent } from './events.ts'

const aFile = importOrigin('customers.csv', '')

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  customerSaver(db)(
    ['1', '2'].map((id) => ({ id, attributes: {} })),
    0,
    aFile,
  )
})
afterEach(() => db.close())

const view = (id: string, customerId = '1'): NewEvent => ({
  id,
  customerId,
  name: 'page_view',
  at: 1_000,
  amount: null,
  properties: { page: '七夕', seconds: 31 },
})
const options = { source: 'api', receivedAt: 2_000, pending: true } as const
const stored = () => db.sqlite.prepare<[], Record<string, unknown>>('select * from events order by seq').all()

describe('events that come in', () => {
  test('wait for the engine', () => {
    expect(insertEvents(db, [view('a'), view('b', '2')], options)).toMatchObject({
      accepted: 2,
      duplicates: 0,
    })
    expect(stored()).toMatchObject([
      {
        seq: 1,
        id: 'a',
        customer_id: '1',
        name: 'page_view',
        at: 1_000,
        received_at: 2_000,
        amount: null,
        properties: '{"page":"七夕","seconds":31}',
        source: 'api',
        pending: 1,
      },
      { seq: 2, id: 'b', customer_id: '2' },
    ])
  })

  test('are ignored when their name and id are known, in one call or in two', () => {
    insertEvents(db, [view('a')], options)
    const again = [{ ...view('a'), at: 5_000 }, view('b'), view('b')]
    expect(insertEvents(db, again, options)).toMatchObject({ accepted: 1, duplicates: 2 })
    expect(stored().map(({ id, at }) => [id, at])).toEqual([
      ['a', 1_000],
      ['b', 1_000],
    ])
    const other = { ...view('a'), name: 'order', amount: 990 }
    expect(insertEvents(db, [other], options)).toMatchObject({ accepted: 1, duplicates: 0 })
  })

  test('are refused one by one: an unknown customer keeps nobody else out', () => {
    const events = [view('a'), view('b', 'nobody'), view('c')]
    expect(insertEvents(db, events, options)).toMatchObject({
      accepted: 2,
      refused: 1,
      outcomes: [
        { status: 'accepted' },
        { status: 'refused', fault: { code: 'unknown-customer', details: { customer: 'nobody' } } },
        { status: 'accepted' },
      ],
    })
    expect(stored().map(({ id }) => id)).toEqual(['a', 'c'])
  })

  test('of two customers one id is two events', () => {
    expect(insertEvents(db, [view('a'), view('a', '2')], options)).toMatchObject({ accepted: 2 })
  })

  test('an order number is one customer’s: another’s claim is refused, the same again a duplicate', () => {
    const order = (customerId: string): NewEvent => ({
      ...view('A1', customerId),
      name: 'order',
      amount: 990,
    })
    expect(insertEvents(db, [order('1'), order('2'), order('1')], options).outcomes).toEqual([
      { status: 'accepted' },
      { status: 'refused', fault: { code: 'order-claimed', details: { order: 'A1' } } },
      { status: 'duplicate' },
    ])
  })

  test.each([
    ['negative-order', 'order', -1, {}],
    ['negative-refund', 'refund', -5, { order_id: 'A1' }],
  ])('%s: %s of %s', (code, name, amount, properties) => {
    const event = { ...view('a'), name, amount, properties }
    expect(insertEvents(db, [event], options).outcomes).toMatchObject([{ fault: { code } }])
    expect(stored()).toEqual([])
  })

  test('an order may cost nothing, and any other event may cost less', () => {
    const free = { ...view('a'), name: 'order', amount: 0 }
    const points = { ...view('b'), name: 'points', amount: -30 }
    expect(insertEvents(db, [free, points], options)).toMatchObject({ accepted: 2 })
  })

  test('may be history, which starts and wakes nothing', () => {
    insertEvents(db, [view('a')], { source: 'history', receivedAt: 2_000, pending: false })
    expect(stored()).toMatchObject([{ source: 'history', pending: 0 }])
    expect(insertEvents(db, [], options)).toMatchObject({ accepted: 0, duplicates: 0 })
  })
})
