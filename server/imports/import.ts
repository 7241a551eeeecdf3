import type { ColumnType, ImportAnswer, ImportCounts, ImportKind } from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { importOrigin } from '../../shared/origins/kinds.ts'
import { AttributeTally, chosenTypes, tallyKeeper } from '../store/sqlite/customers/attributes.ts'
import { sharedAddresses } from '../store/sqlite/customers/customer-addresses.ts'
import type { AttributesChanged } from '../store/sqlite/customers/customers.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { bringForwardOwnDays } from '../store/sqlite/journeys/own-days.ts'
import { oneByOne, spanning } from '../store/sqlite/span.ts'
import type { RowContext } from './cells.ts'
import type { Mapping } from './columns.ts'
import { type EntrantsInto, othersOut } from './entrants.ts'
import { checkFile, type FilePlan, type FileRequest, surveyPlan, typesOf } from './plan.ts'
import { Refusal, type Rejection } from './reasons.ts'
import type { Row } from './records.ts'
import { LeftOut, type LeftOutCell, type PassedRows } from './report.ts'
import { type Lines, type Saved, type Tally, unitSaver } from './save.ts'
import type { Encoding } from './source.ts'
import type { Survey } from './survey.ts'
import { type Unit, type Units, unitsOf } from './units.ts'

export interface ImportRequest extends FileRequest {
  /** By which it is listed, where it is. */
  readonly id?: string
  readonly kind: ImportKind
  /** Where a time without a zone is read. */
  readonly zone: string
  /** The brand's; amounts in another are refused. */
  readonly currency: string
  /** The time of the import, epoch milliseconds. */
  readonly receivedAt: number
  /** The real time, where the brand's own clock is moved by hand. */
  readonly realAt?: number
  /** The journey or the audience that a list of customers is let into; the problem where there is none is the caller's. */
  readonly into?: EntrantsInto
  /** Where all that does not enter is written, with the reasons. */
  readonly rejectedPath?: string
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
  /** Of the columns that are no field. */
  readonly types: Readonly<Record<string, ColumnType>>
  readonly rows: number
  /** The first 1,000. */
  readonly rejections: readonly Rejection[]
  readonly passedRows: readonly PassedRows[]
  /** The first 1,000. */
  readonly cellFaults: readonly LeftOutCell[]
  /** Addresses that several customers have, where the file is one of customers. */
  readonly shared: ImportAnswer['shared']
}

export interface ImportHooks {
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
  /** Waited for between two batches, so that others come to write too. */
  readonly rest?: () => Promise<void>
  /** Nobody else has the folder: many batches become one transaction. */
  readonly alone?: boolean
}

/** Shared addresses that a report names, and the customers of each. */
const namedShared = 20
const namedOwners = 5
/** Units of one transaction, beside which others come to write. */
const batchSize = 1_000
/** Units that are written at one go where nobody else writes: the more, the more of them fall beside each other. */
const goSize = 4_000
/** Characters of a batch's rows, of whatever width they are. */
const batchLength = 16_000_000

async function* batches(plan: FilePlan, units: Units, size: number): AsyncGenerator<Unit[]> {
  let batch: Unit[] = []
  let length = 0
  for await (const some of plan.table.rows())
    for (const row of some) {
      length += row.text.length
      for (const unit of units.take(row)) batch.push(unit)
      if (batch.length < size && length < batchLength) continue
      yield batch
      batch = []
      length = 0
    }
  for (const unit of units.end()) {
    batch.push(unit)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const tellingSaved = ['imported', 'updated', 'unchanged'] as const

/** Counts what became of rows, and lists what did not enter. */
class Taking {
  readonly tally: Tally = { created: 0, matched: 0, withdrawn: 0, removed: 0 }
  readonly #leftOut: LeftOut
  readonly #counts = { imported: 0, updated: 0, unchanged: 0, lines: 0 }
  done = 0

  constructor(leftOut: LeftOut) {
    this.#leftOut = leftOut
  }

  get counts(): ImportCounts {
    return {
      ...this.#counts,
      ...this.tally,
      rejected: this.#leftOut.rejected,
      passed: this.#leftOut.passed.reduce((sum, { count }) => sum + count, 0),
      cells: this.#leftOut.cellCount,
    }
  }

  saved(saved: Exclude<Saved, Refusal>): void {
    const telling = tellingSaved.find((one) => one === saved)
    this.#counts[telling ?? 'lines'] += 1
  }

  take(batch: readonly Unit[], save: ReturnType<typeof unitSaver>): void {
    const whole: Lines[] = []
    const told: { row: Row; tell: () => void }[] = []
    for (const unit of batch) {
      if ('lines' in unit) {
        whole.push(unit.lines)
        this.done += unit.lines.length
        continue
      }
      this.done += 1
      const { row } = unit
      if ('again' in unit) this.saved('unchanged')
      else told.push({ row, tell: () => this.#leftOut.addRow(row, unit.refusal) })
    }
    for (const { line, saved, faults } of save(whole)) {
      const { row } = line
      if (saved instanceof Refusal) told.push({ row, tell: () => this.#leftOut.addRow(row, saved) })
      else {
        this.saved(saved)
        // What is wrong in a row that stays outside is told with the row.
        if (faults.length > 0) told.push({ row, tell: () => this.#leftOut.addCells(row, faults) })
      }
    }
    for (const { tell } of told.sort((one, other) => one.row.line - other.row.line)) tell()
  }
}

function contextOf(
  db: BrandDatabase,
  { kind, table, mapping, membership }: FilePlan,
  survey: Survey,
  { zone, currency, receivedAt, realAt = receivedAt, types }: ImportRequest,
): RowContext {
  const known = kind === 'customers' ? chosenTypes(db) : {}
  const { columns } = table
  return {
    ...{ columns, mapping, membership, zone, currency, today: Math.max(receivedAt, realAt) },
    types: typesOf(survey, { ...known, ...types }),
    rounded: survey.rounded,
    decimalMark: survey.decimals.mark,
  }
}

/** Types of the columns that became attributes or properties. */
function ownTypes({ columns, mapping, types }: RowContext): Record<string, ColumnType> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const type = types[column]
      return mapping[column] === 'attribute' && type !== undefined ? [[column, { ...type }] as const] : []
    }),
  )
}

/** Addresses of the base that several customers bear: the first of them, and how many there are. */
function sharedIn(db: BrandDatabase): ImportAnswer['shared'] {
  const { addresses, total } = sharedAddresses(db, { limit: namedShared })
  return {
    count: total,
    addresses: addresses.map(({ address, customers }) => ({
      address,
      customers: customers.map(({ id }) => id).slice(0, namedOwners),
    })),
  }
}

/**
 * Reads a file of customers or orders into the base, as history: it starts and wakes nothing. A blank cell
 * leaves what is known; the same file twice changes nothing. A cell that cannot be read is listed and left
 * out; a row is refused only where its id or another part that it must have cannot be used; rows that are
 * no data or no purchase are passed over, and told. A file that is wrong as a whole changes nothing.
 * Problems of `openTable` and `checkMapping`; `import-cancelled`, after which the batches so far stay.
 */
export async function importFile(
  db: BrandDatabase,
  request: ImportRequest,
  { onProgress, signal, rest = async () => undefined, alone = false }: ImportHooks = {},
): Promise<ImportReport> {
  const { receivedAt } = request
  const plan = await checkFile(request)
  const { kind, table, mapping, keys, options } = plan
  const survey = await surveyPlan(plan, signal)
  const context = contextOf(db, plan, survey, request)
  const leftOut = await LeftOut.open(table.columns, request.rejectedPath)
  const taking = new Taking(leftOut)
  const { tally } = taking
  const { createCustomers, takeAll } = options
  const attributes = new AttributeTally(ownTypes(context), context)
  const changed: AttributesChanged = (said, before) => attributes.changed(said, before)
  const counting = tallyKeeper(db, attributes, new Set(Object.keys(request.types ?? {})), receivedAt)
  const { into, name = '', id = '' } = request
  const origin = importOrigin(name, id)
  const named = new Set<string>()
  const save = unitSaver(db, kind, {
    context,
    receivedAt,
    origin,
    createCustomers,
    tally,
    changed,
    into,
    named,
  })
  const { columns, header } = table
  const units = unitsOf({ kind, columns, header, mapping, keys, scattered: survey.scattered, takeAll })
  // Refused before anything is done where another writes, a batch is done again; broken off, nothing of it stays.
  const writing = alone ? spanning(db) : oneByOne(db)
  const report = () => onProgress?.({ ...taking.counts, done: taking.done, of: survey.rows })
  report()
  try {
    for await (const batch of batches(plan, units, alone ? goSize : batchSize)) {
      if (signal?.aborted) throw new Problem('import-cancelled')
      await writing.put(() => {
        taking.take(batch, save)
        counting.keep()
      })
      await rest()
      report()
      await leftOut.settle()
    }
    if (into !== undefined)
      for (const takeOut of othersOut(db, into, named)) {
        await writing.put(() => {
          tally.removed += takeOut()
        })
        await rest()
      }
  } finally {
    await writing.end()
    await leftOut.close()
  }
  const types = ownTypes(context)
  if (kind === 'customers') {
    await writing.put(() => {
      counting.end()
      bringForwardOwnDays(db, registry, receivedAt)
    })
    await writing.end()
  }
  return {
    ...{ kind, encoding: table.encoding, mapping, types, rows: taking.done },
    ...taking.counts,
    rejections: leftOut.rejections,
    passedRows: leftOut.passed,
    cellFaults: leftOut.cells,
    shared: kind === 'customers' ? sharedIn(db) : { count: 0, addresses: [] },
  }
}
