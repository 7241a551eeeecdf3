import { customerSaver } from '../store/sqlite/customers/customers.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { orderSaver } from '../store/sqlite/events/events.ts'
import type { ImportKind } from './columns.ts'
import { Refusal } from './reasons.ts'
import type { Row } from './records.ts'
import { customerReader, orderReader, type RowContext } from './rows.ts'

/** What became of a row. */
export type Saved = 'imported' | 'updated' | 'unchanged' | Refusal

/** Saves a batch of rows in one transaction, in their order. */
type SaveRows = (rows: readonly Row[]) => (readonly [Row, Saved])[]

/** The cells of a row, or why they cannot be read one by one. */
function shaped({ cells }: Row, columns: number): readonly string[] | Refusal {
  if (cells === null) return new Refusal('broken-quotes')
  if (cells.length === columns) return cells
  return new Refusal('wrong-columns', { found: cells.length, expected: columns })
}

function saverOf<Entry extends object, Answer>(
  columns: number,
  read: (cells: readonly string[]) => Entry | Refusal,
  save: (entries: readonly Entry[]) => Answer[],
  saved: (answer: Answer, entry: Entry) => Saved,
): SaveRows {
  return (rows) => {
    const entries = rows.map((row) => {
      const cells = shaped(row, columns)
      return { row, entry: cells instanceof Refusal ? cells : read(cells) }
    })
    const good = entries.flatMap(({ row, entry }) => (entry instanceof Refusal ? [] : [{ row, entry }]))
    const answers = save(good.map(({ entry }) => entry))
    const outcomes = new Map<Row, Saved>()
    for (const { row, entry } of entries) if (entry instanceof Refusal) outcomes.set(row, entry)
    for (const [index, answer] of answers.entries()) {
      const one = good[index]
      if (one !== undefined) outcomes.set(one.row, saved(answer, one.entry))
    }
    return rows.flatMap((row) => {
      const outcome = outcomes.get(row)
      return outcome === undefined ? [] : [[row, outcome] as const]
    })
  }
}

function customerRows(db: BrandDatabase, context: RowContext, receivedAt: number): SaveRows {
  const save = customerSaver(db)
  return saverOf(
    context.columns.length,
    customerReader(context),
    (patches) => save(patches, receivedAt),
    (answer, { id }) => (answer === 'conflict' ? new Refusal('duplicate-customer', { id }) : answer),
  )
}

function orderRows(db: BrandDatabase, context: RowContext, receivedAt: number): SaveRows {
  const save = orderSaver(db)
  return saverOf(
    context.columns.length,
    orderReader(context),
    (orders) => save(orders, receivedAt),
    (answer, { id, customerId }) => {
      if (answer === 'conflict') return new Refusal('duplicate-order', { id })
      if (answer === 'known') return new Refusal('order-known', { id })
      return answer === 'unknown-customer' ? new Refusal(answer, { customer: customerId }) : answer
    },
  )
}

/** Reads and saves the rows of one file; the saver remembers what the file has said before. */
export function rowSaver(
  db: BrandDatabase,
  kind: ImportKind,
  context: RowContext,
  receivedAt: number,
): SaveRows {
  return kind === 'customers' ? customerRows(db, context, receivedAt) : orderRows(db, context, receivedAt)
}
