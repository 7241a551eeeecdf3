import { type ProductRecord, productRecord } from '../../../shared/api/products.ts'
import type { RecordResult } from '../../../shared/api/records.ts'
import { limits } from '../../../shared/limits.ts'
import type { RecordBatch } from '../../ports/records.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { type ProductPatch, productSaver } from '../../store/sqlite/products/products.ts'
import type { CellFault } from '../cells.ts'
import { Refusal } from '../reasons.ts'
import { readId } from '../values.ts'
import { invalidRecord, isObject, refusedRecord, takenRecord, type Why } from './results.ts'
import { cellOf, isScalar, shown } from './written.ts'

interface Row {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
  readonly faults: CellFault[]
}

const known: ReadonlySet<string> = new Set(Object.keys(productRecord.shape))

/** Any other field is an attribute: a text, a number, yes or no. */
function othersOf(
  record: ProductRecord,
  faults: CellFault[],
): Record<string, string | number | boolean | null> {
  const others = Object.entries(record).filter(([name]) => !known.has(name))
  const kept = others.flatMap(([column, value]) => {
    const short = column.trim() !== '' && column.length <= limits.nameLength.value
    if (short && (value === null || isScalar(value))) return [[column, value] as const]
    const refusal = new Refusal(short ? 'no-value' : 'long-name', { column: shown(column) })
    faults.push({ column: shown(column), value: shown(value), refusal })
    return []
  })
  return Object.fromEntries(kept)
}

function patchOf(value: unknown, faults: CellFault[]): ProductPatch | Why {
  const parsed = productRecord.safeParse(value)
  if (!parsed.success) return invalidRecord(parsed.error)
  const { data } = parsed
  const id = readId(cellOf(data.id), 'id')
  if (id instanceof Refusal) return id
  const { title, price, stock, category, image, link, attributes = {} } = data
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(price === undefined ? {} : { price }),
    ...(stock === undefined ? {} : { stock }),
    ...(category === undefined ? {} : { category }),
    ...(image === undefined ? {} : { image }),
    ...(link === undefined ? {} : { link }),
    attributes: { ...attributes, ...othersOf(data, faults) },
  }
}

const isWhy = (patch: ProductPatch | Why): patch is Why => patch instanceof Refusal || 'code' in patch

/** Takes products in, within the caller's transaction. */
export function productTaker(db: BrandDatabase): (batch: RecordBatch) => RecordResult[] {
  const save = productSaver(db)
  return ({ records, act }) => {
    const results = new Map<number, RecordResult>()
    const good: { row: Row; patch: ProductPatch }[] = []
    for (const { line, value } of records) {
      if (!isObject(value)) continue
      const row: Row = { line, value, faults: [] }
      const patch = patchOf(value, row.faults)
      if (isWhy(patch)) results.set(line, refusedRecord(row, patch))
      else good.push({ row, patch })
    }
    const saved = save(
      good.map(({ patch }) => patch),
      act.at,
    )
    for (const [index, status] of saved.entries()) {
      const one = good[index]
      if (one !== undefined) results.set(one.row.line, takenRecord(one.row, one.patch.id, status))
    }
    return records.flatMap(({ line }) => results.get(line) ?? [])
  }
}
