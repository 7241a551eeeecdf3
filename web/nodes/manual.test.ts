import { expect, test } from 'vitest'
import { idsIn } from '../store/rehearsal.ts'

test('a pasted list gives each customer once, however it is divided', () => {
  expect(idsIn(' c1\nc2, c3，c1、c4 ')).toEqual(['c1', 'c2', 'c3', 'c4'])
  expect(idsIn('')).toEqual([])
})
