import { balanceName } from '../../shared/conditions/ledger.ts'

/** A customer's attributes, an object of JSON, with what the ledger of points sums up to in place of one of that name. */
export const withBalanceSql = (attributes: string, customerId: string): string =>
  `coalesce((select json_set(${attributes}, '$.${balanceName}', sum(p.amount)) from points p
    where p.customer_id = ${customerId} group by p.customer_id), ${attributes})`
