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

export function sayRejections(terminal: Terminal, file: string, report: ImportReport): void {
  for (const { line, reason } of report.rejections.slice(0, named))
    terminal.err(`${file}:${line}: ${say(reason, terminal.locale)}\n`)
  const more = report.rejected - Math.min(named, report.rejections.length)
  if (more > 0) terminal.err(`${file}: ${more} more rows rejected\n`)
}
