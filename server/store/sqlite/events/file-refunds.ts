import type { Properties, PropertyValue } from '../../../../shared/conditions/customer.ts'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import {
  addReturned,
  type GivenBack,
  type Line,
  nothingBack,
  returnedIn,
  returnedProperty,
  skuOf,
  thousandth,
} from '../../../../shared/conditions/returns.ts'
import { readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { wholly } from '../span.ts'
import { valueOr } from '../stored-json.ts'
import { type EventSource, eventWriter, refundOfFiles } from './events.ts'

/** What a file says has been given back for an order in all, be it nothing: it tells sums and not each refund. */
export interface FileRefund {
  readonly orderId: string
  /** What the file says the order was, in minor units: of another amount it says nothing. null: whatever it was. */
  readonly of: number | null
  /** Minor units; null: all of it. */
  readonly total: number | null
  /** The lines of the order that it is of; null: the file does not say, so that what is known of them stays. */
  readonly lines: readonly Line[] | null
}

interface Order {
  id: string
  customer: string
  at: number
  amount: number | null
  source: EventSource
}

interface Known {
  seq: number
  id: string
  customer: string
  order: string
  amount: number | null
  properties: string
}

/** What refunds that came in by themselves account for. */
interface Accounted {
  money: number
  readonly lines: Map<string, GivenBack>
}

/** What is left of the lines of a file once others account for some of them. */
function linesLeft(lines: readonly Line[], others: Accounted | undefined): readonly Line[] {
  if (others === undefined || others.lines.size === 0) return lines
  const open = new Map(others.lines)
  return lines.flatMap((line): readonly Line[] => {
    const sku = skuOf(line)
    const back = open.get(sku ?? '') ?? nothingBack
    if (sku === null || back === nothingBack) return [line]
    open.delete(sku)
    const less = (said: PropertyValue | undefined, gone: number) =>
      typeof said === 'number' ? Math.max(0, said - gone) : undefined
    const quantity = less(line.quantity, back.pieces / thousandth)
    const amount = less(line.amount, back.money)
    if (!quantity && !amount) return []
    return [
      {
        ...line,
        ...(quantity === undefined ? {} : { quantity }),
        ...(amount === undefined ? {} : { amount }),
      },
    ]
  })
}

const propertiesOf = (orderId: string, lines: readonly Line[]) => ({
  order_id: orderId,
  ...(lines.length === 0 ? {} : { [returnedProperty]: lines }),
})

/** The lines that are kept with a refund. */
function keptLines({ properties }: Pick<Known, 'properties'>): readonly Line[] {
  const said: Properties = valueOr(readProperties(properties), {})
  const { [returnedProperty]: lines } = said
  // Written here alone.
  return Array.isArray(lines) ? (lines as readonly Line[]) : []
}

/**
 * Keeps what files say has been given back, as an event `refund`: less what refunds that came in live account for
 * already. Of an order of history it is history at the order's time; that of one which came in live has happened
 * by now, and the engine takes it, so that goals lose what the order has counted for (rule 19). Within the caller's
 * transaction or one of its own; answers which orders have changed by it.
 */
export function fileRefundKeeper(
  db: BrandDatabase,
): (refunds: readonly FileRefund[], receivedAt: number) => boolean[] {
  const { sqlite } = db
  const insert = eventWriter(db)
  const orders = sqlite.prepare<[string], Order>(
    `select id, customer_id as customer, at, amount, source from events indexed by events_order
     where name = '${orderEvent}' and id in (select value from json_each(?))`,
  )
  const known = sqlite.prepare<[string], Known>(
    `select seq, id, customer_id as customer, cast(json_extract(properties, '$.order_id') as text) as "order", amount,
       properties
     from events where name = '${refundEvent}' and customer_id in (select value from json_each(?))`,
  )
  const update = sqlite.prepare('update events set amount = ?, properties = ?, pending = ? where seq = ?')
  const remove = sqlite.prepare('delete from events where seq = ?')

  /** Refunds of customers by their orders: what files said before, and what came in by itself. */
  const refundsOf = (customers: readonly string[]) => {
    const others = new Map<string, Accounted>()
    const own = new Map<string, Known>()
    for (const one of known.all(JSON.stringify([...new Set(customers)]))) {
      const key = JSON.stringify([one.customer, one.order])
      if (one.id === refundOfFiles(one.order)) {
        own.set(key, one)
        continue
      }
      const accounted = others.get(key) ?? { money: 0, lines: new Map() }
      others.set(key, accounted)
      accounted.money += one.amount ?? 0
      addReturned(accounted.lines, returnedIn(valueOr(readProperties(one.properties), {})))
    }
    return { others, own }
  }

  return wholly(db, (refunds: readonly FileRefund[], receivedAt: number) => {
    const numbers = JSON.stringify([...new Set(refunds.map(({ orderId }) => orderId))])
    const orderOf = new Map(orders.all(numbers).map((order) => [order.id, order]))
    const { others, own } = refundsOf([...orderOf.values()].map(({ customer }) => customer))
    return refunds.map(({ orderId, of, total, lines }) => {
      const order = orderOf.get(orderId)
      if (order === undefined || (of !== null && of !== order.amount)) return false
      const { customer: customerId, source } = order
      const key = JSON.stringify([customerId, orderId])
      const mine = own.get(key)
      const accounted = others.get(key)
      const amount = Math.max(0, (total ?? order.amount ?? 0) - (accounted?.money ?? 0))
      const left = lines === null ? (mine === undefined ? [] : keptLines(mine)) : linesLeft(lines, accounted)
      const properties = propertiesOf(orderId, left)
      const same = mine === undefined || JSON.stringify(properties) === mine.properties
      if (amount === (mine?.amount ?? 0) && same) return false
      const pending = source !== 'history'
      const at = pending ? receivedAt : order.at
      const event = { id: refundOfFiles(orderId), customerId, name: refundEvent, at, amount }
      if (mine === undefined) insert({ ...event, properties }, { source, receivedAt, pending })
      else if (amount === 0) remove.run(mine.seq)
      else update.run(amount, JSON.stringify(properties), pending ? 1 : 0, mine.seq)
      return true
    })
  })
}
