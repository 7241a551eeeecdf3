/** A sum of whole numbers that cannot overflow, whatever stands in the rows: beyond 64 bits it stays at their end. */
export const wholeSum = (of: string): string => `cast(total(${of}) as integer)`

/** The order that the refund of a row is of, as text; null where its properties cannot be read. */
export const refundOf = (row: string): string =>
  `cast(case when json_valid(${row}.properties) then ${row}.properties ->> '$.order_id' end as text)`

/**
 * What has been given back of the order `e`, before the moment that is its one parameter. By its own index, which is
 * not chosen by itself: a customer of thousands of orders and refunds would take minutes.
 */
export const givenBack = `coalesce((select ${wholeSum('r.amount')} from events r indexed by events_refund
  where r.customer_id = e.customer_id and r.name = 'refund' and r.at < ?
    and ${refundOf('r')} = e.id), 0)`

/** The amount of the order `e` less refunds before a moment: its one parameter, as `standing` has it in memory. */
export const netAmount = `(e.amount - ${givenBack})`

/** Whether the order `e` still stands: not all of it has been given back before a moment, given twice. */
export const orderStands = `not (${givenBack} > 0 and ${givenBack} >= coalesce(e.amount, 0))`
