import type { ImportField, ImportKind } from '../../shared/api/imports.ts'
import { ColumnSample, type Declared } from '../../shared/conditions/types/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { textAt } from './cells.ts'
import { cleanRow, kept } from './clean.ts'
import type { Mapping } from './columns.ts'
import { type DecimalMark, DecimalSurvey } from './decimals.ts'
import { noDataReader } from './lines.ts'
import { Refusal, type Rejection } from './reasons.ts'
import { Scatter } from './scatter.ts'
import { shaped } from './shape.ts'
import type { CsvTable } from './table.ts'

/** What has to be known of the whole file before its first row is written. */
export interface Survey {
  /** Rows below the header, the broken ones included. */
  readonly rows: number
  /** Of every column, from its values and its name. */
  readonly types: Readonly<Record<string, Declared>>
  /** Columns of days of which no value tells whether the day or the month comes first. */
  readonly ambiguous: readonly string[]
  /** Columns whose long numbers all end in zeros after the 15th digit. */
  readonly rounded: ReadonlySet<string>
  /** How the file's amounts are written, and whether some of them are written otherwise. */
  readonly decimals: { readonly mark: DecimalMark; readonly mixed: boolean }
  /** Columns in which somebody says that they want no marketing. */
  readonly refusing: readonly string[]
  /** Columns without any value. */
  readonly empty: readonly string[]
  /** The first rows that are no data, by what they are. */
  readonly noData: readonly Rejection[]
  /** The lines of the first rows whose quotation marks do not add up. */
  readonly broken: readonly number[]
  /** Numbers of orders that stand in several places of the file. */
  readonly scattered: ReadonlySet<string>
}

/** Values of a column that are looked at closely; every further one in so many after them. */
const close = 2_000
const every = 50
/** Leading zeros, a plus, or more digits than a number holds: what makes a column one of codes. */
const code = /^\+|^0\d|^-?[\d.,]{16,}/
const long = /^\d{16,}$/
/** Words that say nothing else than that somebody wants no marketing. */
const refusal =
  /^(?:已?退订|已?取消订阅|已?拒收|未订阅|不同意营销|黑名单|已拉黑|免打扰|unsubscribed|opted[-_ ]?out|(?:never|not|non)[-_ ]?subscribed|do not contact|suppressed)$/i
const longestRefusal = 20
const dayPair = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b/

/** What a column's values are, as far as they have been seen. */
class ColumnSurvey {
  readonly #name: string
  readonly #sample = new ColumnSample()
  #values = 0
  #codes = 0
  #long = 0
  #rounded = 0
  #pairs = 0
  #ordered = 0
  #refusing = false

  constructor(name: string) {
    this.#name = name
  }

  see(text: string): void {
    if (text === '') return
    this.#values += 1
    if (this.#values <= close || this.#values % every === 0) {
      this.#sample.see(kept(text))
      if (text.length <= longestRefusal && refusal.test(text)) this.#refusing = true
    }
    // What begins with neither a digit nor a sign is no number, no long id and no day of two numbers.
    const first = text.charCodeAt(0)
    if (first < 43 || first > 57) return
    if (code.test(text)) this.#codes += 1
    if (text.length > 15 && long.test(text)) {
      this.#long += 1
      if (/^0+$/.test(text.slice(15))) this.#rounded += 1
    }
    const pair = first < 48 ? null : dayPair.exec(text)
    if (pair === null || pair[1] === pair[2]) return
    this.#pairs += 1
    if (Number(pair[1]) > 12 || Number(pair[2]) > 12) this.#ordered += 1
  }

  get declared(): Declared {
    const declared = this.#sample.declared(this.#name)
    // One code among a million numbers makes all of them codes; the sample may have missed it.
    const number = declared.type === 'number' || declared.type === 'money'
    return number && this.#codes > 0 ? { type: 'text', format: null } : declared
  }

  get ambiguous(): boolean {
    return this.#pairs > 0 && this.#ordered === 0
  }

  get refusing(): boolean {
    return this.#refusing
  }

  get rounded(): boolean {
    return this.#long >= 2 && this.#rounded === this.#long
  }

  get empty(): boolean {
    return this.#values === 0
  }
}

/** Fields that hold amounts. */
const ofMoney: ReadonlySet<string> = new Set<ImportField>([
  ...(['amount', 'net', 'tax', 'shipping', 'discount', 'refunded', 'price'] as const),
  ...(['item_price', 'item_discount', 'item_tax', 'item_refunded'] as const),
])

/** Rows that are no data of which an inspection names so many. */
const named = 20

export interface SurveyOptions {
  readonly kind: ImportKind
  readonly mapping: Mapping
  readonly keys: readonly number[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads the whole file once: what its columns hold, which rows are no data, which orders stand in several
 * places. Problem `import-cancelled`.
 */
export async function surveyOf(table: CsvTable, options: SurveyOptions): Promise<Survey> {
  const { kind, mapping, keys, signal } = options
  const { columns, header } = table
  const surveys = columns.map((column) => new ColumnSurvey(column))
  const noDataOf = noDataReader({ header, keys })
  const orderId = kind === 'orders' ? columns.findIndex((column) => mapping[column] === 'order_id') : -1
  const scatter = new Scatter()
  const decimals = new DecimalSurvey()
  const amounts = columns.flatMap((column, index) => (ofMoney.has(mapping[column] ?? '') ? [index] : []))
  const noData: Rejection[] = []
  const broken: number[] = []
  let rows = 0
  for await (const some of table.rows()) {
    if (signal?.aborted) throw new Problem('import-cancelled')
    rows += some.length
    for (const row of some) {
      if (row.cells === null) {
        if (broken.length < named) broken.push(row.line)
        continue
      }
      const clean = cleanRow(row.cells)
      const passed = noDataOf(clean)
      if (passed !== null) {
        if (noData.length < named) noData.push(passed.at(row.line))
        continue
      }
      const cells = shaped(clean, columns.length)
      if (cells instanceof Refusal) continue
      for (let index = 0; index < columns.length; index += 1) surveys[index]?.see(textAt(cells, index))
      for (const index of amounts) decimals.see(textAt(cells, index))
      if (orderId !== -1) scatter.see(textAt(cells, orderId))
    }
  }
  const which = (has: (survey: ColumnSurvey) => boolean) =>
    columns.filter((_, index) => has(surveys[index] ?? new ColumnSurvey('')))
  return {
    rows,
    types: Object.fromEntries(
      columns.map((column, index) => [column, surveys[index]?.declared ?? { type: 'text', format: null }]),
    ),
    ambiguous: which((survey) => survey.ambiguous),
    rounded: new Set(which((survey) => survey.rounded)),
    decimals: { mark: decimals.mark, mixed: decimals.mixed },
    refusing: which((survey) => survey.refusing),
    empty: which((survey) => survey.empty),
    noData,
    broken,
    scattered: scatter.again,
  }
}
