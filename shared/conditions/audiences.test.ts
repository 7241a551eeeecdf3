import { describe, expect, test } from 'vitest'
import { limits } from '../limits.ts'
import { known } from '../testing/deciding.ts'
import { circleOf, namedBy, reachedFrom, type SavedAudience, testsWith } from './audiences.ts'
import { evaluate } from './evaluate.ts'
import { HeldMemberships } from './memberships.ts'
import { type Condition, conditionSchema } from './schema.ts'

const condition = (written: unknown): Condition => conditionSchema.parse(written)
const of = (audience: string, member = true): Condition => ({ kind: 'audience', audience, member })
const all = (...parts: Condition[]): Condition => ({ kind: 'all', of: parts })
const any = (...parts: Condition[]): Condition => ({ kind: 'any', of: parts })
const vip = condition({ kind: 'tag', tag: 'vip' })

/** Looks audiences up, and counts how often each is looked up. */
function counted(saved: Readonly<Record<string, Condition | null>>) {
  const asked = new Map<string, number>()
  const look: SavedAudience = (key) => {
    asked.set(key, (asked.get(key) ?? 0) + 1)
    return saved[key]
  }
  return { look, asked }
}

/** So many audiences, each of which names the next several times, and the last none. */
function ladder(levels: number, times: number): Record<string, Condition> {
  const rung = (index: number) =>
    index === levels - 1 ? vip : any(...Array.from({ length: times }, () => of(`a${index + 1}`)))
  return Object.fromEntries(Array.from({ length: levels }, (_, index) => [`a${index}`, rung(index)]))
}

const mostLevels = limits.audienceLevels.value
const at = { now: 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }

/** Whether a condition holds for a VIP, by saved conditions. */
function holds(asked: Condition, saved: Readonly<Record<string, Condition | null>>): boolean {
  const look: SavedAudience = (key) => saved[key]
  const facts = known({ tags: new Set(['vip']) })
  const audiences = new HeldMemberships(new Set(), reachedFrom(Object.keys(saved), look), facts)
  return evaluate(asked, { ...facts, audiences }, at)
}

describe('audiences that name each other', () => {
  test('are gone into once each, however many ways lead to them', () => {
    const { look, asked } = counted(ladder(30, 2))
    const { conditions, unknown } = namedBy([of('a0')], look)
    expect([...conditions.keys()].reverse()).toEqual(Array.from({ length: 30 }, (_, index) => `a${index}`))
    expect(unknown.size).toBe(0)
    expect([...asked.values()]).toEqual(Array(30).fill(1))
  })

  test('are computed once each for a customer, however many ways lead to them', () => {
    const saved = ladder(30, 7)
    let evaluated = 0
    const tags = new Set<string>()
    tags.has = () => {
      evaluated += 1
      return false
    }
    const facts = known({ tags })
    const named = reachedFrom(Object.keys(saved), (key) => saved[key])
    const audiences = new HeldMemberships(new Set(), named, facts)
    expect(evaluate(of('a0'), { ...facts, audiences }, at)).toBe(false)
    expect(evaluated).toBe(1)
    expect(testsWith(of('a0'), (key) => saved[key])).toBe(1 + 29 * 7 + 1)
  })

  test('may do so in a row of many', () => {
    const long = ladder(mostLevels, 1)
    expect(holds(of('a0'), long)).toBe(true)
    const longer = ladder(mostLevels + 1, 1)
    expect(holds(of('a0'), longer)).toBe(false)
    expect(holds(of('a1'), longer)).toBe(true)
    const { unknown } = namedBy([of('a0')], (key) => longer[key])
    expect([...unknown]).toEqual([['a0', { kind: 'deep', levels: mostLevels + 1 }]])
  })

  test('of any number are gone through without a deep stack', () => {
    const row = ladder(20_000, 1)
    const ring: Record<string, Condition> = { ...row, a19999: of('a0') }
    expect(namedBy([of('a0')], (key) => row[key]).conditions.size).toBe(mostLevels)
    const { unknown } = namedBy([of('a7')], (key) => ring[key])
    expect(unknown.size).toBe(20_000)
    expect(circleOf('a7', of('a8'), (key) => ring[key])?.length).toBe(20_000)
  })
})

describe('a circle of audiences', () => {
  const ring = { a: all(vip, of('b')), b: any(of('c'), vip), c: of('a', false), list: null }

  test('is told with its names, from the one that would close it', () => {
    const saved: SavedAudience = (key) => ({ ...ring, c: vip })[key]
    expect(circleOf('c', of('a'), saved)).toEqual(['c', 'a', 'b'])
    expect(circleOf('c', all(of('list'), vip), saved)).toBeNull()
    expect(circleOf('new', any(vip, { kind: 'not', of: of('new') }), saved)).toEqual(['new'])
    expect(circleOf('new', of('a'), (key) => ring[key as keyof typeof ring])).toBeNull()
  })

  test('lets nobody in on either side, nor whoever names it', () => {
    const saved = { ...ring, outside: any(vip, of('b')), apart: any(vip, of('list')) }
    const { unknown } = reachedFrom(Object.keys(saved), (key) => saved[key as keyof typeof saved])
    expect([...unknown.keys()].sort()).toEqual(['a', 'b', 'c', 'outside'])
    expect(unknown.get('outside')).toEqual({ kind: 'circle', audiences: ['a', 'b', 'c'] })
    for (const name of ['a', 'b', 'c', 'outside'])
      for (const asked of [of(name), of(name, false)]) {
        expect(holds(asked, saved)).toBe(false)
        expect(holds({ kind: 'not', of: asked }, saved)).toBe(false)
        expect(holds({ kind: 'not', of: { kind: 'not', of: all(asked, vip) } }, saved)).toBe(false)
      }
    expect(holds(of('apart'), saved)).toBe(true)
  })

  test('leaves the rest of a condition as it is', () => {
    expect(holds(any(of('a'), vip), ring)).toBe(true)
    expect(holds({ kind: 'not', of: all(of('a'), { kind: 'not', of: vip }) }, ring)).toBe(true)
  })
})
