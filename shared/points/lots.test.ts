import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LotLine, lotsOf } from './lots.ts'

const add = (seq: number, amount: number, expiresAt: number | null = null): LotLine => ({
  ...{ seq, amount, expiresAt, lot: null },
})
const take = (seq: number, amount: number, lot: number | null = null): LotLine => ({
  ...{ seq, amount: -amount, expiresAt: null, lot },
})
const left = (lines: readonly LotLine[]) => lotsOf(lines).lots.map((lot) => lot.left)

test('what is spent comes off what is lost soonest, and off what never is at the end', () => {
  expect(left([add(1, 100), add(2, 50, 900), add(3, 30, 500), take(4, 60)])).toEqual([100, 20, 0])
})

test('what was spent before is not taken from what came later, though that is lost sooner', () => {
  expect(left([add(1, 100, 900), take(2, 100), add(3, 50, 500)])).toEqual([0, 50])
})

test('what is lost by time is lost of its own line alone', () => {
  expect(left([add(1, 100, 900), add(2, 50, 500), take(3, 50, 2)])).toEqual([100, 0])
})

test('more taken back than was there is owed, and paid by what comes next', () => {
  expect(lotsOf([add(1, 10), take(2, 30)]).owed).toBe(20)
  expect(lotsOf([add(1, 10), take(2, 30), add(3, 25)])).toEqual({
    lots: [
      { seq: 1, expiresAt: null, left: 0 },
      { seq: 3, expiresAt: null, left: 5 },
    ],
    owed: 0,
  })
})

test('all that is left, less what is owed, is the sum of the lines, whatever was written', () => {
  const line = fc.record({
    amount: fc.integer({ min: -200, max: 200 }).filter((amount) => amount !== 0),
    expiresAt: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (written) => {
      const lines = written.map((one, at) => ({ ...one, seq: at + 1, lot: null }))
      const { lots, owed } = lotsOf(lines)
      const sum = lines.reduce((total, { amount }) => total + amount, 0)
      expect(lots.reduce((total, lot) => total + lot.left, 0) - owed).toBe(sum)
      expect(lots.every((lot) => lot.left >= 0) && owed >= 0).toBe(true)
    }),
    { seed: 20_270_401 },
  )
})
