import { expect, test } from 'vitest'
import { Scatter } from './scatter.ts'

const numbers = 2_200_000
const orderOf = (n: number) => `2026-${n}`

test('of two million numbers of orders hardly one looks like another, and each that comes again is found', () => {
  const scatter = new Scatter()
  for (let n = 0; n < numbers; n += 1) scatter.see(orderOf(n))
  expect(scatter.again.size).toBeLessThan(numbers / 200)
  const again = Array.from({ length: 1_000 }, (_, index) => orderOf(index * 2_111))
  for (const id of again) scatter.see(id)
  expect(again.filter((id) => !scatter.again.has(id))).toEqual([])
})

test('lines of one order that follow each other are no repetition', () => {
  const scatter = new Scatter()
  for (const id of ['a', 'a', 'b', '', 'b', 'c', 'b']) scatter.see(id)
  expect([...scatter.again]).toEqual(['b'])
})
