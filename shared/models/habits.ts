import { localMinutes } from '../calendar/zone.ts'
import type { Deeds } from './deeds.ts'
import { isNight } from './touches.ts'

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

/** What an event says of itself; null where that cannot be read: such an event tells no habit. */
export function objectIn(json: string): Readonly<Record<string, unknown>> | null {
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
  return own === null ? nothing : traitsIn(own)
}

/** The property of an order under which its lines stand. */
export const linesProperty = 'items'

/** The categories of the lines of an order, which count where it says none itself. */
const categoriesOfLines = ({ items }: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(items) ? items.flatMap((line) => (isRecord(line) ? [...categoriesIn(line)] : [])) : []

export function traitsIn(own: Readonly<Record<string, unknown>>): OrderTraits {
  const categories = categoriesIn(own)
  const channel = named.channel
    .map((name) => own[name])
    .find((one) => typeof one === 'string' && one.trim() !== '')
  return {
    categories: categories.length > 0 ? categories : categoriesOfLines(own),
    channel: typeof channel === 'string' ? channel : null,
    reduced: named.reduced.some((name) => isSomething(own[name])),
  }
}

/** What a customer is used to. */
export interface Habits {
  readonly category: string | null
  /** Where most orders were placed. */
  readonly channel: string | null
  /** By which messages are opened and answered most. */
  readonly response: string | null
  /** At which most is bought, looked at, opened or clicked: 0 to 23. */
  readonly hour: number | null
  /** Of how many deeds the hour is known, and how many of them were done at night. */
  readonly hours: number
  readonly nights: number
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

/** Fewer deeds at an hour tell no habit. */
export const leastHours = 3

/** What is known by its day alone stands at midnight, which is nobody's hour. */
function hourOf(at: number, zone: string): number | null {
  const minutes = localMinutes(at, zone)
  return minutes === 0 ? null : Math.floor(minutes / 60)
}

/** The hour of most deeds, of equals the earlier one. */
function busiest(hours: readonly number[]): number | null {
  if (hours.length < leastHours) return null
  const counts = new Array<number>(24).fill(0)
  for (const hour of hours) counts[hour] = (counts[hour] ?? 0) + 1
  return counts.indexOf(Math.max(...counts))
}

/** What was bought and what was touched, each in order of time. */
export function habitsOf({ orders, touches }: Deeds, zone: string): Habits {
  const traits = orders.map(({ properties }) => traitsOf(properties))
  const hours = [...orders, ...touches].flatMap(({ at }) => hourOf(at, zone) ?? [])
  const answered = touches.filter(({ kind }) => kind === 'opens' || kind === 'clicks')
  return {
    category: favourite(traits.flatMap(({ categories }) => categories)),
    channel: favourite(traits.flatMap(({ channel }) => channel ?? [])),
    response: favourite(answered.flatMap(({ channel }) => channel ?? [])),
    hour: busiest(hours),
    hours: hours.length,
    nights: hours.filter(isNight).length,
  }
}

/** As many orders of the brand's usual kind are added to a customer's own. */
const addedOrders = 2

/** The share of a customer's orders that were bought for less, between their own and the brand's: from 0 to 1. */
export function priceSensitivity(reduced: number, orders: number, ofBrand: number): number {
  return (reduced + addedOrders * ofBrand) / (orders + addedOrders)
}
