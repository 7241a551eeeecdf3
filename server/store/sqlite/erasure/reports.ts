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

/** A file of what did not enter, without somebody's lines, which is to take its place. */
interface Rewritten {
  /** Which lines were theirs. */
  readonly lines: readonly number[]
  readonly settle: () => Promise<void>
}

/** Writes such a file beside it; null where nothing of them is in it. */
async function withoutLines(path: string, mentions: Mentions): Promise<Rewritten | null> {
  const lines: number[] = []
  for await (const line of linesOf(path))
    if (line.record.some((cell) => mentions.in(cell))) lines.push(lineOf(line))
  if (lines.length === 0) return null
  const gone = new Set(lines)
  const rest = async function* (): AsyncGenerator<string> {
    yield csvMark
    for await (const line of linesOf(path)) if (!gone.has(lineOf(line))) yield line.raw.replace(/^\uFEFF/, '')
  }
  const half = `${path}.half`
  await pipeline(rest, createWriteStream(half))
  return { lines, settle: () => rename(half, path) }
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

/** What goes of one import: its report as it is then, null where it stays, and how many lines of its file. */
export interface ReportCleared {
  readonly id: string
  readonly report: string | null
  readonly lines: number
}

/**
 * Takes somebody out of all that earlier imports say of what did not enter. `keep` is told of each before its file
 * goes: by the file alone it is known which lines of the report are theirs, so that whoever goes on after a stop
 * still knows.
 */
export async function clearReports(
  db: BrandDatabase,
  mentions: Mentions,
  keep: (cleared: ReportCleared) => void,
): Promise<void> {
  const rows = db.sqlite.prepare<[], { id: string; report: string }>('select id, report from imports').all()
  for (const { id, report } of rows) {
    const path = join(dirname(db.path), 'imports', `${id}.rejected.csv`)
    const file = db.path !== ':memory:' && existsSync(path) ? await withoutLines(path, mentions) : null
    const left = reportWithout(report, mentions, new Set(file?.lines))
    const changed = left === null || left === report ? null : left
    if (changed !== null || file !== null) keep({ id, report: changed, lines: file?.lines.length ?? 0 })
    await file?.settle()
  }
}
