import type { BrandDatabase } from '../database.ts'
import { netAmount, orderStands, wholeSum } from '../events/order-sql.ts'

/** Totals know of every refund, whenever it was. */
const everRefunded = Number.MAX_SAFE_INTEGER

interface Bought {
  orders: number
  spent: number
  lastOrderAt: number | null
}

/** What customers, a JSON list of ids, have bought; whoever has bought nothing is not told of. */
export function ordersOf(db: BrandDatabase, ids: string): Map<string, Bought> {
  const rows = db.sqlite
    .prepare<[number, string, number, number], Bought & { id: string }>(
      `select customer_id as id, count(*) as orders, ${wholeSum(netAmount)} as spent, cast(max(at) as integer) as lastOrderAt
       from events e where customer_id in (select value from json_each(?)) and name = 'order' and ${orderStands}
       group by customer_id`,
    )
    .all(everRefunded, ids, everRefunded, everRefunded)
  return new Map(rows.map(({ id, ...bought }) => [id, bought]))
}
