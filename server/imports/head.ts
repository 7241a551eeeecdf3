import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { cleanCell, isNothing } from './clean.ts'
import { bareName, knownNames, plainName } from './names.ts'
import { cellsOf, endsOpen } from './records.ts'

/** A line of the file's head that may be its header. */
export interface Candidate {
  /** The line on which it begins, counted from 1. */
  readonly line: number
  /** The line on which it ends: a header's cells may hold line breaks. */
  readonly end: number
  readonly delimiter: string
  /** null where its quotation marks do not add up. */
  readonly cells: readonly string[] | null
}

export interface Head {
  readonly header: Candidate
  /** The first lines of the file that hold anything, to choose another header from. */
  readonly lines: readonly Candidate[]
  /** What was passed over, or may be wrong: to be said before anything is written. */
  readonly doubts: readonly ('title-above' | 'title-taken')[]
}

export interface HeadChoice {
  /** The line that a person says is the header. */
  readonly line?: number
  readonly delimiter?: string
}

const mostColumns = limits.importColumns.value

const delimiters = [',', ';', '\t', '|'] as const
/** A header's cells may hold line breaks; it is not longer than this. */
const longestHeader = 20
/** Titles and notes stand above the header; no export has more of them. */
const most = 30

/** The mark that stands most often between the header's cells. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const counted = delimiters.map((mark) => ({ mark, count: bare.split(mark).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

/** The separator that a line `sep=;` sets, as spreadsheets write it; null where the line is none. */
function separatorIn(line: string): string | null {
  const mark = /^\s*"?sep=(\\t|.)"?\s*$/i.exec(line)?.[1]
  if (mark === undefined) return null
  return mark === '\\t' ? '\t' : mark
}

function candidateAt(lines: readonly string[], at: number, said: string | null): Candidate {
  let text = lines[at] ?? ''
  let end = at
  let delimiter = said ?? delimiterOf(text)
  while (endsOpen(text, false, delimiter) && end + 1 < lines.length && end - at + 1 < longestHeader) {
    end += 1
    text = `${text}\n${lines[end] ?? ''}`
    delimiter = said ?? delimiterOf(text)
  }
  const cells = cellsOf(text, delimiter)
  const columns = cells?.length ?? 0
  if (columns > mostColumns) throw new Problem('csv-wide', { line: at + 1, columns, limit: mostColumns })
  return { line: at + 1, end: end + 1, delimiter, cells }
}

const filled = ({ cells }: Candidate): number =>
  (cells ?? []).filter((cell) => !isNothing(cleanCell(cell))).length

/** How many cells of a line are names that some export gives to a column. */
const known = ({ cells }: Candidate): number =>
  new Set(
    (cells ?? [])
      .map(cleanCell)
      .filter((cell) => knownNames.has(plainName(cell)) || knownNames.has(bareName(cell))),
  ).size

/** A line that fills less than half of what stands below it is no header, but a title. */
function isTitle(candidate: Candidate, below: readonly Candidate[]): boolean {
  const widest = Math.max(0, ...below.slice(0, 5).map(filled))
  return widest >= 2 && filled(candidate) * 2 <= widest && known(candidate) === 0
}

/** The line of most known names; without any, the first that is no title. */
function likeliest(lines: readonly Candidate[]): Candidate | undefined {
  const first = lines[0]
  if (first === undefined || first.cells === null) return first
  const best = lines.reduce((one, next) => (known(next) > known(one) ? next : one), first)
  if (known(best) > known(first) && (known(first) === 0 || known(best) >= known(first) + 2)) return best
  if (known(first) > 0) return first
  return lines.find((line, index) => !isTitle(line, lines.slice(index + 1))) ?? first
}

/** Finds the header among the first lines of a file; null where they hold nothing. Problem `csv-wide`. */
export function headOf(physical: readonly string[], choice: HeadChoice): Head | null {
  const start = physical.findIndex((line) => line.trim() !== '')
  if (start === -1) return null
  const separator = separatorIn(physical[start] ?? '')
  const said = choice.delimiter ?? separator
  const lines: Candidate[] = []
  let at = separator === null ? start : start + 1
  while (at < physical.length && lines.length < most) {
    if ((physical[at] ?? '').trim() !== '') {
      const candidate = candidateAt(physical, at, said)
      lines.push(candidate)
      // What leaves a mark open may swallow the header itself.
      at = candidate.cells === null ? at + 1 : candidate.end
    } else at += 1
  }
  const chosen = lines.find(({ line }) => line === choice.line)
  const header = chosen ?? likeliest(lines)
  if (header === undefined) return null
  const below = lines.filter(({ line }) => line > header.line)
  const doubts = isTitle(header, below)
    ? (['title-taken'] as const)
    : lines[0] !== undefined && lines[0].line < header.line
      ? (['title-above'] as const)
      : []
  return { header, lines, doubts }
}
