import { byId, type CustomerOrder, orderIn, orderText } from '../../../shared/api/customer-sort.ts'

/** As the address says it; an address of another day may ask for an order that there is not. */
export function orderOf(sort: string | undefined, audience: string | undefined): CustomerOrder {
  const order = sort === undefined ? null : orderIn(sort)
  return order === null || (order.by === 'member_since' && audience === undefined) ? byId : order
}

/** As it is asked for: nothing where it is the usual one. */
export const sortAsked = (order: CustomerOrder): string | undefined =>
  order.by === 'id' ? undefined : orderText(order)
