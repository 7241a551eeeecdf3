import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unsoundPart } from './sound.ts'

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>(
    (inner, _, index) => (index % 2 === 0 ? [inner] : { a: inner }),
    1,
  )

test('takes any JSON of sound texts and numbers, up to the depth', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }), (value) => {
      const found = unsoundPart(value, { depth: 7, looseNumbers: true })
      expect(found === null || found.kind === 'broken-text').toBe(true)
    }),
  )
})

test('finds what is nested deeper, however deep it is', () => {
  expect(unsoundPart(nested(8), { depth: 8 })).toBeNull()
  expect(unsoundPart(nested(9), { depth: 8 })).toMatchObject({ kind: 'too-deep' })
  expect(unsoundPart(nested(100_000), { depth: 8 })).toMatchObject({ kind: 'too-deep' })
})

test.each([
  [{ a: ['x', 'b\u0000'] }, 'broken-text', ['a', 1]],
  [{ a: { '\ud83d': 1 } }, 'broken-text', ['a', '\ud83d']],
  [{ a: 'half \ude00' }, 'broken-text', ['a']],
  [JSON.parse('{"a":[{"__proto__":{"b":1}}]}'), 'reserved-name', ['a', 0, '__proto__']],
  [[{ n: JSON.parse('1e999') }], 'number-lost', [0, 'n']],
  [[2 ** 53], 'number-lost', [0]],
] as const)('names the place of %j', (value, kind, path) => {
  expect(unsoundPart(value, { depth: 9 })).toEqual({ kind, path })
})

test('takes whole characters and numbers with decimals', () => {
  expect(unsoundPart(['😀 𠮷', 0.1, -5, 9_007_199_254_740_991], { depth: 2 })).toBeNull()
})
