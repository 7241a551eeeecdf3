import fc from 'fast-check'
import { expect, test } from 'vitest'
import { known } from '../testing/deciding.ts'
import { evaluate, type Seen } from './evaluate.ts'
import type { Condition } from './schema.ts'
import { triedTests } from './tried.ts'

const context = { now: 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
const tag = fc.record({
  kind: fc.constant('tag' as const),
  tag: fc.constantFrom('a', 'b', 'c', 'd'),
  has: fc.boolean(),
})
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tag,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
  ),
}))

test('the tests that a customer was put to are told from their answers alone', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      fc.subarray(['a', 'b', 'c', 'd']),
      (conditions, tags) => {
        const seen: Seen[] = []
        const facts = known({ tags: new Set(tags) })
        conditions.some((one) => evaluate(one, facts, context, seen))
        const tried = triedTests(
          conditions,
          seen.map(({ holds }) => holds),
        )
        expect(tried).toEqual(seen.map((each) => each.test))
      },
    ),
  )
})

test('answers of other conditions are told apart', () => {
  const one: Condition = { kind: 'tag', tag: 'a', has: true }
  expect(triedTests([one], [true, false])).toBeNull()
  expect(triedTests([one, one], [false])).toBeNull()
})
