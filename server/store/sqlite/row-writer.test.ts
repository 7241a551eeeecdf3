import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { RowWriter } from './row-writer.ts'

const cell = fc.oneof(fc.constantFrom(null, 'same', 7), fc.string(), fc.integer())
/** Rows of which some columns are alike all the way, some nearly, some not at all. */
const rows = fc.tuple(cell, cell, cell).chain(([first, second, third]) =>
  fc.array(
    fc.record({
      first: fc.constant(first),
      second: fc.oneof({ weight: 40, arbitrary: fc.constant(second) }, { weight: 1, arbitrary: cell }),
      third: fc.oneof(fc.constant(third), cell),
    }),
    { maxLength: 120 },
  ),
)

test('every row comes out as it went in, in its order, whatever the others have in common with it', () => {
  const { sqlite, close } = openDatabase(':memory:')
  sqlite.exec('create table written (id integer primary key, first any, second any, third any) strict')
  const writer = new RowWriter(sqlite, 'insert into written (first, second, third)', 3)
  fc.assert(
    fc.property(rows, (some) => {
      sqlite.exec('delete from written')
      for (const { first, second, third } of some) writer.add(first, second, third)
      writer.flush()
      expect(sqlite.prepare('select first, second, third from written order by id').all()).toEqual(some)
    }),
    { numRuns: 200 },
  )
  close()
})
