import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildings, rebuilt } from './rebuilt.ts'

// Seeds that once failed stay here; more of them go through `server/testing/soak`.
const runs = { seed: 20_270_901, numRuns: 8, endOnFailure: true }

test('rule 21: whatever a journey becomes, nobody is lost, counted twice or held up, and each passage replays', async () => {
  let moved = 0
  await fc.assert(
    fc.asyncProperty(rebuildings, async (rebuilding) => {
      const told = await rebuilt(rebuilding)
      moved += told.moved
      expect(told.faults).toEqual([])
    }),
    runs,
  )
  expect(moved).toBeGreaterThan(0)
})
