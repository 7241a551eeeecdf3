import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import type { BrandDatabase } from '../database.ts'

/** An order as it is kept. */
export interface KnownOrder {
  readonly id: string
  readonly customerId: string
  readonly at: number
  readonly amount: number | null
  /** As JSON. */
  readonly properties: string
  readonly source: string
}

/** Finds orders by their numbers, a batch in one query. */
export function orderFinder({
  sqlite,
}: BrandDatabase): (ids: readonly string[]) => ReadonlyMap<string, KnownOrder> {
  const find = sqlite.prepare<[string], KnownOrder>(
    `select id, customer_id as customerId, at, amount, properties, source from events indexed by events_order
     where name = '${orderEvent}' and id in (select value from json_each(?))`,
  )
  return (ids) => new Map(find.all(JSON.stringify(ids)).map((row) => [row.id, row]))
}
