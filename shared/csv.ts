/**
 * CSV for people, which spreadsheets open: whatever they would take for a formula is led by an apostrophe. A number
 * by itself stays as it is, also with its sign (-12.50, +8613800138000): it computes nothing, and with an apostrophe
 * nobody could add it up or dial it. An apostrophe that stood there already is led by another, so that taking one off
 * gives back every cell as it was.
 */

/** Blanks, marks that are not seen, and quotation marks: a spreadsheet may look behind them. */
const before = /^[\s\p{Cc}\p{Cf}'"‘’“”`´＇＂]+/u
const sign = /^[=+\-@]/
const number = /^\s*[+-]?\d+(?:[.,]\d+)*\s*$/
/** By themselves they can begin a new cell or line where a spreadsheet splits carelessly. */
const breaking = /^'*[\t\r\n]/

function isFormula(cell: string): boolean {
  if (breaking.test(cell)) return true
  const [first = ''] = cell.replace(before, '')
  // Full-width and small signs count as what they stand for.
  return sign.test(first.normalize('NFKC')) && !number.test(cell)
}

/** A cell that no spreadsheet computes. */
export const guarded = (cell: string): string => (isFormula(cell) ? `'${cell}` : cell)

/** The cell that was guarded. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell

const quoted = (cell: string) => `"${guarded(cell).replaceAll('"', '""')}"`

/** What a file begins with: UTF-8 with the mark that spreadsheets look for. */
export const csvMark = '\uFEFF'

/** One line, its end included. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`

/** Rows as a whole file. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `${csvMark}${rows.map(csvLine).join('')}`
