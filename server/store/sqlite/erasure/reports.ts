import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { importAnswer } from '../../../../shared/api/imports.ts'
import { csvMark } from '../../../../shared/csv.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'
import type { Mentions } from './mentions.ts'

interface ReadLine {
  readonly raw: string
  readonly record: readonly string[]
}

/** The number of the line in the file that came in, which stands first in the file of what was left out. */
const lineOf = ({ record }: ReadLine) => Number(record[0])

async function* linesOf(path: string): AsyncGenerator<ReadLine> {
  const options = { bom: true, raw: true, relax_column_count: true, relax_quotes: true } as const
  const parser = createReadStream(path).pipe(parse(options))
  // With `raw` the parser gives this, which its types leave open.
  for await (const line of parser) yield line as ReadLine
}

/** Takes somebody's lines out of a file of what did not enter; answers which lines they were. */
async function withoutLines(path: string, mentions: Mentions): Promise<number[]> {
  const found: number[] = []
  for await (const line of linesOf(path))
    if (line.record.some((cell) => mentions.in(cell))) found.push(lineOf(line))
  if (found.length === 0) return found
  const gone = new Set(found)
  const rest = async function* (): AsyncGenerator<string> {
    yield csvMark
    for await (const line of linesOf(path)) if (!gone.has(lineOf(line))) yield line.raw.replace(/^\uFEFF/, '')
  }
  const half = `${path}.half`
  await pipeline(rest, createWriteStream(half))
  await rename(half, path)
  return found
}

/** Takes somebody out of what a report lists; its counts stay. */
function reportWithout(text: string, mentions: Mentions, lines: ReadonlySet<number>): string | null {
  const read = readColumn(text, importAnswer)
  if (!read.readable) return null
  const { rejections, cellFaults, passedRows, shared, ...rest } = read.value
  const theirs = ({ line, ...other }: { line: number }) =>
    lines.has(line) || mentions.inJson(JSON.stringify(other))
  const left = {
    ...rest,
    rejections: rejections.filter((one) => !theirs(one)),
    cellFaults: cellFaults.filter((one) => !theirs(one)),
    passedRows: passedRows.map((one) => ({
      ...one,
      lines: one.lines.filter((line) => !lines.has(line)),
      reason: mentions.withoutIn(one.reason),
    })),
    shared: {
      count: shared.count,
      addresses: shared.addresses.filter((one) => !mentions.inJson(JSON.stringify(one))),
    },
  }
  return JSON.stringify(left)
}

/** What was taken out of the reports of imports, and out of the files beside them. */
export interface ReportsCleared {
  readonly reports: number
  readonly files: number
  readonly lines: number
}

/** Takes somebody out of all that earlier imports say of what did not enter. */
export async function clearReports(db: BrandDatabase, mentions: Mentions): Promise<ReportsCleared> {
  const rows = db.sqlite.prepare<[], { id: string; report: string }>('select id, report from imports').all()
  const write = db.sqlite.prepare('update imports set report = ? where id = ?')
  const cleared = { reports: 0, files: 0, lines: 0 }
  for (const { id, report } of rows) {
    const path = join(dirname(db.path), 'imports', `${id}.rejected.csv`)
    const lines = db.path !== ':memory:' && existsSync(path) ? await withoutLines(path, mentions) : []
    if (lines.length > 0) cleared.files += 1
    cleared.lines += lines.length
    const left = reportWithout(report, mentions, new Set(lines))
    if (left === null || left === report) continue
    write.run(left, id)
    cleared.reports += 1
  }
  return cleared
}
