import { parseArgs } from 'node:util'
import { planOf } from '../../shared/compile/plan.ts'
import { registry } from '../../shared/nodes/index.ts'
import { lineText } from '../../shared/run/replay.ts'
import { type Compared, replayStored } from '../../shared/run/replay-stored.ts'
import type { StoredPassage } from '../ports/passages.ts'
import { readWholeBrand } from '../store/sqlite/contents/read.ts'
import { engineReader } from '../store/sqlite/engine-store.ts'
import { passageReader } from '../store/sqlite/enrollments/passages.ts'
import { type Command, Misuse, needed, printProblem, type Terminal } from './command.ts'
import { openExisting } from './data.ts'

function idOf(text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new Misuse(`--enrollment is a number such as 12, not ${text}`)
  return Number(text)
}

/** The first line that came out otherwise, beside the line that is stored. */
function sayDifference(terminal: Terminal, { trace, problem }: Compared, stored: StoredPassage): void {
  const at = problem === null ? trace.length - 1 : trace.length
  const [line, walked] = [stored.trace[at], trace[at]]
  if (stored.trace.length > 0) terminal.err(`step ${line?.seq ?? at} comes out otherwise\n`)
  if (line !== undefined) terminal.err(`  stored:   ${lineText(line)}\n`)
  if (walked !== undefined) terminal.err(`  replayed: ${lineText(walked)}\n`)
  if (problem !== null)
    printProblem(terminal, problem.problem.code, problem.problem.details, problem.problem.place)
}

/** What came of it; answers the exit code. */
function sayOutcome(terminal: Terminal, compared: Compared, stored: StoredPassage): number {
  const { same, sameEnd, byOutcome, trace } = compared
  if (byOutcome.length > 0)
    terminal.err(
      `${byOutcome.length} steps of an earlier release, which did not keep what was seen, by their outcome alone: ${byOutcome.join(', ')}\n`,
    )
  if (!same) {
    sayDifference(terminal, compared, stored)
    return 1
  }
  if (!sameEnd) {
    terminal.err('the trace is the same, the end is not: the stored enrollment was changed by other means\n')
    return 1
  }
  terminal.err(`${trace.length} steps, the same as stored\n`)
  return 0
}

export const replay: Command = {
  usage: 'replay --enrollment ID --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { enrollment: { type: 'string' }, data: { type: 'string' }, brand: { type: 'string' } },
    })
    const id = idOf(needed(values.enrollment, '--enrollment'))
    const db = openExisting(needed(values.data, '--data'), values.brand)
    try {
      const stored = await passageReader(db.sqlite).passage(id)
      const { version } = engineReader(db)
      const planFor = async (journeyId: string, number: number) => {
        const { journey, table } = await version(journeyId, number)
        return planOf(journey, table, number, registry)
      }
      const compared = await replayStored(stored, planFor, readWholeBrand(db))
      for (const line of compared.trace) terminal.out(`${lineText(line)}\n`)
      return sayOutcome(terminal, compared, stored)
    } finally {
      db.close()
    }
  },
}
