import { describe, expect, test } from 'vitest'
import { decideWith } from '../testing/deciding.ts'
import { split } from './split.ts'

const variants = (a: number, b: number) => [
  { id: 'a', name: { en: 'A' }, weight: a },
  { id: 'b', name: { en: 'B' }, weight: b },
]
const people = Array.from({ length: 1000 }, (_, at) => `customer-${at}`)

function drawn(a: number, b: number, salt = ''): string[] {
  return people.map((customerId) => {
    const decision = decideWith(split, { salt, variants: variants(a, b) }, { enrollment: { customerId } })
    return decision.kind === 'leave' ? decision.port : decision.kind
  })
}
const count = (ports: string[]) => ports.filter((port) => port === 'a').length

describe('a split', () => {
  test('rule 10: a split of 90 to 10 sends about 900 of 1,000 one way', () => {
    // Three standard deviations of a binomial of 1,000 draws at 0.9 are 28.
    expect(Math.abs(count(drawn(90, 10)) - 900)).toBeLessThan(28)
  })

  test('rule 10: a split draws the same for the same customer each time, and says so', () => {
    expect(drawn(50, 50)).toEqual(drawn(50, 50))
    expect(decideWith(split, { variants: variants(100, 0) })).toEqual({
      kind: 'leave',
      port: 'a',
      reason: { code: 'drawn', variant: 'a' },
    })
  })

  test('rule 10: a split draws anew with another salt, node or journey', () => {
    const differs = (other: string[]) => drawn(50, 50).filter((port, at) => port !== other[at]).length
    expect(differs(drawn(50, 50, 'again'))).toBeGreaterThan(400)
    const elsewhere = people.map((customerId) => {
      const decision = decideWith(
        split,
        { variants: variants(50, 50) },
        { node: 'other', enrollment: { customerId } },
      )
      return decision.kind === 'leave' ? decision.port : decision.kind
    })
    expect(differs(elsewhere)).toBeGreaterThan(400)
  })

  test('rule 10: changing the weights moves only those who must move', () => {
    const before = drawn(50, 50)
    const after = drawn(60, 40)
    const moves = before.map((port, at) => `${port}${after[at]}`)
    expect(moves.filter((move) => move === 'ab')).toEqual([])
    expect(Math.abs(moves.filter((move) => move === 'ba').length - 100)).toBeLessThan(30)
  })

  test('never picks a way of no weight', () => {
    expect(count(drawn(0, 100))).toBe(0)
    expect(decideWith(split, { variants: variants(0, 0) })).toMatchObject({ kind: 'left' })
  })
})
