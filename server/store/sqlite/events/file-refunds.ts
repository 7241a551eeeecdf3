import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import type { BrandDatabase } from '../database.ts'
import { wholly } from '../span.ts'
import { type EventSource, eventWriter, refundOfFiles } from './events.ts'

/** What a file says has been given back for an order in all, be it nothing: it tells sums and not each refund. */
export interface FileRefund {
  readonly orderId: string
  /** What the file says the order was, in minor units: of another amount it says nothing. null: whatever it was. */
  readonly of: number | null
  /** Minor units; null: all of it. */
  readonly total: number | null
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
    `select seq, id, customer_id as customer, cast(json_extract(properties, '$.order_id') as text) as "order", amount
     from events where name = '${refundEvent}' and customer_id in (select value from json_each(?))`,
  )
  const update = sqlite.prepare('update events set amount = ?, pending = ? where seq = ?')
  const remove = sqlite.prepare('delete from events where seq = ?')

  return wholly(db, (refunds: readonly FileRefund[], receivedAt: number) => {
    const list = (values: readonly string[]) => JSON.stringify([...new Set(values)])
    const orderOf = new Map(
      orders.all(list(refunds.map(({ orderId }) => orderId))).map((order) => [order.id, order]),
    )
    const others = new Map<string, number>()
    const own = new Map<string, Known>()
    for (const one of known.all(list([...orderOf.values()].map(({ customer }) => customer)))) {
      const key = JSON.stringify([one.customer, one.order])
      if (one.id === refundOfFiles(one.order)) own.set(key, one)
      else others.set(key, (others.get(key) ?? 0) + (one.amount ?? 0))
    }
    return refunds.map(({ orderId, of, total }) => {
      const order = orderOf.get(orderId)
      if (order === undefined || (of !== null && of !== order.amount)) return false
      const { customer: customerId, source } = order
      const key = JSON.stringify([customerId, orderId])
      const mine = own.get(key)
      const amount = Math.max(0, (total ?? order.amount ?? 0) - (others.get(key) ?? 0))
      if (amount === (mine?.amount ?? 0)) return false
      const pending = source !== 'history'
      const at = pending ? receivedAt : order.at
      const event = { id: refundOfFiles(orderId), customerId, name: refundEvent, at, amount }
      if (mine === undefined)
        insert({ ...event, properties: { order_id: orderId } }, { source, receivedAt, pending })
      else if (amount === 0) remove.run(mine.seq)
      else update.run(amount, pending ? 1 : 0, mine.seq)
      return true
    })
  })
}
