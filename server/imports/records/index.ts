import { countRecords, type RecordResult } from '../../../shared/api/records.ts'
import type { Expected, RecordBatch, RecordKind } from '../../ports/records.ts'
import { auditWriter } from '../../store/sqlite/audit/audit.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { refusalCounter } from '../../store/sqlite/quality/refusals.ts'
import { customerTaker } from './customers.ts'
import { orderTaker } from './orders.ts'
import { productTaker } from './products.ts'
import { isObject } from './results.ts'
import { seenChecker } from './seen.ts'

type Taker = (batch: RecordBatch) => RecordResult[]

const takers = {
  customers: customerTaker,
  orders: orderTaker,
  products: productTaker,
} as const satisfies Record<RecordKind, (db: BrandDatabase) => Taker>

/** Of a record that a person has made the values that it changes, else all that it says. */
const changedFields = (record: Readonly<Record<string, unknown>>, expected: Expected | undefined) =>
  expected === undefined || expected.values.length === 0
    ? Object.keys(record).filter((name) => expected === undefined || name !== 'id')
    : expected.values.map(({ name }) => name)

/** What the log says of rows that came in: of one by itself whose it is and which fields, of many how many. */
function noter(db: BrandDatabase) {
  const write = auditWriter(db)
  return ({ act, call, kind, records, expected }: RecordBatch, results: readonly RecordResult[]): void => {
    const { created, updated, refused } = countRecords(results)
    // What is known already changes nothing, and neither does what is refused.
    if (created + updated === 0) return
    const [result] = results
    const [record] = records
    if (call === null && typeof result?.id === 'string' && isObject(record?.value))
      write(act, expected === undefined ? 'customer.saved' : 'customer.edited', result.id, {
        fields: changedFields(record.value, expected).join(', '),
      })
    else write(act, 'records.taken', call ?? '', { kind, imported: created, updated, rejected: refused })
  }
}

/** Takes rows in, a batch in one transaction with its line of the log. */
export function recordTaker(db: BrandDatabase): Taker {
  const made = new Map<RecordKind, Taker>()
  const takerOf = (kind: RecordKind): Taker => {
    const taker = made.get(kind) ?? takers[kind](db)
    made.set(kind, taker)
    return taker
  }
  const note = noter(db)
  const asSeen = seenChecker(db)
  const countRefused = refusalCounter(db)
  return db.sqlite.transaction((batch: RecordBatch): RecordResult[] => {
    if (batch.expected !== undefined) asSeen(batch.records[0]?.value, batch.expected)
    const results = takerOf(batch.kind)(batch)
    note(batch, results)
    const refused = results.flatMap(({ status, code }) => (status === 'refused' ? [code ?? ''] : []))
    countRefused(batch.act, batch.kind, refused)
    return results
  }).immediate
}
