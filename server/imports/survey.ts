import { Problem } from '../../shared/errors/index.ts'
import type { ImportKind, Mapping } from './columns.ts'
import type { ColumnType } from './rows.ts'
import type { CsvTable } from './table.ts'

/** What has to be known of the whole file before its first row is written. */
export interface Survey {
  /** Rows below the header, the broken ones included. */
  readonly rows: number
  readonly types: Readonly<Record<string, ColumnType>>
}

/** At most 15 digits, which a number holds exactly; a leading zero or plus is part of a code, not of a number. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/

/** What a column's values are, as far as they have been seen. */
class ColumnSurvey {
  readonly #lists: boolean
  #values = 0
  #numbers = 0
  #divided = 0

  constructor(lists: boolean) {
    this.#lists = lists
  }

  see(cell: string): void {
    const text = cell.trim()
    if (text === '') return
    this.#values += 1
    if (plainNumber.test(text)) this.#numbers += 1
    else if (this.#lists && text.includes('|')) this.#divided += 1
  }

  type(): ColumnType {
    if (this.#divided > 0) return 'list'
    return this.#values > 0 && this.#numbers === this.#values ? 'number' : 'text'
  }
}

/**
 * Reads the whole file once. A column whose every value is a plain number holds numbers; of orders, one
 * with a value divided by `|` holds lists; others hold text. Problem `import-cancelled`.
 */
export async function surveyOf(
  table: CsvTable,
  kind: ImportKind,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<Survey> {
  const extras = table.columns.flatMap((column, index) =>
    mapping[column] === 'attribute' ? [{ column, index, survey: new ColumnSurvey(kind === 'orders') }] : [],
  )
  let rows = 0
  for await (const some of table.rows()) {
    if (signal?.aborted) throw new Problem('import-cancelled')
    rows += some.length
    for (const { cells } of some) {
      if (cells?.length !== table.columns.length) continue
      for (const { index, survey } of extras) survey.see(cells[index] ?? '')
    }
  }
  return {
    rows,
    types: Object.fromEntries(extras.map(({ column, survey }) => [column, survey.type()])),
  }
}
