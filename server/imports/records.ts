import { CsvError, parse } from 'csv-parse/sync'
import { limits } from '../../shared/limits.ts'

/** One record of a file. `cells` is null where its quotation marks do not add up; `text` is then the line. */
export interface Row {
  /** The line on which it begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[] | null
  readonly text: string
}

interface Line {
  readonly number: number
  /** As the file has it. */
  readonly raw: string
}

/** A record may go over this many lines; a quotation mark left open for longer is a mistake. */
const longestRecord = limits.importRecordLines.value
/** Nor is it longer than a line may be. */
const mostCharacters = limits.importLineLength.value

/** Whether a quoted field is still open at the line's end. Quotes inside an unquoted field mean themselves. */
export function endsOpen(line: string, open: boolean, delimiter: string): boolean {
  let quoted = open
  let fieldStart = !open
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]
    if (quoted) {
      if (char !== '"') continue
      if (line[at + 1] === '"') at += 1
      else quoted = false
    } else if (char === '"' && fieldStart) quoted = true
    fieldStart = !quoted && char === delimiter
  }
  return quoted
}

function parsed(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      max_record_size: 0,
    })
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

const isQuoted = (text: string): boolean => text.includes('"')

function startsQuoted(text: string, delimiter: string): boolean {
  return text.startsWith('"') || text.includes(`${delimiter}"`)
}

/**
 * The line with `="138…"` as a whole cell written as the quoted cell that it means, so that what stands inside is
 * read as one cell. `open`: it begins within a quoted cell; there, `="` means itself.
 */
function unwrapped(text: string, open: boolean, delimiter: string): string {
  if (!text.includes('="')) return text
  const mark = delimiter === '|' ? '\\|' : delimiter
  const wrapped = new RegExp(`="(?:[^"]|"")*"(?=$|${mark})`, 'y')
  let quoted = open
  let fieldStart = !open
  let written = ''
  let kept = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (quoted) {
      if (char !== '"') continue
      if (text[at + 1] === '"') at += 1
      else quoted = false
    } else if (char === '"' && fieldStart) quoted = true
    else if (char === '=' && fieldStart) {
      wrapped.lastIndex = at
      const [whole] = wrapped.exec(text) ?? []
      if (whole !== undefined) {
        written += text.slice(kept, at)
        kept = at + 1
        at += whole.length - 1
      }
    }
    fieldStart = !quoted && char === delimiter
  }
  return written + text.slice(kept)
}

/** The cells of one record; null where its quotation marks do not add up. */
export function cellsOf(line: string, delimiter: string): readonly string[] | null {
  const text = unwrapped(line, false, delimiter)
  if (!startsQuoted(text, delimiter)) return text.split(delimiter)
  return parsed(text, delimiter)?.[0] ?? null
}

/**
 * Divides lines into records. csv-parse reads the records; where one begins and ends is found here, so that
 * a stray quotation mark costs its own line and not the rest of the file.
 */
export class RecordReader {
  readonly #delimiter: string
  readonly #width: number
  #line: number
  /** Lines of a record whose quoted field is open. */
  #open: Line[] = []
  #openCharacters = 0
  /** Records of one line each, unwrapped. */
  #whole: (Line & { readonly text: string })[] = []
  #rows: Row[] = []

  /** `line` is how many lines went before; `width` how many cells a record should have. */
  constructor(delimiter: string, width: number, line: number) {
    this.#delimiter = delimiter
    this.#width = width
    this.#line = line
  }

  /** The records that these lines complete. */
  read(lines: readonly string[]): Row[] {
    for (const raw of lines) {
      this.#line += 1
      this.#take({ number: this.#line, raw })
    }
    return this.#given()
  }

  /** The records that are left at the end. */
  end(): Row[] {
    while (this.#open.length > 0) this.#giveUp()
    return this.#given()
  }

  #take(line: Line): void {
    const { number, raw } = line
    const within = this.#open.length > 0
    if (!within && !isQuoted(raw)) {
      if (raw.trim() !== '') this.#whole.push({ number, raw, text: raw })
      return
    }
    const text = unwrapped(raw, within, this.#delimiter)
    const open = endsOpen(text, within, this.#delimiter)
    if (!open && !within) {
      this.#whole.push({ number, raw, text })
      return
    }
    this.#open.push(line)
    this.#openCharacters += raw.length
    if (this.#openCharacters > mostCharacters) this.#giveUp()
    else if (!open) this.#close()
    else if (this.#open.length >= longestRecord) this.#giveUp()
  }

  /** Takes a record of several lines where it is one, else its first line alone as broken. */
  #close(): void {
    const text = this.#open.map(({ raw }) => raw).join('\n')
    const cells = cellsOf(text, this.#delimiter)
    if (cells?.length !== this.#width) {
      this.#giveUp()
      return
    }
    this.#flush()
    this.#rows.push({ line: this.#open[0]?.number ?? 0, cells, text })
    this.#open = []
    this.#openCharacters = 0
  }

  #giveUp(): void {
    const [first, ...rest] = this.#open
    this.#open = []
    this.#openCharacters = 0
    if (first === undefined) return
    this.#flush()
    this.#rows.push({ line: first.number, cells: null, text: first.raw })
    for (const line of rest) this.#take(line)
  }

  /** Reads the quoted records of one line each at once, and each by itself only where one of them is broken; others are their cells. */
  #flush(): void {
    const lines = this.#whole
    if (lines.length === 0) return
    this.#whole = []
    const quoted = lines.filter(({ text }) => isQuoted(text)).map(({ text }) => text)
    const all = quoted.length === 0 ? [] : parsed(quoted.join('\n'), this.#delimiter)
    const together = all?.length === quoted.length ? all : null
    let next = 0
    for (const { number, raw, text } of lines) {
      const cells = !isQuoted(text)
        ? text.split(this.#delimiter)
        : together === null
          ? cellsOf(raw, this.#delimiter)
          : (together[next++] ?? null)
      if (cells?.every((cell) => cell.trim() === '')) continue
      this.#rows.push({ line: number, cells, text: raw })
    }
  }

  #given(): Row[] {
    this.#flush()
    const rows = this.#rows
    this.#rows = []
    return rows
  }
}
