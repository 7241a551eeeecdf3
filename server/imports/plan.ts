import {
  type ColumnType,
  type ImportKind,
  type ImportOptions,
  importOptions,
} from '../../shared/api/imports.ts'
import type { RowContext } from './cells.ts'
import { checkMapping, guessKind, guessMapping, type Mapping } from './columns.ts'
import { membershipOf } from './programs.ts'
import type { Source } from './source.ts'
import { type Survey, surveyOf } from './survey.ts'
import { type CsvTable, openTable } from './table.ts'

/** A file and what is said of it. */
export interface FileRequest {
  readonly source: Source
  /** Its own name, which may say what it holds. */
  readonly name?: string
  readonly kind?: ImportKind
  /** Without one, columns are taken by their names. */
  readonly mapping?: Mapping
  /** What is said of columns' values; the others' types are found. */
  readonly types?: Readonly<Record<string, ColumnType>>
  readonly options?: Partial<ImportOptions>
}

/** How a file is read: said by a person, or found. */
export interface FilePlan {
  readonly kind: ImportKind
  readonly sure: boolean
  readonly table: CsvTable
  readonly mapping: Mapping
  readonly options: ImportOptions
  readonly membership: RowContext['membership']
  /** Columns of ids and addresses, the likeliest first. */
  readonly keys: readonly number[]
}

const keyFields: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: ['customer_id', 'phone', 'email'],
  orders: ['order_id', 'customer_id', 'phone', 'email'],
  products: ['product_id'],
  entrants: ['customer_id', 'phone', 'email'],
}

/** Problems of `openTable`. */
export async function planOf(request: FileRequest): Promise<FilePlan> {
  const options = importOptions.parse(request.options ?? {})
  const { header, encoding, delimiter, membership } = options
  const table = await openTable(request.source, {
    ...(header === undefined ? {} : { line: header }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  })
  const { columns } = table
  const guess = guessKind(columns)
  const kind = request.kind ?? guess.kind
  const mapping = request.mapping ?? guessMapping(kind, columns)
  const keys = keyFields[kind].flatMap((field) => {
    const index = columns.findIndex((column) => mapping[column] === field)
    return index === -1 ? [] : [index]
  })
  return {
    kind,
    sure: guess.sure && guess.kind === kind,
    table,
    mapping,
    options,
    membership: membership === undefined ? membershipOf(request.name ?? '') : membership,
    keys,
  }
}

/** Finds out whether a file is wrong as a whole: Problems of `openTable` and `checkMapping`. */
export async function checkFile(request: FileRequest): Promise<FilePlan> {
  const plan = await planOf(request)
  checkMapping(plan.kind, plan.table.columns, plan.mapping)
  return plan
}

/** Reads the whole file once, for what has to be known before its first row is written. */
export function surveyPlan(plan: FilePlan, signal?: AbortSignal): Promise<Survey> {
  const { kind, table, mapping, keys } = plan
  return surveyOf(table, { kind, mapping, keys, signal })
}

/** The types that are found, with those that are said; a said type keeps the format that was found for it. */
export function typesOf(
  survey: Survey,
  said: Readonly<Record<string, ColumnType>> = {},
): Readonly<Record<string, ColumnType>> {
  return Object.fromEntries(
    Object.entries(survey.types).map(([column, found]) => {
      const own = Object.hasOwn(said, column) ? said[column] : undefined
      if (own === undefined) return [column, found]
      const format = own.format ?? (own.type === found.type ? found.format : null)
      return [column, { type: own.type, format }]
    }),
  )
}
