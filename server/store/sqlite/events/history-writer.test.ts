import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { historyWriter } from './history-writer.ts'

const numbers = fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 150 })

test('each order gets a row once, however many of them are there already or stand there twice', () => {
  const db = openDatabase(':memory:')
  const add = historyWriter(db)
  const idOf = db.sqlite.prepare<[number | null], string>('select id from events where seq = ?').pluck()
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 4 }), (files) => {
      db.sqlite.exec('delete from events')
      const known = new Set<number>()
      for (const file of files) {
        const orders = file.map((number, at) => ({
          ...{ id: `o${number}`, customerId: `c${number % 7}`, name: 'order', at, amount: number },
          properties: number % 3 === 0 ? {} : { number },
        }))
        const rows = add(orders, 5)
        expect(rows.map((row) => idOf.get(row) ?? null)).toEqual(
          file.map((number, at) => (known.has(number) || file.indexOf(number) !== at ? null : `o${number}`)),
        )
        for (const number of file) known.add(number)
      }
      const stored = db.sqlite
        .prepare<[], { id: string; customer: string; properties: string }>(
          `select id, customer_id as customer, properties from events
           where name = 'order' and source = 'history' and pending = 0 and received_at = 5`,
        )
        .all()
      expect(new Map(stored.map(({ id, ...row }) => [id, row]))).toEqual(
        new Map(
          [...known].map((number) => [
            `o${number}`,
            { customer: `c${number % 7}`, properties: number % 3 === 0 ? '{}' : `{"number":${number}}` },
          ]),
        ),
      )
    }),
    { numRuns: 100 },
  )
  db.close()
})
