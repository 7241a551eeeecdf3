import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncomingEvent } from '../ports/events.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { ingester } from '../store/sqlite/events/ingest.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { memberOf } from '../testing/members.ts'
import { eventIntake } from './intake.ts'

const now = Date.parse('2027-03-01T10:00:00+08:00')

function shop(): BrandDatabase {
  const db = openDatabase(':memory:', { durability: 'off' })
  addCustomers(
    db,
    ['a', 'b', 'c'].map((name, index) => memberOf(name, index + 1)),
    now,
  )
  return db
}

const rows = (db: BrandDatabase) =>
  db.sqlite.prepare('select seq, id, customer_id, name, at, amount from events order by seq').all()

const told: fc.Arbitrary<IncomingEvent> = fc.record({
  customerId: fc.constantFrom('a', 'b', 'c', 'stranger'),
  event: fc.record({
    id: fc.integer({ min: 0, max: 600 }).map(String),
    name: fc.constantFrom('page_viewed', 'order', 'refund'),
    at: fc.integer({ min: now - 10_000, max: now }),
    amount: fc.constantFrom(null, -1, 0, 9900),
    properties: fc.constantFrom({}, { order_id: '7' }),
  }),
})

test('a call of more events than fit into one transaction says and keeps what one transaction would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 501, maxLength: 1300 }), async (events) => {
      const whole = shop()
      const cut = shop()
      const { outcomes, accepted, refused } = ingester(whole)(
        events.map(({ customerId, event }) => ({ customerId, ...event })),
        now,
      )
      expect(await eventIntake(cut)(events, now)).toMatchObject({ outcomes, accepted, refused })
      expect(rows(cut)).toEqual(rows(whole))
      whole.close()
      cut.close()
    }),
    { numRuns: 15 },
  )
})
