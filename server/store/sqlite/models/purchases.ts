import type Database from 'better-sqlite3'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import type { Purchase } from '../../../../shared/models/histories.ts'
import type { PurchaseReads } from '../../../ports/models.ts'
import { refundOf, wholeSum } from '../events/order-sql.ts'

/** Rows that are handed over at once. */
const pieceSize = 5_000

/** One query over all orders, refunds grouped by their orders first: asked for order by order they take minutes. */
const queryOf = (whose: string) => `
  with back as materialized (
    select r.customer_id, ${refundOf('r')} as order_id, ${wholeSum('r.amount')} as amount
    from events r where r.name = '${refundEvent}' and r.at < @before ${whose && `and r.${whose}`} group by 1, 2)
  select e.customer_id, e.at, coalesce(e.amount, 0) - coalesce(b.amount, 0), e.properties
  from events e left join back b on b.customer_id = e.customer_id and b.order_id = e.id
  where e.name = '${orderEvent}' and e.at < @before ${whose && `and e.${whose}`}
    and not (coalesce(b.amount, 0) > 0 and b.amount >= coalesce(e.amount, 0))
  order by e.customer_id, e.at, e.seq`

type Row = [customerId: string, at: number, worth: number, properties: string]

const purchaseOf = ([customerId, at, worth, properties]: Row): Purchase => ({
  ...{ customerId, at, worth, properties },
})

/** Over a connection of its own, which is busy until the last piece was taken. */
export function purchaseReader(sqlite: Database.Database): PurchaseReads {
  const read = sqlite.prepare<{ before: number }, Row>(queryOf('')).raw()
  return {
    async *purchases(before) {
      let piece: Purchase[] = []
      for (const row of read.iterate({ before })) {
        piece.push(purchaseOf(row))
        if (piece.length < pieceSize) continue
        yield piece
        piece = []
      }
      yield piece
    },
  }
}

/** The same of some customers. */
export function ordersReader(sqlite: Database.Database) {
  const read = sqlite
    .prepare<{ before: number; ids: string }, Row>(
      queryOf('customer_id in (select value from json_each(@ids))'),
    )
    .raw()
  return (customers: readonly string[], before: number): Purchase[] =>
    read.all({ before, ids: JSON.stringify(customers) }).map(purchaseOf)
}
