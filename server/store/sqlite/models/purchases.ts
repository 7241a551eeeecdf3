import type Database from 'better-sqlite3'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import type { Purchase } from '../../../../shared/models/histories.ts'
import { refundOf, wholeSum } from '../../../analytics/orders.ts'
import type { PurchaseReads } from '../../../ports/models.ts'

/** Rows that are handed over at once. */
const pieceSize = 5_000

/** One query over all orders, refunds grouped by their orders first: asked for order by order they take minutes. */
const query = `
  with back as materialized (
    select r.customer_id, ${refundOf('r')} as order_id, ${wholeSum('r.amount')} as amount
    from events r where r.name = '${refundEvent}' and r.at < @before group by 1, 2)
  select e.customer_id, e.at, coalesce(e.amount, 0) - coalesce(b.amount, 0)
  from events e left join back b on b.customer_id = e.customer_id and b.order_id = e.id
  where e.name = '${orderEvent}' and e.at < @before
    and not (coalesce(b.amount, 0) > 0 and b.amount >= coalesce(e.amount, 0))
  order by e.customer_id, e.at, e.seq`

type Row = [customerId: string, at: number, worth: number]

/** Over a connection of its own, which is busy until the last piece was taken. */
export function purchaseReader(sqlite: Database.Database): PurchaseReads {
  const read = sqlite.prepare<{ before: number }, Row>(query).raw()
  return {
    async *purchases(before) {
      let piece: Purchase[] = []
      for (const [customerId, at, worth] of read.iterate({ before })) {
        piece.push({ customerId, at, worth })
        if (piece.length < pieceSize) continue
        yield piece
        piece = []
      }
      yield piece
    },
  }
}
