/** A sum of whole numbers that cannot overflow, whatever stands in the rows: beyond 64 bits it stays at their end. */
export const wholeSum = (of: string): string => `cast(total(${of}) as integer)`

/** What has been given back of the order `e`, before the moment that is its one parameter. */
const givenBack = `coalesce((select ${wholeSum('r.amount')} from events r
  where r.customer_id = e.customer_id and r.name = 'refund' and r.at < ?
    and cast(json_extract(r.properties, '$.order_id') as text) = e.id), 0)`

/** The amount of the order `e` less refunds before a moment: its one parameter, as `standing` has it in memory. */
export const netAmount = `(e.amount - ${givenBack})`

/** Whether the order `e` still stands: not all of it has been given back before a moment, given twice. */
export const orderStands = `not (${givenBack} > 0 and ${givenBack} >= coalesce(e.amount, 0))`
