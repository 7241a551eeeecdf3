import { parseArgs } from 'node:util'
import { compile as compileJourney } from '../../shared/compile/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { type Command, Misuse, needed, onlyOne, printJson } from './command.ts'
import { defaultZone, loadJourney, sayDiagnostic } from './journey-file.ts'

export const compile: Command = {
  usage: 'compile FILE --to xstate|table',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { to: { type: 'string' } },
      allowPositionals: true,
    })
    const to = needed(values.to, '--to')
    if (to !== 'xstate' && to !== 'table') throw new Misuse(`--to is xstate or table, not ${to}`)
    const journey = await loadJourney(onlyOne(positionals, 'FILE'), terminal)
    if (journey === null) return 1
    const compiled = compileJourney(journey, {
      registry,
      now: Date.now(),
      zone: defaultZone,
      publishing: false,
    })
    for (const diagnostic of compiled.diagnostics) terminal.err(`${sayDiagnostic(diagnostic, terminal)}\n`)
    if (!compiled.ok) return 1
    printJson(terminal, to === 'xstate' ? compiled.config : compiled.table)
    return 0
  },
}
