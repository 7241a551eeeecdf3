import type { Properties } from '../../../../shared/conditions/customer.ts'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { valueOr } from '../stored-json.ts'
import { refundOf } from './order-sql.ts'

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

/** Nothing where they cannot be read. */
export const propertiesOf = ({ properties }: Pick<KnownOrder, 'properties'>): Properties =>
  valueOr(readProperties(properties), {})

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

/** A refund as it is kept. */
export interface KnownRefund {
  readonly id: string
  readonly properties: Properties
}

/** Finds the refunds of orders, each under its order’s number, a batch in one query. */
export function refundFinder({
  sqlite,
}: BrandDatabase): (
  orders: readonly { readonly customerId: string; readonly order: string }[],
) => ReadonlyMap<string, readonly KnownRefund[]> {
  const find = sqlite.prepare<[string], { order: string; id: string; properties: string }>(
    `select a.value ->> 'order' as "order", r.id, r.properties
     from json_each(?) a join events r indexed by events_refund
       on r.customer_id = a.value ->> 'customerId' and r.name = '${refundEvent}'
       and ${refundOf('r')} = a.value ->> 'order'
     order by r.seq`,
  )
  return (orders) => {
    const found = new Map<string, KnownRefund[]>()
    for (const { order, id, properties } of find.all(JSON.stringify(orders))) {
      const refund = { id, properties: propertiesOf({ properties }) }
      found.set(order, [...(found.get(order) ?? []), refund])
    }
    return found
  }
}
