import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, hash32, pickWeighted, unit } from './hash.ts'

const people = Array.from({ length: 4000 }, (_, at) => `customer-${at}`)

test('a hash is the same on every machine', () => {
  expect([hash32(''), hash32('七夕'), hash32('a', 1), hash32('b', 1)]).toMatchInlineSnapshot(`
    [
      0,
      1030133354,
      4113583656,
      4118796809,
    ]
  `)
  expect(unit('a', 'b')).not.toBe(unit('ab'))
  expect(unit('a', 1)).toBe(unit('a', '1'))
})

test('units spread evenly between 0 and 1', () => {
  const tenths = new Array(10).fill(0)
  for (const id of people) tenths[Math.floor(unit('journey', id) * 10)] += 1
  // Chi-square of 9 degrees of freedom exceeds 27.9 once in a thousand.
  const chi = tenths.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)
  expect(chi).toBeLessThan(27.9)
})

describe('a weighted pick', () => {
  const options = [
    { id: 'a', weight: 20 },
    { id: 'b', weight: 30 },
    { id: 'c', weight: 50 },
  ]

  test('falls by the weights', () => {
    const counts = new Map<string | null, number>()
    for (const id of people) {
      const picked = pickWeighted(options, id)
      counts.set(picked, (counts.get(picked) ?? 0) + 1)
    }
    for (const { id, weight } of options) {
      const expected = (people.length * weight) / 100
      expect(Math.abs((counts.get(id) ?? 0) - expected)).toBeLessThan(3 * Math.sqrt(expected))
    }
  })

  test('does not depend on the order of the options', () => {
    for (const id of people.slice(0, 200))
      expect(pickWeighted([...options].reverse(), id)).toBe(pickWeighted(options, id))
  })

  test('moves only to options that gained and from options that lost, whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        weights,
        fc.nat(2),
        fc.integer({ min: 1, max: 50 }),
        fc.string(),
        (before, which, more, key) => {
          const at = (list: readonly number[]) =>
            pickWeighted(
              list.map((weight, index) => ({ id: `o${index}`, weight })),
              key,
            )
          const grown = before.map((weight, index) => (index === which ? weight + more : weight))
          const [old, now] = [at(before), at(grown)]
          expect(now === old || now === `o${which}`).toBe(true)
        },
      ),
      { seed: 77, numRuns: 300 },
    )
  })

  test('of nothing with a weight is null', () => {
    expect(pickWeighted([{ id: 'a', weight: 0 }], 'x')).toBeNull()
    expect(pickWeighted([], 'x')).toBeNull()
  })
})

test('codes have no letters that look alike, and do not repeat', () => {
  const codes = people.map((id) => codeOf(10, 'journey', id))
  expect(new Set(codes).size).toBe(people.length)
  for (const code of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/)
})
