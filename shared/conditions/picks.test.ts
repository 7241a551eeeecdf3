import { describe, expect, test } from 'vitest'
import { recallSeen, seenOf } from '../nodes/recall.ts'
import { someone } from '../testing/driver.ts'
import { type ConditionFacts, evaluate, needsOf, type Seen } from './evaluate.ts'
import { noHistory } from './history.ts'
import { sayCondition } from './say.ts'
import { type Condition, conditionSchema } from './schema.ts'

const context = { now: 0, zone: 'Asia/Shanghai', enteredAt: null, anchors: {} }
const shown = [
  { id: 'CUP', category: '茶具', price: 6_500 },
  { id: 'POT', category: '茶具', price: 9_900 },
  { id: 'TEA', category: '茶', price: 5_900 },
  { id: 'gift', category: null, price: null },
]
const factsOf = (picks: ConditionFacts['picks']): ConditionFacts => ({
  ...{ customer: someone(), tags: new Set(), audiences: new Set<string>(), events: [] },
  ...{ history: noHistory, entry: {}, picks },
})
const asked = (more: object): Condition => conditionSchema.parse({ kind: 'picks', ...more })
const holds = (more: object, picks: ConditionFacts['picks'] = shown) =>
  evaluate(asked(more), factsOf(picks), context)
const of = (field: string, op: string, value?: unknown) => ({
  field,
  op,
  ...(value === undefined ? {} : { value }),
})

describe('what a condition asks of the picks', () => {
  test('is whether there are so many, all of them or the first few looked at', () => {
    expect(holds({})).toBe(true)
    expect(holds({ least: 4 })).toBe(true)
    expect(holds({ least: 5 })).toBe(false)
    expect(holds({}, [])).toBe(false)
    expect(holds({ first: 2, least: 2, where: [of('category', 'eq', '茶具')] })).toBe(true)
    expect(holds({ first: 2, where: [of('category', 'eq', '茶')] })).toBe(false)
    expect(holds({ first: 3, where: [of('category', 'eq', '茶')] })).toBe(true)
  })

  test('is a category, a product, a price up to or from: all of one and the same product', () => {
    expect(holds({ where: [of('sku', 'in', ['SOAP', 'POT'])] })).toBe(true)
    expect(holds({ where: [of('sku', 'eq', 'SOAP')] })).toBe(false)
    expect(holds({ where: [of('price', 'lte', 5_900)] })).toBe(true)
    expect(holds({ where: [of('price', 'lt', 5_900)] })).toBe(false)
    expect(holds({ where: [of('category', 'eq', '茶'), of('price', 'gte', 9_900)] })).toBe(false)
    expect(holds({ where: [of('category', 'eq', '茶具'), of('price', 'gte', 9_900)] })).toBe(true)
    expect(holds({ where: [of('price', 'not_set')] })).toBe(true)
  })

  test('holds for nobody where nobody can say what is picked, and its reverse neither', () => {
    const some = asked({})
    expect(evaluate(some, factsOf(null), context)).toBe(false)
    expect(evaluate({ kind: 'not', of: some }, factsOf(null), context)).toBe(false)
    expect(evaluate({ kind: 'not', of: some }, factsOf([]), context)).toBe(true)
  })

  test('is loaded only for a condition that asks', () => {
    const tag: Condition = { kind: 'tag', tag: 'vip', has: true }
    expect(needsOf([tag]).picks).toBe(false)
    expect(needsOf([{ kind: 'any', of: [tag, { kind: 'not', of: asked({}) }] }]).picks).toBe(true)
  })

  test('is kept as it was seen, so that a replay decides the same without the catalogue', () => {
    const test = asked({ where: [of('category', 'eq', '茶具')], least: 2 })
    const seen: Seen[] = []
    expect(evaluate(test, factsOf(shown), context, seen)).toBe(true)
    expect(seen).toMatchObject([{ actual: 2, holds: true }])
    const recall = recallSeen({ code: 'condition-held', seen: seen.map(seenOf) })
    expect(evaluate(test, factsOf([]), context, [], recall)).toBe(true)
  })

  test('is said in both languages', () => {
    const test = asked({
      where: [of('category', 'in', ['茶', '茶具']), of('price', 'lte', 10_000)],
      first: 3,
      least: 2,
    })
    expect(sayCondition(test, 'zh-CN', 'CNY')).toBe(
      '前 3 件推荐商品中至少有 2 件（品类是其中之一：茶、茶具，价格不超过 ¥100）',
    )
    expect(sayCondition(test, 'en', 'CNY')).toBe(
      'has at least 2 picks among the first 3 (category is one of 茶, 茶具, price is at most ¥100)',
    )
    expect(sayCondition(asked({}), 'zh-CN', 'CNY')).toBe('推荐商品中至少有 1 件')
    expect(sayCondition(asked({}), 'en', 'CNY')).toBe('has a pick')
  })

  test('is refused where it can never hold', () => {
    const refused = (more: object) => !conditionSchema.safeParse({ kind: 'picks', ...more }).success
    expect(refused({ first: 2, least: 3 })).toBe(true)
    expect(refused({ least: 6 })).toBe(true)
    expect(refused({ where: [of('stock', 'gte', 1)] })).toBe(true)
    expect(refused({ where: [of('price', 'lte', '100')] })).toBe(true)
  })
})
