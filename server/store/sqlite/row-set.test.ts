import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowSet } from './row-set.ts'

test('a set of rows holds what was added to it and nothing else', () => {
  const row = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 5_000_000 }))
  const property = fc.property(fc.array(row), fc.array(row), (added, asked) => {
    const set = new RowSet()
    for (const one of added) set.add(one)
    const held = new Set(added)
    for (const one of [...added, ...asked]) expect(set.has(one)).toBe(held.has(one))
  })
  fc.assert(property, { seed: 7_07, numRuns: 200 })
})
