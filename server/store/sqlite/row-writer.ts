import type Database from 'better-sqlite3'

type Cell = string | number | null

/** Rows of one statement: more of them save calls, but make the statement longer. */
const rowsAtOnce = 32

/**
 * Inserts many rows with few calls: rows are gathered and written 32 to a statement, which costs a quarter
 * less than one statement for each.
 */
export class RowWriter {
  readonly #columns: number
  readonly #many: Database.Statement
  readonly #one: Database.Statement
  /** Filled from the front and used again: a list that grows anew for each statement costs more than binding it. */
  readonly #cells: Cell[]
  #filled = 0

  /** `insert` is the statement up to `values`; `columns` is the number of its columns. */
  constructor(sqlite: Database.Database, insert: string, columns: number) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
    this.#columns = columns
    this.#cells = Array.from({ length: columns * rowsAtOnce }, () => null)
    this.#many = sqlite.prepare(
      `${insert} values ${Array.from({ length: rowsAtOnce }, () => row).join(', ')}`,
    )
    this.#one = sqlite.prepare(`${insert} values ${row}`)
  }

  add(...row: Cell[]): void {
    for (const cell of row) this.#cells[this.#filled++] = cell
    if (this.#filled < this.#cells.length) return
    this.#filled = 0
    this.#many.run(this.#cells)
  }

  /** Writes what is left. */
  flush(): void {
    const filled = this.#filled
    this.#filled = 0
    for (let start = 0; start < filled; start += this.#columns)
      this.#one.run(this.#cells.slice(start, start + this.#columns))
  }

  /** Forgets what a transaction that failed has left. */
  clear(): void {
    this.#filled = 0
  }
}
