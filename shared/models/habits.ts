import { localMinutes, localTime } from '../calendar/zone.ts'
import type { Bought } from './histories.ts'

/** What an order says of itself that tells a habit. */
export interface OrderTraits {
  readonly categories: readonly string[]
  /** Where it was placed: a shop, an app, a platform. */
  readonly channel: string | null
  /** Bought for less: with a coupon, or a discount. */
  readonly reduced: boolean
}

/** Properties of orders by what they tell, as shops and files name them; the first that is there counts. */
const named = {
  category: ['categories', 'category', 'sub_category', '品类', '类目', '商品类目', '子类别', '类别'],
  channel: ['channel', 'source', 'platform', '渠道', '订单来源', '来源', 'store', '门店'],
  reduced: [
    ...['coupon', 'coupon_code', 'discount', 'discount_amount', 'discount_code'],
    ...['优惠券', '券码', '优惠金额', '折扣', '折扣金额'],
  ],
} as const

/** Under what orders name the categories of what was bought; the first that is there counts. */
export const categoryProperties: readonly string[] = named.category

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** null where the properties cannot be read: such an order tells no habit. */
function objectIn(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[|、,;]/).flatMap((part) => part.trim() || [])
  return Array.isArray(value) ? value.flatMap(textsIn) : []
}

/** Nothing, nought and a plain no are no discount. */
const isSomething = (value: unknown): boolean =>
  typeof value === 'number'
    ? value !== 0
    : typeof value === 'string' && !/^\s*(?:0+(?:\.0+)?%?|否|无|no)?\s*$/i.test(value)

const nothing: OrderTraits = { categories: [], channel: null, reduced: false }

/** The categories that an order names, by the first property of those that hold them. */
export function categoriesIn(properties: Readonly<Record<string, unknown>>): readonly string[] {
  return categoryProperties.map((name) => textsIn(properties[name])).find((texts) => texts.length > 0) ?? []
}

export function traitsOf(properties: string): OrderTraits {
  const own = properties === '{}' ? null : objectIn(properties)
  if (own === null) return nothing
  const channel = named.channel
    .map((name) => own[name])
    .find((one) => typeof one === 'string' && one.trim() !== '')
  return {
    categories: categoriesIn(own),
    channel: typeof channel === 'string' ? channel : null,
    reduced: named.reduced.some((name) => isSomething(own[name])),
  }
}

export interface Habits {
  readonly category: string | null
  readonly channel: string | null
  /** 0 to 23. */
  readonly hour: number | null
  /** Of how many orders it is known whether they were reduced, and how many of them were. */
  readonly reduced: number
}

/** What is named most often, of equals the one named last; null where nothing is. */
function favourite<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>()
  let best: T | null = null
  let most = 0
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    if (count >= most) {
      best = value
      most = count
    }
  }
  return best
}

/** Fewer orders at an hour tell no habit. */
const leastHours = 3

/** Orders of a file that knows days alone stand at midnight, which is nobody's hour. */
function hoursOf(orders: readonly Bought[], zone: string): number[] {
  return orders.flatMap(({ at }) => {
    const minutes = localMinutes(at, zone)
    return minutes === 0 && localTime(at, zone) === '00:00' ? [] : [Math.floor(minutes / 60)]
  })
}

export function habitsOf(orders: readonly Bought[], zone: string): Habits {
  const traits = orders.map(({ properties }) => traitsOf(properties))
  const hours = hoursOf(orders, zone)
  return {
    category: favourite(traits.flatMap(({ categories }) => categories)),
    channel: favourite(traits.flatMap(({ channel }) => channel ?? [])),
    hour: hours.length < leastHours ? null : favourite(hours),
    reduced: traits.filter(({ reduced }) => reduced).length,
  }
}

/** As many orders of the brand's usual kind are added to a customer's own. */
const addedOrders = 2

/** The share of a customer's orders that were bought for less, between their own and the brand's: from 0 to 1. */
export function priceSensitivity(reduced: number, orders: number, ofBrand: number): number {
  return (reduced + addedOrders * ofBrand) / (orders + addedOrders)
}
