import type { DuckDBValue } from '@duckdb/node-api'
import type { Value } from '../../../shared/conditions/customer.ts'
import { hasLines, soldIn } from '../../../shared/conditions/lines.ts'
import { orderEvent, refundEvent, refundedOrder } from '../../../shared/conditions/purchases.ts'
import { returnedIn } from '../../../shared/conditions/returns.ts'
import { wellFormed } from '../../../shared/conditions/same.ts'
import type { CopiedColumn, TableBeside } from './columns.ts'
import { answersOf, propertiesIn } from './columns-event.ts'
import { jsonOf, numberIn, textIn } from './columns-read.ts'

/** Properties of lines that have a column of their own. */
export const lineColumns = ['sku', 'title', 'category', 'quantity', 'price'] as const

const whole = (value: Value): Value =>
  typeof value === 'string'
    ? wellFormed(value)
    : typeof value === 'object'
      ? value.map((one) => (typeof one === 'string' ? wellFormed(one) : one))
      : value

const memberOf = (answers: Readonly<Record<string, Value>>, name: string): string | null => {
  const value = Object.hasOwn(answers, name) ? answers[name] : undefined
  return value === undefined ? null : JSON.stringify(whole(value))
}

const none: readonly (readonly DuckDBValue[])[] = []

/** So much of an event's number each line lies behind its order, so that what has arrived stays in its order. */
export const lineStep = 1 / 256

/** What was bought, line by line, of the orders that say so; of the others each is a line itself. */
export const linesTable: TableBeside = {
  name: 'lines',
  columns: [
    { name: 'seq', type: 'DOUBLE' },
    /** The order's. */
    { name: 'id', type: 'VARCHAR' },
    { name: 'moment', type: 'DOUBLE' },
    { name: 'amount', type: 'DOUBLE' },
    { name: 'properties', type: 'VARCHAR' },
    // What is asked for most, each as the JSON that stands among the properties: looked up, not parsed.
    ...lineColumns.map((name): CopiedColumn => ({ name, type: 'VARCHAR' })),
    /** What the whole order came to. */
    { name: 'whole', type: 'DOUBLE' },
    // By what refunds that name it are taken off, see `Returnable`.
    { name: 'good', type: 'VARCHAR' },
    { name: 'pieces', type: 'DOUBLE' },
    { name: 'earlier', type: 'DOUBLE' },
    { name: 'earlier_worth', type: 'DOUBLE' },
  ],
  rows([seq, id, name, at, amount, written]) {
    const properties = name === orderEvent ? propertiesIn(written) : null
    if (properties === null || !hasLines(properties)) return none
    const order = {
      ...{ id: textIn(id) ?? '', name: orderEvent, at: numberIn(at) ?? 0, amount: numberIn(amount) },
      ...{ properties, seq: numberIn(seq) ?? 0 },
    }
    const standing = soldIn(order).filter(({ stands }) => stands)
    return standing.map(({ event, sku, pieces, earlier, earlierWorth }, place) => {
      const answers = answersOf(event.properties)
      return [
        order.seq + (place + 1) * lineStep,
        order.id,
        order.at,
        event.amount,
        jsonOf(answers),
        ...lineColumns.map((name) => memberOf(answers, name)),
        order.amount,
        ...[sku, pieces, earlier, earlierWorth],
      ]
    })
  },
}

/** What refunds have given back of single lines. */
export const returnedTable: TableBeside = {
  name: 'returned',
  columns: [
    /** The refund's. */
    { name: 'seq', type: 'DOUBLE' },
    { name: 'moment', type: 'DOUBLE' },
    { name: 'refund_of', type: 'VARCHAR' },
    { name: 'good', type: 'VARCHAR' },
    { name: 'pieces', type: 'DOUBLE' },
    { name: 'money', type: 'DOUBLE' },
    { name: 'unpriced', type: 'DOUBLE' },
  ],
  rows([seq, _id, name, at, _amount, written]) {
    const properties = name === refundEvent ? propertiesIn(written) : null
    const order = properties === null ? null : refundedOrder(properties)
    if (properties === null || order === null) return none
    return returnedIn(properties).map(({ sku, pieces, money, unpriced }) => [
      ...[numberIn(seq), numberIn(at), order, sku, pieces, money, unpriced],
    ])
  },
}
