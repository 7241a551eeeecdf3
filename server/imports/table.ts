import { unguarded } from '../../shared/csv.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { cleanCell } from './clean.ts'
import { type Candidate, type Head, type HeadChoice, headOf } from './head.ts'
import { RecordReader, type Row } from './records.ts'
import { leftOutColumns } from './report.ts'
import { type Encoding, encodingOf, refuseOtherFormats, type Source, textOf } from './source.ts'

/** A CSV file whose encoding, delimiter and header are known. */
export interface CsvTable {
  readonly encoding: Encoding
  readonly delimiter: string
  readonly head: Head
  /** Its header's cells as they stand. */
  readonly header: readonly string[]
  /** Each with a name of its own. */
  readonly columns: readonly string[]
  /** Columns whose name stands in the header before, under the name that they have here. */
  readonly doubled: readonly string[]
  /** Its records, some at a time; each call reads the file anew. Rows of blank cells are left out. */
  rows(): AsyncGenerator<Row[]>
}

/** What a person says of a file that would else be found out. */
export interface TableChoice extends HeadChoice {
  readonly encoding?: Encoding
}

/** Physical lines in which the header is looked for. */
const headLength = 60

const longestLine = limits.importLineLength.value

/** The lines of a text that comes in pieces. A line ends with \n, \r\n or \r. Problem `csv-line-long` as soon as one is. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = ''
  let count = 0
  const refuse = (place: number) => {
    throw new Problem('csv-line-long', { line: count + place + 1, limit: longestLine })
  }
  for await (const piece of pieces) {
    const text = rest + piece
    // A \r at the very end may be half of a \r\n.
    const held = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, held).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(held)
    const long = lines.findIndex(({ length }) => length > longestLine)
    if (long !== -1) refuse(long)
    count += lines.length
    if (rest.length > longestLine) refuse(0)
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield rest.split(/\r/)
}

async function firstLines(source: Source, encoding: Encoding, count: number): Promise<string[]> {
  const lines: string[] = []
  for await (const some of linesOf(textOf(source, encoding))) {
    lines.push(...some.slice(0, count - lines.length))
    if (lines.length >= count) break
  }
  return lines
}

/** JavaScript takes this name for something else wherever it stands. */
const nameable = (name: string): string => (name === '__proto__' ? '' : name)

/**
 * Column names; one without a name is called by its number, and of several with one name the later ones
 * bear a number, so that nothing they hold is lost.
 */
function columnsOf({ cells, end }: Candidate): { columns: string[]; doubled: string[] } {
  if (cells === null) throw new Problem('csv-header', { line: end })
  const columns: string[] = []
  const doubled: string[] = []
  const taken = new Set<string>()
  for (const [index, cell] of cells.entries()) {
    const name = nameable(cleanCell(cell)) || `column_${index + 1}`
    let own = name
    for (let number = 2; taken.has(own); number += 1) own = `${name} (${number})`
    if (own !== name) doubled.push(own)
    taken.add(own)
    columns.push(own)
  }
  return { columns, doubled }
}

/** A file of left-out rows that has come back: the cells of the first file, without what was added for people. */
const asFirstWritten = (cells: readonly string[]): string[] =>
  cells.slice(leftOutColumns.length).map(unguarded)

const firstRow = (row: Row): Row => ({ ...row, cells: row.cells === null ? null : asFirstWritten(row.cells) })

const isLeftOut = ({ cells }: Candidate): boolean => leftOutColumns.every((name, at) => cells?.[at] === name)

/**
 * Recognises a CSV file. Problem `csv-empty`, `csv-other-format`, `csv-encoding`, `csv-header`, `csv-line-long`, `csv-wide`, `not-found`, `file-unreadable`;
 * `csv-no-such-line` where the header is said to be on a line that the file's head does not have.
 */
export async function openTable(source: Source, choice: TableChoice = {}): Promise<CsvTable> {
  await refuseOtherFormats(source)
  const encoding = await encodingOf(source, choice.encoding)
  const lines = Math.max(headLength, (choice.line ?? 0) + 1)
  const head = headOf(await firstLines(source, encoding, lines), choice)
  if (head === null) throw new Problem('csv-empty')
  const written = head.header
  const cameBack = isLeftOut(written)
  const header = cameBack ? { ...written, cells: asFirstWritten(written.cells ?? []) } : written
  if (choice.line !== undefined && choice.line !== header.line)
    throw new Problem('csv-no-such-line', { line: choice.line })
  const { columns, doubled } = columnsOf(header)
  async function* rows(): AsyncGenerator<Row[]> {
    const width = written.cells?.length ?? columns.length
    const reader = new RecordReader(header.delimiter, width, header.end)
    const given = (rows: Row[]) => (cameBack ? rows.map(firstRow) : rows)
    let before = header.end
    for await (const some of linesOf(textOf(source, encoding))) {
      const skipped = Math.min(before, some.length)
      before -= skipped
      yield given(reader.read(some.slice(skipped)))
    }
    yield given(reader.end())
  }
  const { delimiter } = header
  return { encoding, delimiter, head, header: header.cells ?? [], columns, doubled, rows }
}
