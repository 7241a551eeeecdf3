import { Problem } from '../../shared/errors/index.ts'
import { surveyAttributes } from '../store/sqlite/customers/attributes.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { checkMapping, guessMapping, type ImportKind, type Mapping } from './columns.ts'
import { Refusal, type Rejection } from './reasons.ts'
import type { Row } from './records.ts'
import { RejectedRows } from './rejected.ts'
import { rowSaver } from './save.ts'
import type { Encoding, Source } from './source.ts'
import { surveyOf } from './survey.ts'
import { openTable } from './table.ts'

export interface ImportRequest {
  readonly kind: ImportKind
  readonly source: Source
  /** Without one, columns are taken by their names. */
  readonly mapping?: Mapping
  /** Where a time without a zone is read. */
  readonly zone: string
  /** The time of the import, epoch milliseconds. */
  readonly receivedAt: number
  /** Where all rejected rows are written, with their reasons. */
  readonly rejectedPath?: string
}

export interface ImportCounts {
  imported: number
  updated: number
  unchanged: number
  rejected: number
}

export interface ImportProgress extends Readonly<ImportCounts> {
  /** Rows dealt with, and rows in the file. */
  readonly done: number
  readonly of: number
}

export interface ImportReport extends Readonly<ImportCounts> {
  readonly kind: ImportKind
  readonly encoding: Encoding
  readonly mapping: Mapping
  readonly rows: number
  /** The first 1,000. */
  readonly rejections: readonly Rejection[]
}

export interface ImportHooks {
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}

/** Rows of one transaction. */
const batchSize = 2_000

async function* batches(rows: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const some of rows)
    for (const row of some) {
      batch.push(row)
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
  if (batch.length > 0) yield batch
}

/** The table of a file and its mapping, held to each other. */
async function mapped(kind: ImportKind, source: Source, wanted?: Mapping) {
  const table = await openTable(source)
  const mapping = wanted ?? guessMapping(kind, table.columns)
  checkMapping(kind, table.columns, mapping)
  return { table, mapping }
}

/** Finds out whether a file is wrong as a whole: Problems of `openTable` and `checkMapping`. */
export async function checkFile(kind: ImportKind, source: Source): Promise<void> {
  await mapped(kind, source)
}

/**
 * Reads a file of customers or orders into the base, as history: it starts and wakes nothing. A blank cell
 * leaves what is known; the same file twice changes nothing. Rows that cannot enter are listed with line
 * and reason while the others enter; a file that is wrong as a whole changes nothing.
 * Problems of `openTable` and `checkMapping`; `import-cancelled`, after which the batches so far stay.
 */
export async function importFile(
  db: BrandDatabase,
  request: ImportRequest,
  { onProgress, signal }: ImportHooks = {},
): Promise<ImportReport> {
  const { kind, zone, receivedAt } = request
  const { table, mapping } = await mapped(kind, request.source, request.mapping)
  const survey = await surveyOf(table, kind, mapping, signal)
  const save = rowSaver(db, kind, { columns: table.columns, mapping, types: survey.types, zone }, receivedAt)
  const counts: ImportCounts = { imported: 0, updated: 0, unchanged: 0, rejected: 0 }
  const rejected = await RejectedRows.open(table.columns, request.rejectedPath)
  let done = 0
  const report = () => onProgress?.({ ...counts, done, of: survey.rows })
  report()
  try {
    for await (const batch of batches(table.rows())) {
      if (signal?.aborted) throw new Problem('import-cancelled')
      for (const [row, saved] of save(batch)) {
        if (saved instanceof Refusal) rejected.add(row, saved.at(row.line))
        else counts[saved] += 1
      }
      counts.rejected = rejected.count
      done += batch.length
      report()
      await rejected.settle()
    }
  } finally {
    await rejected.close()
  }
  if (kind === 'customers') surveyAttributes(db, receivedAt)
  const { encoding } = table
  return { kind, encoding, mapping, rows: done, ...counts, rejections: rejected.listed }
}
