import type {
  CustomerOrder,
  CustomerOrderPage,
  CustomerOrderQuery,
} from '../../../../shared/api/customer-orders.ts'
import { isWrittenLine, soldIn } from '../../../../shared/conditions/lines.ts'
import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import {
  addReturned,
  type GivenBack,
  nothingBack,
  type ReturnedShare,
  returnedIn,
  shareOf,
  thousandth,
} from '../../../../shared/conditions/returns.ts'
import { linesProperty } from '../../../../shared/models/habits.ts'
import type { BrandDatabase } from '../database.ts'
import { type KnownRefund, refundFinder } from '../events/known-orders.ts'
import { givenBack } from '../events/order-sql.ts'
import { valueOr } from '../stored-json.ts'
import { readProperties } from './stored.ts'
import { type Details, readDetails } from './story-rows.ts'

interface Row {
  seq: number
  id: string
  at: number
  amount: number | null
  refunded: number
  properties: string
}

interface ReadRow extends Omit<Row, 'properties'> {
  readonly properties: Details
  readonly shares: readonly ReturnedShare[]
}

interface ProductRow {
  id: string
  title: string | null
  image: string | null
  link: string | null
}

type Products = ReadonlyMap<string, ProductRow>

/** Refunds count whenever they were. */
const ever = Number.MAX_SAFE_INTEGER

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const moneyOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null

/** How much of each line of an order was given back, by refunds that name it. */
function sharesOf(row: Row, refunds: readonly KnownRefund[]): readonly ReturnedShare[] {
  const back = new Map<string, GivenBack>()
  for (const { properties } of refunds) addReturned(back, returnedIn(properties))
  if (back.size === 0) return []
  const properties = valueOr(readProperties(row.properties), {})
  const sold = soldIn({ id: row.id, name: orderEvent, at: row.at, amount: row.amount, properties })
  return sold.map((line) => shareOf(line, back.get(line.sku ?? '') ?? nothingBack))
}

/** A line as sources write one: a name alone, or an object. */
function lineOf(
  line: unknown,
  products: Products,
  share: ReturnedShare | undefined,
): CustomerOrder['lines'][number] | null {
  const returned = { returned: (share?.pieces ?? 0) / thousandth, returnedMoney: share?.said ?? 0 }
  const none = { quantity: null, price: null, discount: null, image: null, link: null, ...returned }
  if (typeof line === 'string') return { ...none, sku: null, title: line }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return null
  const said: Readonly<Record<string, unknown>> = { ...line }
  const sku = textOf(said.sku)
  const product = sku === null ? undefined : products.get(sku)
  return {
    sku,
    title: textOf(said.title) ?? product?.title ?? null,
    quantity: numberOf(said.quantity),
    price: moneyOf(said.price),
    discount: moneyOf(said.discount),
    image: product?.image ?? null,
    link: product?.link ?? null,
    ...returned,
  }
}

const linesOf = (properties: Details) => {
  const lines = properties[linesProperty]
  return Array.isArray(lines) ? lines.filter(isWrittenLine) : []
}

function skusOf(properties: Details): string[] {
  return linesOf(properties).flatMap((line) => {
    if (typeof line !== 'object' || line === null || !('sku' in line)) return []
    return textOf(line.sku) ?? []
  })
}

/** What was taken off the order and off its lines; null where nothing says. */
function discountOf(properties: Details, lines: CustomerOrder['lines']): number | null {
  const parts = [moneyOf(properties.discount), ...lines.map(({ discount }) => discount)]
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
}

function orderOf({ seq: _seq, properties, shares, ...order }: ReadRow, products: Products): CustomerOrder {
  const lines = linesOf(properties).flatMap((line, place) => lineOf(line, products, shares[place]) ?? [])
  return {
    ...order,
    discount: discountOf(properties, lines),
    status: textOf(properties.status),
    lines,
    properties,
  }
}

/** A page of what a customer has bought, the newest first, with the products of its lines. */
export function ordersPageOf(
  db: BrandDatabase,
  customer: string,
  { before, limit }: CustomerOrderQuery,
): CustomerOrderPage {
  const [at = ever, seq = ever] = before === undefined ? [] : before.split('.').map(Number)
  const { sqlite } = db
  const found = sqlite
    .prepare<[number, string, number, number, number, number], Row>(
      `select seq, id, at, amount, properties, ${givenBack} as refunded from events e
       where customer_id = ? and name = 'order' and at <= ? and (at < ? or seq < ?)
       order by at desc, seq desc limit ?`,
    )
    .all(ever, customer, at, at, seq, limit + 1)
  const shown = found.slice(0, limit)
  const refunds = refundFinder(db)(shown.map(({ id }) => ({ customerId: customer, order: id })))
  const rows = shown.map((row): ReadRow => {
    const shares = sharesOf(row, refunds.get(row.id) ?? [])
    return { ...row, properties: readDetails(row.properties), shares }
  })
  const skus = [...new Set(rows.flatMap(({ properties }) => skusOf(properties)))]
  const products = sqlite
    .prepare<[string], ProductRow>(
      'select id, title, image, link from products where id in (select value from json_each(?))',
    )
    .all(JSON.stringify(skus))
  const known = new Map(products.map((product) => [product.id, product]))
  const last = rows.at(-1)
  return {
    orders: rows.map((row) => orderOf(row, known)),
    next: found.length > limit && last !== undefined ? `${last.at}.${last.seq}` : null,
  }
}
