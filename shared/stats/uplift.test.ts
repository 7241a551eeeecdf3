import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arm, erfc, pooledZ, upliftOf, wilson } from './uplift.ts'

const file = fileURLToPath(new URL('../../../shared/data/experiments/cookie-cats.csv', import.meta.url))

/** Players of each variant who came back after so many days. */
function arms(column: 'retention_1' | 'retention_7'): { gate30: Arm; gate40: Arm } {
  const [header = '', ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const index = header.split(',').indexOf(column)
  const arm = (variant: string): Arm => {
    const players = rows.map((row) => row.split(',')).filter((cells) => cells[1] === variant)
    return { members: players.length, converted: players.filter((cells) => cells[index] === 'TRUE').length }
  }
  return { gate30: arm('gate_30'), gate40: arm('gate_40') }
}

describe.skipIf(!existsSync(file))('a published experiment of 90,189 players', () => {
  test('retention after one day: z −1.784, p 0.0744', () => {
    const { gate30, gate40 } = arms('retention_1')
    expect([gate30, gate40]).toEqual([
      { members: 44_700, converted: 20_034 },
      { members: 45_489, converted: 20_119 },
    ])
    expect(pooledZ(gate40, gate30)).toBeCloseTo(-1.784, 3)
    expect(upliftOf(gate40, gate30)?.pValue).toBeCloseTo(0.0744, 4)
  })

  test('retention after seven days: 19.02% against 18.20%, p 0.0016, and the interval leaves out nought', () => {
    const { gate30, gate40 } = arms('retention_7')
    expect(gate30.converted / gate30.members).toBeCloseTo(0.1902, 4)
    expect(gate40.converted / gate40.members).toBeCloseTo(0.182, 4)
    const uplift = upliftOf(gate30, gate40)
    expect(uplift?.pValue).toBeCloseTo(0.0016, 4)
    expect(uplift?.low).toBeGreaterThan(0)
    // The unpooled (Wald) interval of so many players is the same to four places.
    const error = Math.sqrt(
      [gate30, gate40].reduce((sum, { members, converted }) => {
        const rate = converted / members
        return sum + (rate * (1 - rate)) / members
      }, 0),
    )
    expect(uplift?.low).toBeCloseTo((uplift?.difference ?? 0) - 1.96 * error, 4)
    expect(uplift?.high).toBeCloseTo((uplift?.difference ?? 0) + 1.96 * error, 4)
  })
})

describe('intervals', () => {
  // Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, method 10, cases (a), (b), (c) and (e).
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])('%i of %i against %i of %i', (x, n, y, m, low, high) => {
    const uplift = upliftOf({ converted: x, members: n }, { converted: y, members: m })
    expect(uplift?.low).toBeCloseTo(low, 4)
    expect(uplift?.high).toBeCloseTo(high, 4)
  })

  test('a group without members tells nothing', () => {
    expect(upliftOf({ members: 10, converted: 3 }, { members: 0, converted: 0 })).toBeNull()
    expect(wilson({ members: 0, converted: 0 })).toEqual([0, 1])
  })

  test('where nobody or everybody converts, nothing is proved', () => {
    expect(upliftOf({ members: 8, converted: 0 }, { members: 9, converted: 0 })?.pValue).toBeCloseTo(1, 6)
    expect(upliftOf({ members: 8, converted: 8 }, { members: 9, converted: 9 })?.pValue).toBeCloseTo(1, 6)
  })

  const group = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([members, share]) => ({ members, converted: Math.round(members * share) }))

  test('the interval holds the difference, stays within -1 and 1, and turns round with the groups', () => {
    fc.assert(
      fc.property(group, group, (treated, control) => {
        const one = upliftOf(treated, control)
        const other = upliftOf(control, treated)
        if (one === null || other === null) throw new Error('both groups have members')
        expect(one.low).toBeLessThanOrEqual(one.difference + 1e-12)
        expect(one.high).toBeGreaterThanOrEqual(one.difference - 1e-12)
        expect(one.low).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(one.high).toBeLessThanOrEqual(1 + 1e-12)
        expect(other.low).toBeCloseTo(-one.high, 10)
        expect(other.pValue).toBeCloseTo(one.pValue, 10)
      }),
      { seed: 20260819, numRuns: 300 },
    )
  })

  test('the error function agrees with published values', () => {
    expect(erfc(0)).toBeCloseTo(1, 6)
    expect(erfc(1)).toBeCloseTo(0.1572992, 6)
    expect(erfc(-1)).toBeCloseTo(1.8427008, 6)
    expect(erfc(3) / 2.20905e-5).toBeCloseTo(1, 5)
  })
})
