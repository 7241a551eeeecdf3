import { categoriesIn, linesProperty } from '../models/habits.ts'
import { actEvents, currentEvent, withCurrent } from './acts.ts'
import type { CustomerEvent, Properties, PropertyValue } from './customer.ts'
import { orderEvent, refundEvent, refundedOrder, standing } from './purchases.ts'
import {
  addReturned,
  type GivenBack,
  inThousandths,
  isLine,
  type Line,
  nothingBack,
  type Returnable,
  returnedIn,
  shareOf,
  skuOf,
  thousandth,
} from './returns.ts'

/**
 * What was bought, as an event for each line of the orders that stand: by that name conditions ask for it. No event
 * comes in under it; who sends one by chance is not asked for.
 */
export const lineEvent = '$order_line'

/** Whether events of a name are orders or what was bought with them, which stand as far as they were not given back. */
export const onOrders = (event: string): boolean => event === orderEvent || event === lineEvent

/** The events that have to be known for those of a name. */
export const sourcesOf = (event: string): readonly string[] => {
  if (onOrders(event)) return [orderEvent, refundEvent]
  return event === currentEvent ? [actEvents.entered] : [event]
}

/** What a line has besides what it says: what refunds that name it have left of it. */
export const leftProperties = ['refunded_quantity', 'net_quantity', 'net_amount'] as const
export type LeftProperty = (typeof leftProperties)[number]

const linesMoney: ReadonlySet<string> = new Set(['price', 'discount', 'net_amount'])

/** What is money in minor units: the amount of any event, and the prices of an order's lines. */
export const isMoney = (property: string, event: string | null): boolean =>
  property === 'amount' || (event === lineEvent && linesMoney.has(property))

/** Whether what stands among the lines of an order is one: an object, or a bare text or number. */
export const isWrittenLine = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  (typeof value === 'object' && value !== null && !Array.isArray(value))

/** The lines of an order as objects; a bare text or number names what was bought. */
function linesIn(properties: Properties): readonly Line[] {
  const written = properties[linesProperty]
  if (!Array.isArray(written)) return []
  return written
    .filter(isWrittenLine)
    .map((one: PropertyValue): Line => (isLine(one) ? one : { title: String(one) }))
}

/** What an order says, with the lines that are known of it where it does not speak of lines at all. */
export function withKeptLines(told: Properties, kept: () => Properties): Properties {
  if (Object.hasOwn(told, linesProperty)) return told
  const lines = kept()[linesProperty]
  return Array.isArray(lines) ? { [linesProperty]: lines, ...told } : told
}

/** Whether an order says line by line what was bought. */
export const hasLines = (properties: Properties): boolean => linesIn(properties).length > 0

/** By what shops say that a line was taken back, or never sent. */
const takenBack: ReadonlySet<string> = new Set([
  ...['refunded', 'returned', 'cancelled', 'canceled', 'closed'],
  ...['已退款', '退款成功', '已退货', '已取消', '已关闭', '交易关闭'],
])

const stands = ({ status, refunded }: Line): boolean =>
  refunded !== true && !(typeof status === 'string' && takenBack.has(status.trim().toLowerCase()))

const numberOf = (value: PropertyValue | undefined): number | null =>
  typeof value === 'number' ? value : null

/** What a line comes to in minor units: what it says, else its price so many times, less what was taken off it. */
function amountOf(line: Line, quantity: number): number | null {
  const said = numberOf(line.amount)
  const price = numberOf(line.price)
  if (said !== null) return said
  return price === null ? null : Math.round(price * quantity) - (numberOf(line.discount) ?? 0)
}

function lineOf(line: Line, order: CustomerEvent, place: number): CustomerEvent {
  const quantity = numberOf(line.quantity) ?? 1
  const own = categoriesIn(line)
  const categories = own.length > 0 ? own : categoriesIn(order.properties)
  const { amount: _amount, refunded_quantity: _back, net_quantity: _net, net_amount: _left, ...rest } = line
  return {
    id: `${order.id}#${place + 1}`,
    name: lineEvent,
    at: order.at,
    amount: amountOf(line, quantity),
    properties: {
      ...rest,
      quantity,
      ...(categories.length === 0 ? {} : { category: categories }),
      order_id: order.id,
    },
    ...(order.seq === undefined ? {} : { seq: order.seq }),
  }
}

/** A line as it was bought, and where among those of its product it stands. */
export interface SoldLine extends Returnable {
  readonly event: CustomerEvent
  readonly sku: string | null
  /** As its shop says. */
  readonly stands: boolean
}

/** The lines of an order in their order, each with its quantity, its categories (else the order's) and what it comes to. */
export function soldIn(order: CustomerEvent): readonly SoldLine[] {
  const before = new Map<string, { readonly pieces: number; readonly worth: number }>()
  return linesIn(order.properties).map((line, place): SoldLine => {
    const event = lineOf(line, order, place)
    const sku = skuOf(line)
    const pieces = inThousandths(numberOf(line.quantity) ?? 1)
    const { amount } = event
    const { pieces: earlier, worth } = before.get(sku ?? '') ?? { pieces: 0, worth: 0 }
    if (sku !== null)
      before.set(sku, { pieces: earlier + Math.max(0, pieces), worth: worth + Math.max(0, amount ?? 0) })
    return { event, sku, pieces, amount, earlier, earlierWorth: worth, stands: stands(line) }
  })
}

/** How many pieces of each product an order says, by its number; in thousandths. */
export function soldPieces(properties: Properties): ReadonlyMap<string, number> {
  const sold = new Map<string, number>()
  for (const line of linesIn(properties)) {
    const sku = skuOf(line)
    if (sku === null) continue
    const pieces = Math.max(0, inThousandths(numberOf(line.quantity) ?? 1))
    sold.set(sku, (sold.get(sku) ?? 0) + pieces)
  }
  return sold
}

/** What was given back of an order, by the number of each product. */
export type OrderReturns = ReadonlyMap<string, GivenBack>
const noReturns: OrderReturns = new Map()

/** A line less what was given back of it; nothing where that is all. */
function leftOf(line: SoldLine, back: GivenBack): readonly CustomerEvent[] {
  const share = shareOf(line, back)
  if (share.whole) return []
  const { event, amount, pieces } = line
  const quantity = numberOf(event.properties.quantity) ?? 1
  const left = {
    refunded_quantity: share.pieces / thousandth,
    net_quantity: share.pieces === 0 ? quantity : (pieces - share.pieces) / thousandth,
    ...(amount === null ? {} : { net_amount: amount - share.money }),
  } satisfies Partial<Record<LeftProperty, number>>
  return [{ ...event, properties: { ...event.properties, ...left } }]
}

/** An order without lines, as its only one, which comes to what is left of the order. */
function wholeOf(order: CustomerEvent): CustomerEvent {
  const categories = categoriesIn(order.properties)
  const category = categories.length === 0 ? {} : { category: categories }
  const left = order.amount === null ? {} : { net_amount: order.amount }
  const properties = { ...left, ...order.properties, ...category, order_id: order.id }
  return { ...order, name: lineEvent, properties }
}

/**
 * The lines of an order that stand, each less what refunds that name it have given back. An order without lines is one
 * itself, with what it says of its goods.
 */
export function linesOf(order: CustomerEvent, back: OrderReturns = noReturns): readonly CustomerEvent[] {
  const lines = soldIn(order)
  if (lines.length === 0) return [wholeOf(order)]
  return lines.flatMap((line) => (line.stands ? leftOf(line, back.get(line.sku ?? '') ?? nothingBack) : []))
}

/** What refunds that name lines have given back before a moment, order by order. */
function returnsOf(events: readonly CustomerEvent[], before: number): ReadonlyMap<string, OrderReturns> {
  const found = new Map<string, Map<string, GivenBack>>()
  for (const { name, at, properties } of events) {
    const order = name === refundEvent && at < before ? refundedOrder(properties) : null
    const lines = order === null ? [] : returnedIn(properties)
    if (order === null || lines.length === 0) continue
    const own = found.get(order) ?? new Map<string, GivenBack>()
    addReturned(own, lines)
    found.set(order, own)
  }
  return found
}

/** Of the event that a line is of, by which it stands before or after others; of another event itself. */
export const placed = (event: CustomerEvent): CustomerEvent =>
  event.name === lineEvent ? { ...event, name: orderEvent, id: String(event.properties.order_id) } : event

/**
 * Events as conditions ask for those of some names: orders as they stood before a moment, and each of these with its
 * lines behind it where these are asked for; entries that go on as such.
 */
export function asAsked(
  events: readonly CustomerEvent[],
  names: readonly string[],
  before: number,
): readonly CustomerEvent[] {
  if (names.includes(currentEvent)) return asBought(withCurrent(events, before), names, before)
  return asBought(events, names, before)
}

function asBought(
  events: readonly CustomerEvent[],
  names: readonly string[],
  before: number,
): readonly CustomerEvent[] {
  const lines = names.includes(lineEvent)
  if (!lines && !names.includes(orderEvent)) return events
  const orders = standing(events, before)
  if (!lines) return orders
  const returns = returnsOf(events, before)
  return orders.flatMap((event) =>
    event.name === orderEvent ? [event, ...linesOf(event, returns.get(event.id))] : [event],
  )
}
