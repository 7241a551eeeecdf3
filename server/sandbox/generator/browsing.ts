import { choose } from './basket.ts'
import { type Month, minute, timeOfDay } from './calendar.ts'
import { catalogue, type Product } from './catalogue.ts'
import { type Member, type MonthPlan, tastesOf } from './orders.ts'
import { Random } from './random.ts'
import type { EventRow } from './rows.ts'
import { streams } from './traits.ts'

/** Visits without a purchase of an average member on an ordinary day: about three a year. */
const visitRate = 2.9 / 365

const productByName = new Map(catalogue.map((product) => [product.name['zh-CN'], product]))

type Deed = Pick<EventRow, 'name' | 'at' | 'properties'>

/** The properties of a look at a product's page. */
export function pageOf(product: Product, seconds: number) {
  return { product: product.name['zh-CN'], category: product.category, seconds }
}

function view(at: number, product: Product, seconds: number): Deed {
  return { name: 'page_view', at, properties: pageOf(product, seconds) }
}

function cart(at: number, product: Product): Deed {
  const properties = { product: product.name['zh-CN'], category: product.category, price: product.price }
  return { name: 'add_to_cart', at, properties }
}

/** How long somebody looks at a page, in seconds: a long tail, half of the looks under half a minute. */
export function dwell(random: Random): number {
  return Math.min(900, 3 + Math.round(27 * Math.exp(0.9 * random.normal())))
}

/** Up to `most` before a purchase, and not before the month, whose events are made together. */
function before(random: Random, order: EventRow, most: number, month: Month): number {
  return Math.max(month.startAt, order.at - minute - Math.floor(random.next() * most))
}

/** What came before a purchase in the mini-program: a look, then the cart. */
function prelude(random: Random, order: EventRow, month: Month): Deed[] {
  const product = productByName.get(String(order.properties.product))
  if (product === undefined || order.properties.store !== undefined) return []
  const deeds: Deed[] = []
  const lookedAt = before(random, order, 40 * minute, month)
  if (random.chance(0.5)) deeds.push(view(lookedAt, product, dwell(random)))
  const addedAt = Math.max(lookedAt, before(random, order, 6 * minute, month))
  if (random.chance(0.4)) deeds.push(cart(addedAt, product))
  return deeds
}

/** A visit that ends without a purchase: the app opened, a page looked at, sometimes a cart left behind. */
function visit(random: Random, member: Member, at: number): Deed[] {
  const deeds: Deed[] = []
  if (random.chance(0.3)) {
    const platform = random.pick(['小程序', '小程序', 'iOS', 'Android'])
    deeds.push({ name: 'app_open', at, properties: { platform } })
  }
  const product = choose(random, member.traits, tastesOf(member))
  const seconds = dwell(random)
  deeds.push(view(at + 20_000, product, seconds))
  if (seconds > 15 && random.chance(0.28)) deeds.push(cart(at + 20_000 + seconds * 1000, product))
  return deeds
}

function within(month: Month, at: number | null): at is number {
  return at !== null && at >= month.startAt && at < month.endAt
}

/** Joining, and adding the brand on WeCom: once in a lifetime each. */
function milestones({ customer, traits }: Member, month: Month): EventRow[] {
  const rows: EventRow[] = []
  const { id: customerId, registeredAt } = customer
  if (within(month, registeredAt)) {
    const properties = { channel: customer.attributes.registration_channel ?? '其他' }
    const name = 'member_registered'
    rows.push({ id: `R-${customerId}`, customerId, name, at: registeredAt, amount: null, properties })
  }
  if (within(month, traits.befriendsAt)) {
    const source = new Random(traits.key, streams.browsing).pick(['门店海报', '包裹卡', '公众号', '客服'])
    const name = 'wecom_friend_added'
    const at = traits.befriendsAt
    rows.push({ id: `W-${customerId}`, customerId, name, at, amount: null, properties: { source } })
  }
  return rows
}

/** What a member does in a month besides buying; `orders` are that month's, for what led to them. */
export function browsingOf(member: Member, plan: MonthPlan, orders: readonly EventRow[]): EventRow[] {
  const { customer, traits } = member
  const { month, days } = plan
  const random = new Random(traits.key, streams.browsing, month.index)
  const deeds: Deed[] = []
  const visits = random.poisson(visitRate * days.total * traits.curiosity)
  for (let made = 0; made < visits; made++)
    deeds.push(...visit(random, member, timeOfDay(random, days.draw(random))))
  for (const order of orders) if (order.name === 'order') deeds.push(...prelude(random, order, month))
  const rows = milestones(member, month)
  deeds.forEach(({ name, at, properties }, number) => {
    // Nobody is seen before joining, after losing interest, or in the next month's cell.
    if (at < (customer.registeredAt ?? 0) || at >= traits.leavesAt || at >= month.endAt) return
    const id = `E${month.stamp}${customer.id}-${number}`
    rows.push({ id, customerId: customer.id, name, at, amount: null, properties })
  })
  return rows
}
