import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { customerSaver } from '../customers/customers.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { insertEvents, type NewEvent } from './events.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  customerSaver(db)(
    ['1', '2'].map((id) => ({ id, attributes: {} })),
    0,
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
    expect(insertEvents(db, [view('a'), view('b', '2')], options)).toEqual({ accepted: 2, duplicates: 0 })
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
    expect(insertEvents(db, again, options)).toEqual({ accepted: 1, duplicates: 2 })
    expect(stored().map(({ id, at }) => [id, at])).toEqual([
      ['a', 1_000],
      ['b', 1_000],
    ])
    const other = { ...view('a'), name: 'order', amount: 990 }
    expect(insertEvents(db, [other], options)).toEqual({ accepted: 1, duplicates: 0 })
  })

  test('are all refused when one is of a customer whom nobody knows', () => {
    const events = [view('a'), view('b', 'nobody'), view('c')]
    expect(() => insertEvents(db, events, options)).toThrow(
      expect.objectContaining({
        code: 'unknown-customer',
        details: { customer: 'nobody' },
        place: 'events.1',
      }),
    )
    expect(stored()).toEqual([])
  })

  test('may be history, which starts and wakes nothing', () => {
    insertEvents(db, [view('a')], { source: 'history', receivedAt: 2_000, pending: false })
    expect(stored()).toMatchObject([{ source: 'history', pending: 0 }])
    expect(insertEvents(db, [], options)).toEqual({ accepted: 0, duplicates: 0 })
  })
})
