import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayed, tales } from './replays.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_260_827, numRuns: 80, endOnFailure: true }

test('rule 27: the trace is enough to walk anybody’s passage again, byte for byte', async () => {
  let passages = 0
  await fc.assert(
    fc.asyncProperty(tales, async (tale) => {
      const told = await replayed(tale)
      passages += told.passages
      expect(told.different).toEqual([])
    }),
    runs,
  )
  expect(passages).toBeGreaterThan(80)
})
