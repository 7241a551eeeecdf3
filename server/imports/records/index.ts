import { countRecords, type RecordResult } from '../../../shared/api/records.ts'
import type { RecordBatch, RecordKind } from '../../ports/records.ts'
import { auditWriter } from '../../store/sqlite/audit/audit.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { refusalCounter } from '../../store/sqlite/quality/refusals.ts'
import { customerTaker } from './customers.ts'
import { orderTaker } from './orders.ts'
import { productTaker } from './products.ts'
import { isObject } from './results.ts'

type Taker = (batch: RecordBatch) => RecordResult[]

const takers = {
  customers: customerTaker,
  orders: orderTaker,
  products: productTaker,
} as const satisfies Record<RecordKind, (db: BrandDatabase) => Taker>

/** What the log says of rows that came in: of one by itself whose it is and which fields, of many how many. */
function noter(db: BrandDatabase) {
  const write = auditWriter(db)
  return ({ act, call, kind, records }: RecordBatch, results: readonly RecordResult[]): void => {
    const { created, updated, refused } = countRecords(results)
    // What is known already changes nothing, and neither does what is refused.
    if (created + updated === 0) return
    const [result] = results
    const [record] = records
    if (call === null && typeof result?.id === 'string' && isObject(record?.value))
      write(act, 'customer.saved', result.id, { fields: Object.keys(record.value).join(', ') })
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
  const countRefused = refusalCounter(db)
  return db.sqlite.transaction((batch: RecordBatch): RecordResult[] => {
    const results = takerOf(batch.kind)(batch)
    note(batch, results)
    const refused = results.flatMap(({ status, code }) => (status === 'refused' ? [code ?? ''] : []))
    countRefused(batch.act, batch.kind, refused)
    return results
  }).immediate
}
