import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lived, lives } from './persons.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_261_130, numRuns: 3, endOnFailure: true }

test('however people are told apart and together, nothing of theirs is lost, and all of it can be taken back', async () => {
  let [merged, undone] = [0, 0]
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      const told = await lived(all)
      merged += told.merged
      undone += told.undone
      expect(told.faults).toEqual([])
    }),
    runs,
  )
  expect(Math.min(merged, undone)).toBeGreaterThan(2)
})
