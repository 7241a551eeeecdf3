import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { AttributeTypes } from '../../shared/conditions/customer.ts'
import { type Condition, conditionSchema, type Leaf } from '../../shared/conditions/schema.ts'
import { intervalsOf, type TimeContext } from '../../shared/conditions/window.ts'
import { buyer, inMemory, savedIn } from '../../shared/testing/conditions-in-memory.ts'
import {
  base,
  closeTest,
  conditionOver,
  context,
  countedGroup,
  type EventsLeaf,
  ever,
  keys,
  type Member,
  nows,
  type Saved,
  saved,
  types,
  window,
} from '../../shared/testing/random-conditions.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { storeMembers } from '../testing/stored-members.ts'
import { conditionSql, type Fragment } from './sql.ts'
import { Asking } from './where.ts'

const db = openDatabase(':memory:', { durability: 'off' })
afterAll(() => db.close())
const store = (members: readonly Member[]) => storeMembers(db.sqlite, members)

/** Who passes by the whole base's SQL. */
function bySql(condition: Condition, saved: Saved, context: TimeContext, types?: AttributeTypes): string[] {
  const numbers = ({ sql, values }: Fragment) =>
    db.sqlite
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...values)
  const { members } = new Asking({ saved: savedIn(saved), types, numbers }, context, {
    conditions: [condition],
  })
  const { sql, values } = conditionSql(condition, { ...context, members, types })
  return db.sqlite
    .prepare<unknown[], { id: string }>(`select c.id from customers c where ${sql} order by c.id`)
    .all(...values)
    .map(({ id }) => id)
}

const birthday: Leaf = { kind: 'anniversary', name: 'birthday', days: 0 }
const scores: EventsLeaf = { ...ever, property: 'score' }
const listed: EventsLeaf = { ...ever, op: 'gte', value: 1 }
const has = { property: 'categories' } as const

describe('a condition', () => {
  test('holds for the same customers by SQL over the base and by evaluation of each', () => {
    const conditions = fc.array(conditionOver(keys), { minLength: 8, maxLength: 8 })
    const property = fc.property(
      base,
      saved,
      context,
      types,
      conditions,
      (members, audiences, at, own, asked) => {
        store(members)
        for (const condition of asked)
          expect(bySql(condition, audiences, at, own), JSON.stringify(condition)).toEqual(
            inMemory(condition, audiences, at, members, own),
          )
      },
    )
    fc.assert(property, { seed: 7_07, numRuns: 400 })
  })

  test('takes in and leaves out the same events at the very ends of a window', () => {
    const picks = fc.array(fc.subarray([...Array(24).keys()]), { minLength: 4, maxLength: 4 })
    const asked = fc.array(closeTest, { minLength: 4, maxLength: 4 })
    let parted = 0
    const property = fc.property(window, context, picks, asked, (span, at, chosen, tests) => {
      const ends = intervalsOf(span, at).flatMap(([from, to]) => [from, to].filter(Number.isFinite))
      const times = [...ends, at.now, at.now + 1].flatMap((end) => [end - 1, end, end + 1])
      const members = chosen.map((indices, index) => buyer(`${index}`, indices, times))
      store(members)
      for (const asking of tests) {
        const condition: Condition = { ...asking, window: span }
        const found = bySql(condition, {}, at)
        expect(found, JSON.stringify(condition)).toEqual(inMemory(condition, {}, at, members))
        if (found.length > 0 && found.length < members.length) parted += 1
      }
    })
    fc.assert(property, { seed: 7_07, numRuns: 400 })
    expect(parted).toBeGreaterThan(400)
  })

  test('that asks many things of one event is answered in one walk over it, and as each by itself', () => {
    const property = fc.property(base, context, types, countedGroup, (members, at, own, condition) => {
      store(members)
      const turned: Condition = { kind: 'not', of: condition }
      for (const asked of [condition, turned])
        expect(bySql(asked, {}, at, own), JSON.stringify(asked)).toEqual(
          inMemory(asked, {}, at, members, own),
        )
    })
    fc.assert(property, { seed: 7_07, numRuns: 400 })
    const { sql } = conditionSql(
      { kind: 'any', of: Array.from({ length: 50 }, (_, index) => ({ ...listed, value: index })) },
      { now: 0, zone: 'UTC', enteredAt: null, anchors: {}, members: () => null, types: undefined },
    )
    expect(sql.match(/from events e/g)).toHaveLength(1)
  })

  test.each<[string, Condition, string[]]>([
    ['a missing birthday is not today', { kind: 'not', of: birthday }, ['none']],
    [
      'decimals add up in the order of the events',
      { ...scores, measure: 'sum', op: 'eq', value: 0.1 + 0.2 + 0.3 },
      ['some'],
    ],
    [
      'a sum is not rounded before it is compared',
      { ...scores, measure: 'sum', op: 'lt', value: 0.6 },
      ['none'],
    ],
    [
      'a number as text is a text, and over nothing',
      { kind: 'attribute', name: 'tier', op: 'gt', value: 9 },
      [],
    ],
    [
      'a text is the same as a number only letter by letter',
      { kind: 'attribute', name: 'tier', op: 'eq', value: 10 },
      ['some'],
    ],
    ['one of a list is enough', { ...listed, where: [{ ...has, op: 'eq', value: '箱包' }] }, ['some']],
    ['none of a list may be equal', { ...listed, where: [{ ...has, op: 'ne', value: '箱包' }] }, []],
  ])('%s', (_rule, condition, expected) => {
    const at: TimeContext = { now: nows[0] ?? 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
    const [none, some] = [buyer('none', [], []), buyer('some', [0, 1, 2], [1, 2, 3])]
    const members: Member[] = [
      none,
      {
        ...some,
        customer: { ...some.customer, birthday: '1990-08-05', attributes: { tier: '10' } },
        events: some.events.map((one, index) => ({
          ...one,
          properties: { score: [0.1, 0.2, 0.3][index] ?? 0, categories: ['箱包', '文具'] },
        })),
      },
    ]
    store(members)
    expect(bySql(condition, {}, at)).toEqual(expected)
    expect(inMemory(condition, {}, at, members)).toEqual(expected)
  })

  test('is made in every form that the schema knows', () => {
    const made = fc.sample(conditionOver(['first', 'second']), { seed: 7_07, numRuns: 2_000 })
    for (const condition of made) expect(conditionSchema.safeParse(condition).success).toBe(true)
    const kinds = new Set<string>()
    const visit = (condition: Condition): void => {
      kinds.add(condition.kind)
      if (condition.kind === 'all' || condition.kind === 'any') condition.of.forEach(visit)
      else if (condition.kind === 'not') visit(condition.of)
      else if (condition.kind === 'events') kinds.add(`${condition.measure} ${condition.window.kind}`)
    }
    made.forEach(visit)
    expect(kinds.size).toBe(10 + 4 * 5)
  })
})
