import type { DuckDBValue } from '@duckdb/node-api'
import { hasLines, linesOf } from '../../../shared/conditions/lines.ts'
import { orderEvent } from '../../../shared/conditions/purchases.ts'
import type { TableBeside } from './columns.ts'
import { answersOf, propertiesIn } from './columns-event.ts'
import { jsonOf, numberIn, textIn } from './columns-read.ts'

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
    /** What the whole order came to. */
    { name: 'whole', type: 'DOUBLE' },
  ],
  rows([seq, id, name, at, amount, written]) {
    const properties = name === orderEvent ? propertiesIn(written) : null
    if (properties === null || !hasLines(properties)) return none
    const order = {
      ...{ id: textIn(id) ?? '', name: orderEvent, at: numberIn(at) ?? 0, amount: numberIn(amount) },
      ...{ properties, seq: numberIn(seq) ?? 0 },
    }
    return linesOf(order).map((line, place) => [
      order.seq + (place + 1) * lineStep,
      order.id,
      order.at,
      line.amount,
      jsonOf(answersOf(line.properties)),
      order.amount,
    ])
  },
}
