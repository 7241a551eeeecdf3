import { parseArgs } from 'node:util'
import { check, type Diagnostic } from '../../shared/compile/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { type Command, onlyOne, printJson } from './command.ts'
import { asDiagnostic, defaultZone, readJourneyFile, sayDiagnostic } from './journey-file.ts'

async function diagnosticsOf(path: string): Promise<readonly Diagnostic[]> {
  const parsed = await readJourneyFile(path)
  if (!parsed.ok) return parsed.problems.map(asDiagnostic)
  return check(parsed.journey, { registry, now: Date.now(), zone: defaultZone, publishing: false })
}

export const validate: Command = {
  usage: 'validate FILE [--json]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const path = onlyOne(positionals, 'FILE')
    const diagnostics = await diagnosticsOf(path)
    const ok = !diagnostics.some(({ severity }) => severity === 'error')
    if (values.json) printJson(terminal, { ok, diagnostics })
    else {
      for (const diagnostic of diagnostics) terminal.out(`${sayDiagnostic(diagnostic, terminal)}\n`)
      terminal.out(`${path}: ${ok ? 'ok' : 'not valid'}\n`)
    }
    return ok ? 0 : 1
  },
}
