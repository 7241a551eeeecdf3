import { say } from '../../shared/text.ts'
import type { ImportReport } from '../imports/index.ts'
import type { Terminal } from './command.ts'

/** Shows how far a piece of work is, on stderr: in place on a terminal, else a line every tenth of it. */
export function progress(terminal: Terminal, label: string): (done: number, of: number) => void {
  let shown = -1
  return (done, of) => {
    const tenth = of === 0 ? 10 : Math.floor((done * 10) / of)
    if (terminal.interactive) terminal.err(`\r${label} ${done}/${of}${done >= of ? '\n' : ''}`)
    else if (tenth > shown) terminal.err(`${label} ${done}/${of}\n`)
    shown = tenth
  }
}

/** Rows named on stderr; the report names more. */
const named = 10

/** Tells of rows refused, cells left out and rows passed over; the report on stdout has them all. */
export function sayLeftOut(terminal: Terminal, file: string, report: ImportReport): void {
  const sayEach = (faults: ImportReport['rejections'], all: number, what: string) => {
    for (const { line, reason } of faults.slice(0, named))
      terminal.err(`${file}:${line}: ${say(reason, terminal.locale)}\n`)
    const more = all - Math.min(named, faults.length)
    if (more > 0) terminal.err(`${file}: ${more} more ${what}\n`)
  }
  sayEach(report.rejections, report.rejected, 'rows rejected')
  sayEach(report.cellFaults, report.cells, 'cells left out')
  for (const { count, lines, reason } of report.passedRows)
    terminal.err(`${file}:${lines[0] ?? 0}: ${say(reason, terminal.locale)} (${count})\n`)
}
