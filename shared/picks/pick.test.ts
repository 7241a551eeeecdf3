import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goodsOf } from './goods.ts'
import { hitsOf } from './hits.ts'
import { type Good, type Had, type Neighbour, type PickInput, pick, sayWhy } from './pick.ts'
import { moreOf, neighboursOf } from './together.ts'

const dayMs = 86_400_000
const now = 1_000 * dayMs
const goodOf = (id: string, more: Partial<Good> = {}): Good => ({
  ...{ id, title: `the ${id}`, price: 1_000, stock: null, category: null, image: null, link: null },
  ...more,
})
const hadOf = (item: string, daysAgo = 100, times = 1): Had => ({ item, at: now - daysAgo * dayMs, times })

function picked(
  had: readonly Had[],
  {
    goods = [],
    pairs = {},
    ...more
  }: Partial<Omit<PickInput, 'had'>> & {
    goods?: readonly Good[]
    pairs?: Readonly<Record<string, readonly Neighbour[]>>
  } = {},
) {
  const known = new Map(goods.map((one) => [one.id, one]))
  return pick({
    had,
    neighbours: (item) => pairs[item] ?? [],
    popular: goods.map(({ id }, place) => ({ item: id, share: 0.1 / (1 + place) })),
    popularIn: (category) =>
      goods.flatMap((one) => (one.category === category ? [{ item: one.id, share: 0.01 }] : [])),
    good: (id) => known.get(id),
    rules: { againDays: 30, without: [] },
    ...{ now, most: 5, ...more },
  })
}

const ids = (found: readonly Good[]) => found.map(({ id }) => id)

describe('what is shown to a customer', () => {
  const goods = [goodOf('tea'), goodOf('cup'), goodOf('pot')]
  const pairs = { tea: [{ other: 'pot', more: 0.3 }] }

  test('is what buyers of the same bought too, before what everybody buys', () => {
    const found = picked([hadOf('tea')], { goods, pairs })
    expect(ids(found)).toEqual(['pot', 'tea', 'cup'])
    expect(found[0]?.why).toEqual({ code: 'together', with: 'tea', title: 'the tea' })
    expect(sayWhy(found[0]?.why ?? { code: 'popular' }).en).toBe('Often bought with the tea')
  })

  test('is what everybody buys where nothing is known of the customer', () => {
    const found = picked([], { goods, pairs })
    expect(found.map(({ id, why }) => [id, why.code])).toEqual([
      ['tea', 'popular'],
      ['cup', 'popular'],
      ['pot', 'popular'],
    ])
  })

  test('is never sold out, unknown to the catalogue, left out by the brand, or bought just now', () => {
    const sold = [
      ...[goodOf('tea', { stock: 0 }), goodOf('cup', { category: 'cups' }), goodOf('pot'), goodOf('mat')],
      goodOf('box', { stock: 1 }),
    ]
    const found = picked([hadOf('pot', 3), hadOf('gone')], {
      ...{ goods: sold, pairs: { gone: [{ other: 'nowhere', more: 0.9 }] } },
      rules: { againDays: 30, without: ['cups'] },
    })
    expect(ids(found)).toEqual(['mat', 'box'])
    expect(ids(picked([hadOf('pot', 31)], { goods: sold }))).toContain('pot')
  })

  test('is of the categories bought from, of the price usually paid, and what is bought again and again', () => {
    const shop = [
      ...[goodOf('pen', { category: 'desk' }), goodOf('ink', { category: 'desk' }), goodOf('gem')],
      ...[goodOf('dear', { category: 'desk', price: 64_000 }), goodOf('rice')],
    ]
    const share = (item: string) => ({ item, share: 0.001 })
    const found = picked([hadOf('pen', 40), hadOf('rice', 60, 4)], {
      goods: shop,
      popular: shop.map((one) => share(one.id)),
    })
    expect(found.find(({ id }) => id === 'rice')?.why).toEqual({ code: 'again', times: 4 })
    expect(found.find(({ id }) => id === 'ink')?.why).toEqual({ code: 'category', category: 'desk' })
    expect(ids(found).indexOf('ink')).toBeLessThan(ids(found).indexOf('dear'))
  })

  test('stands for a category where orders name no more than that', () => {
    const shelf = goodOf('shelf-1', { category: '书架' })
    const found = picked([hadOf('椅子')], {
      ...{ goods: [shelf], popular: [], pairs: { 椅子: [{ other: '书架', more: 0.2 }] } },
    })
    expect(found.map(({ id, why }) => [id, why.code])).toEqual([['shelf-1', 'together']])
  })

  test('is the same however its history is ordered, at most so many, each once', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
    const had = fc.uniqueArray(
      fc.record({
        item: name,
        at: fc.integer({ min: -62_135_596_800_000, max: now + dayMs }),
        times: fc.integer({ min: 1, max: 9 }),
      }),
      { selector: ({ item }) => item },
    )
    const around = fc.dictionary(
      name,
      fc.array(fc.record({ other: name, more: fc.double({ min: 0.001, max: 1, noNaN: true }) }), {
        maxLength: 4,
      }),
    )
    const all = 'abcdefg'.split('').map((id, place) => goodOf(id, { category: place % 2 === 0 ? 'x' : null }))
    fc.assert(
      fc.property(had, around, (own, near) => {
        const found = picked(own, { goods: all, pairs: near, most: 3 })
        expect(ids(picked([...own].reverse(), { goods: all, pairs: near, most: 3 }))).toEqual(ids(found))
        expect(new Set(ids(found)).size).toBe(found.length)
        expect(found.length).toBeLessThanOrEqual(3)
      }),
      { seed: 20261130, numRuns: 200 },
    )
  })
})

describe('what counts as bought together', () => {
  test('is only what buyers of a good buy more often than everybody, and a few buyers say little', () => {
    expect(moreOf(50, 100, 0.1)).toBeCloseTo((50 + 2) / 120 - 0.1)
    expect(moreOf(1, 1, 0.1)).toBeLessThan(0.05)
    expect(moreOf(5, 100, 0.1)).toBeLessThan(0)
    const buyers = new Map([
      ['tea', 100],
      ['pot', 60],
      ['cup', 500],
    ])
    const pairs = [
      { item: 'tea', other: 'pot', both: 50 },
      { item: 'tea', other: 'cup', both: 40 },
    ]
    expect([...neighboursOf(pairs, buyers, 1_000, 5)]).toEqual([
      ['tea', [{ other: 'pot', more: moreOf(50, 100, 0.06) }]],
    ])
  })

  test('are the lines of an order by number, else by title, else its categories', () => {
    expect(goodsOf({ items: [{ sku: 7, title: 'x' }, { title: 'y' }, { sku: 7 }, { quantity: 2 }] })).toEqual(
      ['7', 'y'],
    )
    expect(goodsOf({ items: ['茶', 8] })).toEqual(['茶', '8'])
    expect(goodsOf({ items: 3, categories: '信封|装订机' })).toEqual(['信封', '装订机'])
    expect(goodsOf({ note: 'nothing' })).toEqual([])
  })
})

test('picks hit the next order of customers whose purchases belong together more often than what all buy', () => {
  const shops = ['a', 'b', 'c', 'd']
  const goodsIn = (shop: string) => Array.from({ length: 5 }, (_, nth) => `${shop}${nth}`)
  const buyers = new Map(shops.flatMap((shop) => goodsIn(shop).map((item) => [item, 100] as const)))
  const pairs = shops.flatMap((shop) =>
    goodsIn(shop).flatMap((item) =>
      goodsIn(shop).flatMap((other) => (item === other ? [] : [{ item, other, both: 80 }])),
    ),
  )
  const around = neighboursOf(pairs, buyers, 400, 20)
  const heldOut = shops.map((shop) => ({ had: [hadOf(`${shop}0`)], bought: [`${shop}3`] }))
  const popular = [...buyers.keys()].map((item) => ({ item, share: 0.25 }))
  const hits = hitsOf(heldOut, {
    ...{ at: now, shown: 5, popular, popularIn: () => [], category: () => null },
    neighbours: (item) => around.get(item) ?? [],
  })
  expect(hits).toEqual({ customers: 4, picks: 4, popular: 1 })
})
