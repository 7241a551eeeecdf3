import { Problem } from '../../shared/errors/index.ts'
import { cellsOf, endsOpen, RecordReader, type Row } from './records.ts'
import { type Encoding, encodingOf, type Source, textOf } from './source.ts'

/** A CSV file whose encoding, delimiter and header are known. */
export interface CsvTable {
  readonly encoding: Encoding
  readonly delimiter: string
  readonly columns: readonly string[]
  /** Its records, some at a time; each call reads the file anew. Rows of blank cells are left out. */
  rows(): AsyncGenerator<Row[]>
}

const delimiters = [',', ';', '\t'] as const
/** A header's cells may hold line breaks; it is not longer than this. */
const longestHeader = 20

/** The lines of a text that comes in pieces. A line ends with \n, \r\n or \r. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece
    // A \r at the very end may be half of a \r\n.
    const held = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, held).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(held)
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield rest.split(/\r/)
}

/** The mark that stands most often between the header's cells. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const counted = delimiters.map((mark) => ({ mark, count: bare.split(mark).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

interface Header {
  readonly text: string
  readonly delimiter: string
  /** Lines up to its end, blank ones before it included. */
  readonly lines: number
}

async function headerOf(source: Source, encoding: Encoding): Promise<Header> {
  let text: string | null = null
  let lines = 0
  for await (const some of linesOf(textOf(source, encoding))) {
    for (const line of some) {
      lines += 1
      if (text === null && line.trim() === '') continue
      text = text === null ? line : `${text}\n${line}`
      const delimiter = delimiterOf(text)
      if (!endsOpen(text, false, delimiter) || lines >= longestHeader) return { text, delimiter, lines }
    }
  }
  if (text === null) throw new Problem('csv-empty')
  return { text, delimiter: delimiterOf(text), lines }
}

/** Column names; one without a name is called by its number, so that nothing it holds is lost. */
function columnsOf({ text, delimiter, lines }: Header): string[] {
  const cells = cellsOf(text, delimiter)
  if (cells === null) throw new Problem('csv-header', { line: lines })
  const columns = cells.map((cell, index) => cell.trim() || `column_${index + 1}`)
  const double = columns.find((column, index) => columns.indexOf(column) !== index)
  if (double !== undefined) throw new Problem('csv-duplicate-column', { column: double }, double)
  return columns
}

/**
 * Recognises a CSV file. Problem `csv-empty`, `csv-encoding`, `csv-header`, `csv-duplicate-column`,
 * `not-found`, `file-unreadable`.
 */
export async function openTable(source: Source): Promise<CsvTable> {
  const encoding = await encodingOf(source)
  const header = await headerOf(source, encoding)
  const columns = columnsOf(header)
  async function* rows(): AsyncGenerator<Row[]> {
    const reader = new RecordReader(header.delimiter, columns.length, header.lines)
    let before = header.lines
    for await (const lines of linesOf(textOf(source, encoding))) {
      const skipped = Math.min(before, lines.length)
      before -= skipped
      yield reader.read(lines.slice(skipped))
    }
    yield reader.end()
  }
  return { encoding, delimiter: header.delimiter, columns, rows }
}
