import { fill, reduced } from './basket.ts'
import { day, dayStamp, hour, type Month, minute, timeOfDay } from './calendar.ts'
import type { Category } from './catalogue.ts'
import { Random, type Weighted } from './random.ts'
import type { CustomerRow, EventRow } from './rows.ts'
import { everydayTastes, type Occasion } from './seasons.ts'
import { streams, type Traits } from './traits.ts'

/** A member together with what drives this member. */
export interface Member {
  customer: CustomerRow
  traits: Traits
}

/** What a month brings to every member alike. */
export interface MonthPlan {
  month: Month
  days: Weighted<number>
  occasions: readonly Occasion[]
}

/** Everyday purchases of an average member on an ordinary day: 2.1 a year. */
const everydayRate = 2.1 / 365

/** The last two digits of an order number tell what made the order; everyday ones count from 00. */
const firstOrderDigits = 79
const occasionDigits = 80
const mostEveryday = 60

export function tastesOf({ customer, traits }: Member): Weighted<Category> {
  return everydayTastes[customer.gender ?? (traits.key.a % 2 === 0 ? 'female' : 'male')]
}

/** Whether a member is with the brand at a time. */
function present({ customer, traits }: Member, at: number): boolean {
  return at >= (customer.registeredAt ?? 0) && at < traits.leavesAt
}

interface Occurrence {
  at: number
  digits: number
  tastes: Weighted<Category>
  priceFactor: number
}

/** One purchase, and the coupon it used, if any. */
function purchase(random: Random, member: Member, month: Month, what: Occurrence): EventRow[] {
  const { customer, traits } = member
  const { at, digits, tastes, priceFactor } = what
  const { items, categories, product, amount } = fill(random, traits, tastes, priceFactor)
  const tail = String(digits).padStart(2, '0')
  const id = `MG${month.stamp}${dayStamp(month, at)}${customer.id}${tail}`
  const properties: EventRow['properties'] = { items, categories, product: product.name['zh-CN'] }
  const walkIn = customer.attributes.registration_channel === '门店' ? 0.55 : 0.1
  // Drawn for everybody, so that a city learnt later changes no other purchase.
  const walksIn = random.chance(walkIn)
  if (walksIn && customer.city !== null) properties.store = `${customer.city}店`
  const row: EventRow = { id, customerId: customer.id, name: 'order', at, amount, properties }
  if (!random.chance(0.07)) return [row]
  const code = `M${random
    .below(36 ** 6)
    .toString(36)
    .toUpperCase()
    .padStart(6, '0')}`
  properties.coupon = code
  row.amount = reduced(amount, 90)
  const redeemed = { id: `${id}-C`, customerId: customer.id, name: 'coupon_redeemed', at, amount: null }
  return [row, { ...redeemed, properties: { code, order: id } }]
}

function everyday(member: Member, { month, days }: MonthPlan): EventRow[] {
  const random = new Random(member.traits.key, streams.orders, month.index)
  const count = random.poisson(everydayRate * days.total * member.traits.warmth, mostEveryday)
  const rows: EventRow[] = []
  for (let digits = 0; digits < count; digits++) {
    const at = timeOfDay(random, days.draw(random))
    const made = purchase(random, member, month, { at, digits, tastes: tastesOf(member), priceFactor: 100 })
    if (present(member, at)) rows.push(...made)
  }
  return rows
}

/** The purchase for an occasion, if this member makes one and it falls into the month. */
function festive(member: Member, month: Month, { season, place, dayAt, leads }: Occasion): EventRow[] {
  const { traits } = member
  const random = new Random(traits.key, streams.occasions + 16 * place, dayAt / hour)
  const inclination = (0.4 + 0.6 * traits.warmth) * traits.moods[season.mood]
  const loyal = season.kind === 'qixi' && traits.qixiLoyal
  if (!random.chance(loyal ? 0.78 : 1 - Math.exp(-season.pull * inclination))) return []
  const at = timeOfDay(random, dayAt - leads.draw(random) * day)
  if (at < month.startAt || at >= month.endAt || !present(member, at)) return []
  const { tastes, priceFactor } = season
  return purchase(random, member, month, { at, digits: occasionDigits + place, tastes, priceFactor })
}

/** Most people join in order to buy something: minutes or a few days later. */
function first(member: Member, month: Month): EventRow[] {
  const { customer, traits } = member
  const since = customer.registeredAt
  if (since === null || since < month.startAt || since >= month.endAt) return []
  const random = new Random(traits.key, streams.firstOrder)
  if (!random.chance(0.62)) return []
  const delay = random.chance(0.7) ? random.exponential(8 * minute) : random.exponential(2 * day)
  const at = Math.min(month.endAt - 1, Math.ceil(since + minute + delay))
  const tastes = tastesOf(member)
  return purchase(random, member, month, { at, digits: firstOrderDigits, tastes, priceFactor: 100 })
}

/** Everything that a member buys in a month, with the coupons redeemed; in no order. */
export function ordersOf(member: Member, plan: MonthPlan): EventRow[] {
  const rows = everyday(member, plan)
  for (const occasion of plan.occasions) rows.push(...festive(member, plan.month, occasion))
  rows.push(...first(member, plan.month))
  return rows
}
