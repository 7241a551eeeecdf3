import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Rejection } from './reasons.ts'
import type { Row } from './records.ts'

/** The report names this many rows; a file can hold all of them. */
const reported = 1000

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/** Collects the rows that do not enter: the first of them for the report, all of them in a file. */
export class RejectedRows {
  readonly #file: WriteStream | null
  readonly #listed: Rejection[] = []
  #count = 0
  #waiting: Promise<unknown> | null = null

  private constructor(file: WriteStream | null) {
    this.#file = file
  }

  /** With a path, writes all of them there as CSV (UTF-8 with the mark that spreadsheets look for). */
  static async open(columns: readonly string[], path: string | undefined): Promise<RejectedRows> {
    if (path === undefined) return new RejectedRows(null)
    await mkdir(dirname(path), { recursive: true })
    const file = createWriteStream(path)
    await once(file, 'open')
    const rows = new RejectedRows(file)
    rows.#write(['line', '原因', 'reason', ...columns], '\uFEFF')
    return rows
  }

  get count(): number {
    return this.#count
  }

  get listed(): readonly Rejection[] {
    return this.#listed
  }

  add(row: Row, rejection: Rejection): void {
    this.#count += 1
    if (this.#listed.length < reported) this.#listed.push(rejection)
    const { line, reason } = rejection
    const cells = row.cells ?? [row.text]
    this.#write([String(line), reason['zh-CN'], reason.en, ...cells])
  }

  #write(cells: readonly string[], before = ''): void {
    if (this.#file === null) return
    const room = this.#file.write(`${before}${cells.map(quoted).join(',')}\r\n`)
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
