/** What a spreadsheet would take for a formula is led by an apostrophe, which imports take off again. */
const harmless = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string) => `"${harmless(cell).replaceAll('"', '""')}"`

/** Rows as a CSV file: UTF-8 with the mark that spreadsheets look for. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}
