import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { csvLine, csvMark } from '../../shared/csv.ts'
import type { LocalText } from '../../shared/text.ts'
import type { CellFault } from './cells.ts'
import { kept } from './clean.ts'
import { Passed, type Refusal, type Rejection } from './reasons.ts'
import type { Row } from './records.ts'

/** The report names this many rows and cells; a file can hold all of them. */
const reported = 1000
/** Rows of one reason that are named among those passed over. */
const namedLines = 5

/** A cell that did not enter, as the report lists it; its row did. */
export interface LeftOutCell extends Rejection {
  readonly column: string
  readonly value: string
}

/** Rows passed over for one reason. */
export interface PassedRows {
  readonly code: string
  readonly count: number
  /** The first of them. */
  readonly lines: readonly number[]
  /** Of the first one. */
  readonly reason: LocalText
}

function withoutCell(reason: LocalText): LocalText {
  return {
    'zh-CN': `这一行进来了，只有这一格没读懂：${reason['zh-CN']}`,
    en: `The row entered, but for this cell: ${reason.en}`,
  }
}

/** Columns that stand before those of the file itself; by them such a file is known when it is read again. */
export const leftOutColumns = ['line', '原因', 'reason'] as const

/** Collects what does not enter: rows refused, rows passed over, cells left out. All of it goes to a file. */
export class LeftOut {
  readonly #file: WriteStream | null
  readonly #rows: Rejection[] = []
  readonly #cells: LeftOutCell[] = []
  readonly #passed = new Map<string, { count: number; lines: number[]; reason: LocalText }>()
  #rowCount = 0
  #cellCount = 0
  #waiting: Promise<unknown> | null = null

  private constructor(file: WriteStream | null) {
    this.#file = file
  }

  /** With a path, writes all of it there as CSV (UTF-8 with the mark that spreadsheets look for). */
  static async open(columns: readonly string[], path: string | undefined): Promise<LeftOut> {
    if (path === undefined) return new LeftOut(null)
    await mkdir(dirname(path), { recursive: true })
    const file = createWriteStream(path)
    await once(file, 'open')
    const all = new LeftOut(file)
    all.#write([...leftOutColumns, ...columns], csvMark)
    return all
  }

  get rejected(): number {
    return this.#rowCount
  }

  get rejections(): readonly Rejection[] {
    return this.#rows
  }

  get cellCount(): number {
    return this.#cellCount
  }

  get cells(): readonly LeftOutCell[] {
    return this.#cells
  }

  get passed(): readonly PassedRows[] {
    return [...this.#passed].map(([code, rest]) => ({ code, ...rest }))
  }

  /** A row that does not enter: refused, or passed over on purpose. */
  addRow(row: Row, refusal: Refusal): void {
    const rejection = refusal.at(row.line)
    if (refusal instanceof Passed) this.#pass(rejection)
    else {
      this.#rowCount += 1
      if (this.#rows.length < reported) this.#rows.push(rejection)
    }
    this.#writeRow(row, rejection.reason)
  }

  #pass({ line, code, reason }: Rejection): void {
    const known = this.#passed.get(code)
    if (known === undefined) this.#passed.set(code, { count: 1, lines: [line], reason })
    else {
      known.count += 1
      if (known.lines.length < namedLines) known.lines.push(line)
    }
  }

  addCells(row: Row, faults: readonly CellFault[]): void {
    for (const { column, value, refusal } of faults) {
      this.#cellCount += 1
      const rejection = refusal.at(row.line)
      if (this.#cells.length < reported) this.#cells.push({ ...rejection, column, value: kept(value) })
      this.#writeRow(row, withoutCell(rejection.reason))
    }
  }

  #writeRow({ line, cells, text }: Row, reason: LocalText): void {
    this.#write([String(line), reason['zh-CN'], reason.en, ...(cells ?? [text])])
  }

  #write(cells: readonly string[], before = ''): void {
    if (this.#file === null) return
    const room = this.#file.write(`${before}${csvLine(cells)}`)
    if (!room) this.#waiting ??= once(this.#file, 'drain')
  }

  /** Waits until what was written has room. */
  async settle(): Promise<void> {
    await this.#waiting
    this.#waiting = null
  }

  async close(): Promise<void> {
    if (this.#file === null) return
    const closed = once(this.#file, 'close')
    this.#file.end()
    await closed
  }
}
