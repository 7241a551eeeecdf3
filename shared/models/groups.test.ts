import { describe, expect, test } from 'vitest'
import { unit } from '../stats/hash.ts'
import { fittedGroups, groupOf, matchGroups, sayDifferences } from './group-names.ts'
import {
  differencesOf,
  distance,
  fitGroups,
  type Grouped,
  pointOf,
  scaled,
  scaleOf,
  silhouetteOf,
  traitNames,
} from './groups.ts'

/** Points around some centres, so many around each. */
function around(centres: readonly (readonly number[])[], each: number, spread = 0.3) {
  return centres.flatMap((centre, group) =>
    Array.from({ length: each }, (_, at) =>
      centre.map((one, axis) => one + (unit('around', group, at, axis) - 0.5) * spread),
    ),
  )
}

const corner = (...high: number[]) => traitNames.map((_, axis) => (high.includes(axis) ? 3 : 0))
const four = [corner(), corner(0, 1), corner(2, 3), corner(4)]

describe('groups', () => {
  test('are found where they are, as many as there are', () => {
    const points = around(four, 60)
    const { centres, places, silhouette } = fitGroups(points)
    expect(centres).toHaveLength(4)
    for (const [group] of four.entries())
      expect(new Set(places.slice(group * 60, group * 60 + 60)).size).toBe(1)
    for (const centre of four)
      expect(Math.min(...centres.map((one) => distance(one, centre)))).toBeLessThan(0.2)
    expect(silhouette).toBeGreaterThan(0.8)
  })

  test('are the same whenever they are looked for in the same customers', () => {
    const points = around(four, 40, 4)
    expect(fitGroups(points)).toEqual(fitGroups(points))
  })

  test('stay as they were where others would do hardly better', () => {
    const points = around(four, 40, 4)
    const before = fitGroups(points)
    const more = [...points, ...around([corner()], 6, 4)]
    const after = fitGroups(more, before.centres)
    expect(after.centres).toHaveLength(before.centres.length)
    for (const [at, centre] of after.centres.entries())
      expect(distance(centre, before.centres[at] ?? [])).toBeLessThan(0.5)
  })

  test('of whom none differs from another are none to tell apart, and no failure', () => {
    const { centres } = fitGroups(new Array(120).fill(corner()))
    expect(centres.flat().every(Number.isFinite)).toBe(true)
  })

  test('have a silhouette near 1 where they are far apart, and below 0 where they are mixed up', () => {
    const points = around([corner(), corner(0)], 30)
    const places = points.map((_, at) => (at < 30 ? 0 : 1))
    expect(silhouetteOf(points, places, 2)).toBeGreaterThan(0.7)
    expect(
      silhouetteOf(
        points,
        points.map((_, at) => at % 2),
        2,
      ),
    ).toBeLessThan(0.05)
  })

  test('are said by what they differ in, the most telling first', () => {
    const centre = traitNames.map((name) => (name === 'frequency' ? 1.2 : name === 'worth' ? -0.8 : 0.1))
    const differences = differencesOf(centre)
    expect(sayDifferences(differences, 'en')).toBe('buy often, spend little at a time')
    expect(sayDifferences(differences, 'zh-CN')).toBe('常买、每次花得少')
    expect(sayDifferences([], 'en')).toBe('near the average')
  })
})

describe('the names of groups', () => {
  const points = around(four, 60)
  const scale = scaleOf(points)
  const centresOf = (of: readonly (readonly number[])[]) => of.map((point) => scaled(scale, point))
  const first = matchGroups(centresOf(four), scale, [], 'zh-CN')
  const named = first.map((group, at) => (at === 1 ? { ...group, name: '夜猫子', named: true } : group))

  test('are different from each other', () => {
    const same = matchGroups(centresOf([corner(), corner(), corner()]), scale, [], 'en')
    expect(new Set(same.map(({ name }) => name)).size).toBe(3)
    expect(new Set(same.map(({ id }) => id)).size).toBe(3)
  })

  test('stay with the nearest group when it is fitted anew, in whichever order', () => {
    const moved = four.toReversed().map((point) => point.map((one) => one + 0.01))
    const again = matchGroups(centresOf(moved), scale, named, 'zh-CN')
    expect(again.map(({ name }) => name)).toEqual(named.toReversed().map(({ name }) => name))
    expect(again.map(({ id }) => id)).toEqual(named.toReversed().map(({ id }) => id))
    for (const { moved: far } of again) expect(far).toBeLessThan(0.5)
  })

  test('are not given to a group that was not there', () => {
    const again = matchGroups(centresOf([...four.slice(0, 3), corner(5, 6)]), scale, named, 'zh-CN')
    expect(again[3]?.moved).toBeNull()
    expect(named.map(({ id }) => id)).not.toContain(again[3]?.id)
  })

  test('are what a customer of a group has', () => {
    const known: Grouped = {
      standing: {
        ...{ orders: 2, reduced: 0, days: 2, first: 0, last: 90, worth: 100, firstWorth: 50 },
        ...{ recent: 1, seasons: 0, weekends: 0, visits: 0, carts: 0, opens: 0, clicks: 0 },
      },
      habits: { category: null, channel: null, response: null, hour: null, hours: 0, nights: 0 },
      until: 100,
    }
    const point = pointOf(known)
    const far = point.map((one) => one + 9)
    const groups = fittedGroups.parse({
      ...{ means: point.map(() => 0), spreads: point.map(() => 1) },
      groups: [
        { id: 'a', name: 'far', named: true, centre: far },
        { id: 'b', name: 'near', named: true, centre: point },
      ],
    })
    expect(groupOf(groups)(known)).toBe('near')
  })
})
