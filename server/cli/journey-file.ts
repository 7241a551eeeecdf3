import { readFile } from 'node:fs/promises'
import type { Diagnostic } from '../../shared/compile/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type FileProblem, type ParsedJourney, parseJourneyFile } from '../../shared/journey/file.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { say } from '../../shared/text.ts'
import type { Terminal } from './command.ts'

/** The brand's zone where no brand is at hand; a journey may state its own. */
export const defaultZone = 'Asia/Shanghai'

/** Reads a journey file. Problem `not-found`, `file-unreadable`. */
export async function readJourneyFile(path: string): Promise<ParsedJourney> {
  try {
    return parseJourneyFile(await readFile(path))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOENT') throw new Problem('not-found', { what: path })
    throw new Problem('file-unreadable', { file: path, detail: String(error.code) })
  }
}

/** A problem of the file in the shape of the compiler's findings. */
export function asDiagnostic({ code, path, message, mend }: FileProblem): Diagnostic {
  const [, node, field] = /^nodes\.([^.]+)(?:\.(?:config\.)?(.+))?$/.exec(path) ?? []
  return node === undefined
    ? { code, severity: 'error', node: null, field: path === '' ? null : path, message, mend }
    : { code, severity: 'error', node, field: field ?? null, message, mend }
}

/** One finding per line, for people. */
export function sayDiagnostic(
  { code, severity, node, field, message, mend }: Diagnostic,
  terminal: Terminal,
) {
  const place = [node, field].filter((part) => part !== null).join(' ')
  const where = place === '' ? '' : ` ${place}:`
  return `${severity} ${code}:${where} ${say(message, terminal.locale)}. ${say(mend, terminal.locale)}.`
}

/** The file's journey; where it is none, what is wrong with it is said and the answer is null. */
export async function loadJourney(path: string, terminal: Terminal): Promise<Journey | null> {
  const parsed = await readJourneyFile(path)
  if (parsed.ok) return parsed.journey
  for (const problem of parsed.problems) terminal.err(`${sayDiagnostic(asDiagnostic(problem), terminal)}\n`)
  return null
}
