import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, conditionSchema, leavesOf } from '../../shared/conditions/schema.ts'
import {
  addTo,
  asGroup,
  isGroup,
  type Moved,
  moveTo,
  newLeaf,
  newWindow,
  partAt,
  removeAt,
  replaceAt,
  stepBy,
  toggleNot,
  unwrapAt,
  wrapAt,
} from './edit.ts'
import { operandFor, readScalar, withOperator } from './value.ts'

const gold: Condition = { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' }
const vip: Condition = { kind: 'tag', tag: 'vip', has: true }
const nested: Condition = { kind: 'all', of: [gold, { kind: 'any', of: [vip, { kind: 'not', of: gold }] }] }

describe('editing a condition', () => {
  test('a single test can be added to', () => {
    expect(addTo(asGroup(gold), [], vip)).toEqual({ kind: 'all', of: [gold, vip] })
    expect(asGroup(nested)).toBe(nested)
  })

  test('parts are found and replaced by their path', () => {
    expect(partAt(nested, [1, 0])).toBe(vip)
    expect(partAt(nested, [1, 1, 0])).toBe(gold)
    expect(partAt(nested, [4, 1])).toBeUndefined()
    expect(partAt(replaceAt(nested, [1, 1, 0], vip), [1, 1])).toEqual({ kind: 'not', of: vip })
  })

  test('what was denied goes with its not', () => {
    expect(partAt(removeAt(nested, [1, 1, 0]), [1])).toEqual({ kind: 'any', of: [vip] })
  })

  test('a part can be denied and affirmed again', () => {
    const denied = toggleNot(nested, [0])
    expect(partAt(denied, [0])).toEqual({ kind: 'not', of: gold })
    expect(toggleNot(denied, [0])).toEqual(nested)
  })

  test('a part can be put into a group of the other kind', () => {
    expect(partAt(wrapAt(nested, [0]), [0])).toEqual({ kind: 'any', of: [gold] })
    expect(partAt(wrapAt(nested, [1, 0]), [1, 0])).toEqual({ kind: 'all', of: [vip] })
  })

  test('new tests fit the schema once the marketer has filled them in', () => {
    for (const kind of ['attribute', 'anniversary', 'events', 'sequence', 'contact', 'entry'] as const)
      expect(conditionSchema.safeParse(newLeaf(kind)).success).toBe(true)
    for (const kind of ['ever', 'between', 'last', 'since_entry', 'festival'] as const) {
      const window = newWindow(kind)
      expect(conditionSchema.safeParse({ ...newLeaf('events'), window }).success).toBe(true)
    }
  })
})

describe('values', () => {
  test('are read as the data has them', () => {
    expect(readScalar('3', 'eq', [1, 2])).toBe(3)
    expect(readScalar('3', 'eq', ['1', 'x'])).toBe('3')
    expect(readScalar('3', 'gt', [])).toBe(3)
    expect(readScalar('2027-01-01', 'gt', [])).toBe('2027-01-01')
    expect(readScalar('true', 'eq', [true])).toBe(true)
  })

  test('fit the operator', () => {
    expect(operandFor('in', '杭州')).toEqual(['杭州'])
    expect(operandFor('eq', ['杭州', '苏州'])).toBe('杭州')
    expect(withOperator({ kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }, 'is_set')).toEqual({
      kind: 'attribute',
      name: 'city',
      op: 'is_set',
    })
  })
})

describe('moving parts', () => {
  const [a, b, c, d] = (['a', 'b', 'c', 'd'] as const).map(
    (tag): Condition => ({ kind: 'tag', tag, has: true }),
  )
  const all = (...of: (Condition | undefined)[]): Condition => ({
    kind: 'all',
    of: of.filter((one) => one !== undefined),
  })
  const any = (...of: (Condition | undefined)[]): Condition => ({ ...all(...of), kind: 'any' }) as Condition
  const not = (of: Condition): Condition => ({ kind: 'not', of })
  const whole = all(a, any(b, c), d)

  test('puts them before or behind another, whichever way they come', () => {
    expect(moveTo(whole, [2], { into: [], at: 0 })).toEqual({ condition: all(d, a, any(b, c)), path: [0] })
    expect(moveTo(whole, [0], { into: [], at: 3 })).toEqual({ condition: all(any(b, c), d, a), path: [2] })
  })

  test('takes them into a group and out of it, though the group moves up meanwhile', () => {
    expect(moveTo(whole, [0], { into: [1], at: 1 })).toEqual({
      condition: all(any(b, a, c), d),
      path: [0, 1],
    })
    expect(moveTo(whole, [1, 0], { into: [], at: 3 })).toEqual({ condition: all(a, any(c), d, b), path: [3] })
    expect(moveTo(whole, [1, 0], { into: [], at: 0 })).toEqual({ condition: all(b, a, any(c), d), path: [0] })
  })

  test('never puts a group into itself, nor moves what stands there', () => {
    expect(moveTo(whole, [1], { into: [1], at: 0 })).toBeNull()
    expect(moveTo(whole, [1], { into: [], at: 1 })).toBeNull()
    expect(moveTo(whole, [1], { into: [], at: 2 })).toBeNull()
  })

  test('steps through all places as they are read, and back the same way', () => {
    const denied = all(a, not(any(b, c)), d)
    const seen = [denied]
    let at: Moved | null = { condition: denied, path: [0] }
    for (;;) {
      at = stepBy(at.condition, at.path, 1)
      if (at === null) break
      seen.push(at.condition)
    }
    expect(seen).toEqual([
      denied,
      all(not(any(a, b, c)), d),
      all(not(any(b, a, c)), d),
      all(not(any(b, c, a)), d),
      all(not(any(b, c)), a, d),
      all(not(any(b, c)), d, a),
    ])
    let back: Moved | null = { condition: all(not(any(b, c)), d, a), path: [2] }
    for (const before of seen.slice(0, -1).reverse()) {
      back = stepBy(back.condition, back.path, -1)
      if (back === null) break
      expect(back.condition).toEqual(before)
    }
  })

  test('dissolves a group where it stands', () => {
    expect(unwrapAt(whole, [1])).toEqual(all(a, b, c, d))
  })

  test('moves any part of any condition anywhere without losing or doubling one', () => {
    const tree = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.nat(99).map((n): Condition => ({ kind: 'tag', tag: `t${n}`, has: true })),
        fc.array(tie('tree'), { maxLength: 4 }).map((of): Condition => ({ kind: 'any', of })),
        tie('tree').map((of): Condition => ({ kind: 'not', of })),
      ),
    })).tree
    const tags = (one: Condition) =>
      leavesOf(one)
        .map((leaf) => (leaf.kind === 'tag' ? leaf.tag : ''))
        .sort()
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 5 }), fc.nat(), fc.nat(), fc.nat(4), (of, from, into, at) => {
        const root: Condition = { kind: 'all', of }
        const places = placesOf(root)
        const groups = [[], ...places].filter((path) => {
          const part = partAt(root, path)
          return part !== undefined && isGroup(part)
        })
        const path = places[from % Math.max(1, places.length)]
        const target = groups[into % groups.length] ?? []
        if (path === undefined) return
        const moved = moveTo(root, path, { into: target, at: Math.min(at, sizeOf(partAt(root, target))) })
        if (moved === null) return
        expect(tags(moved.condition)).toEqual(tags(root))
        expect(partAt(moved.condition, moved.path)).toEqual(partAt(root, path))
      }),
    )
  })
})

const sizeOf = (part: Condition | undefined) => (part !== undefined && isGroup(part) ? part.of.length : 0)

/** The paths of all parts below a condition, each as it stands in its holder. */
function placesOf(condition: Condition, path: readonly number[] = []): (readonly number[])[] {
  const parts = isGroup(condition) ? condition.of : condition.kind === 'not' ? [condition.of] : []
  return parts.flatMap((part, index) => [[...path, index], ...placesOf(part, [...path, index])])
}
