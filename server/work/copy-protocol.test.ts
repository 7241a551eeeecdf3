import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineReader } from './copy-protocol.ts'

test('lines are read whole, into whichever pieces they are cut', () => {
  const lines = fc.array(fc.jsonValue(), { maxLength: 6 })
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(lines, sizes, (told, cuts) => {
      const found: unknown[] = []
      const read = lineReader((line) => found.push(line))
      let left = told.map((line) => `${JSON.stringify(line)}\n`).join('')
      for (let at = 0; left !== ''; at += 1) {
        const size = cuts[at % cuts.length] ?? 1
        read(left.slice(0, size))
        left = left.slice(size)
      }
      expect(JSON.stringify(found)).toBe(JSON.stringify(told))
    }),
    { seed: 12, numRuns: 100 },
  )
})
