import { expect, test } from 'vitest'
import { evenShares, moved } from './list.ts'

test('an entry can be moved up and down, and not out of the list', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
})

test('even shares make a hundred', () => {
  expect(evenShares(3)).toEqual([34, 33, 33])
  for (let count = 2; count <= 20; count++)
    expect(evenShares(count).reduce((sum, share) => sum + share, 0)).toBe(100)
})
