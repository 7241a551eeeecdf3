import { parseArgs } from 'node:util'
import { check, type Diagnostic, type Proof, prove, sayMost, sayPassage } from '../../shared/compile/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { say } from '../../shared/text.ts'
import { type Command, onlyOne, printJson, type Terminal } from './command.ts'
import { asDiagnostic, defaultZone, readJourneyFile, sayDiagnostic } from './journey-file.ts'

interface Found {
  readonly diagnostics: readonly Diagnostic[]
  /** null where the file holds no journey. */
  readonly proof: Proof | null
}

async function findIn(path: string): Promise<Found> {
  const parsed = await readJourneyFile(path)
  if (!parsed.ok) return { diagnostics: parsed.problems.map(asDiagnostic), proof: null }
  const at = { now: Date.now(), zone: defaultZone }
  return {
    diagnostics: check(parsed.journey, { registry, ...at, publishing: false }),
    proof: prove(parsed.journey, registry, at),
  }
}

function sayProof(proof: Proof, { out, locale }: Terminal): void {
  const [passage, messages] = locale === 'en' ? ['Passage', 'Messages'] : ['全程', '消息']
  out(`${passage}: ${say(sayPassage(proof), locale)}\n`)
  out(`${messages}: ${say(sayMost(proof), locale)}\n`)
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
    const { diagnostics, proof } = await findIn(path)
    const ok = !diagnostics.some(({ severity }) => severity === 'error')
    if (values.json) printJson(terminal, { ok, diagnostics, proof })
    else {
      for (const diagnostic of diagnostics) terminal.out(`${sayDiagnostic(diagnostic, terminal)}\n`)
      if (ok && proof !== null) sayProof(proof, terminal)
      terminal.out(`${path}: ${ok ? 'ok' : 'not valid'}\n`)
    }
    return ok ? 0 : 1
  },
}
