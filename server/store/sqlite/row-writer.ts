import type Database from 'better-sqlite3'

export type Cell = string | number | null

/** Rows of one statement: more of them save calls, but make the statement longer. */
const rowsAtOnce = 32
/** So many statements are kept; rows in which yet others are alike go by the general one. */
const mostForms = 16

/** A statement for rows that have the same in some columns, which is bound once; a value costs about as much as its row. */
interface Form {
  readonly statement: Database.Statement
  /** The columns in which the rows differ. */
  readonly differing: readonly number[]
  readonly shared: readonly number[]
  /** What is bound: used again, as lists that grow anew for each statement cost more than binding them. */
  readonly cells: Cell[]
  readonly names: Record<string, Cell>
}

/**
 * Inserts many rows with few calls: rows are gathered and written 32 to a statement, which costs half of one
 * statement for each.
 */
export class RowWriter {
  readonly #sqlite: Database.Database
  readonly #insert: string
  readonly #columns: number
  readonly #one: Database.Statement
  /** By the columns in which the rows are the same, a bit each. */
  readonly #forms = new Map<number, Form>()
  readonly #cells: Cell[]
  #filled = 0

  /** `insert` is the statement up to `values`; `columns` is the number of its columns, 30 at most. */
  constructor(sqlite: Database.Database, insert: string, columns: number) {
    this.#sqlite = sqlite
    this.#insert = insert
    this.#columns = columns
    this.#cells = Array.from({ length: columns * rowsAtOnce }, () => null)
    this.#one = sqlite.prepare(`${insert} values (${Array.from({ length: columns }, () => '?').join(', ')})`)
  }

  add(...row: Cell[]): void {
    for (const cell of row) this.#cells[this.#filled++] = cell
    if (this.#filled < this.#cells.length) return
    this.#filled = 0
    this.#writeMany()
  }

  #writeMany(): void {
    const { statement, differing, shared, cells, names } = this.#formOf(this.#sameColumns())
    let next = 0
    for (let start = 0; start < this.#cells.length; start += this.#columns)
      for (const column of differing) cells[next++] = this.#cells[start + column] ?? null
    for (const column of shared) names[nameOf(column)] = this.#cells[column] ?? null
    if (shared.length === 0) statement.run(cells)
    else statement.run(cells, names)
  }

  /** The columns in which all gathered rows have the same, a bit each. */
  #sameColumns(): number {
    let same = 0
    for (let column = 0; column < this.#columns; column += 1) {
      const first = this.#cells[column]
      let at = column + this.#columns
      while (at < this.#cells.length && this.#cells[at] === first) at += this.#columns
      if (at >= this.#cells.length) same |= 1 << column
    }
    return same
  }

  #formOf(same: number): Form {
    const known = this.#forms.get(same)
    if (known !== undefined) return known
    // The last place is the general statement's.
    if (same !== 0 && this.#forms.size >= mostForms - 1) return this.#formOf(0)
    const columns = Array.from({ length: this.#columns }, (_, column) => column)
    const isShared = (column: number) => ((same >> column) & 1) === 1
    const row = `(${columns.map((column) => (isShared(column) ? `@${nameOf(column)}` : '?')).join(', ')})`
    const values = Array.from({ length: rowsAtOnce }, () => row).join(', ')
    const differing = columns.filter((column) => !isShared(column))
    const form: Form = {
      statement: this.#sqlite.prepare(`${this.#insert} values ${values}`),
      differing,
      shared: columns.filter(isShared),
      cells: Array.from({ length: differing.length * rowsAtOnce }, () => null),
      names: {},
    }
    this.#forms.set(same, form)
    return form
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

const columnNames = Array.from({ length: 30 }, (_, column) => `c${column}`)
const nameOf = (column: number): string => columnNames[column] ?? `c${column}`
