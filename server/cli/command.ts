import { type ErrorCode, errors, Problem } from '../../shared/errors/index.ts'
import { fillIn } from '../../shared/errors/say.ts'
import type { Locale } from '../../shared/text.ts'
import { problemOfTrouble } from '../ports/trouble.ts'

/** A wrong command line; the usage is shown and the exit code is 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** Where a command writes: its answer, and what it has to say meanwhile. */
export interface Terminal {
  /** Whether progress may be rewritten in place. */
  readonly interactive: boolean
  readonly locale: Locale
  out(text: string): void
  err(text: string): void
}

export interface Command {
  /** The command line, as the usage shows it. */
  readonly usage: string
  /** Resolves to the exit code. Throws Misuse, or a Problem. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

/** A value that only an argument of the command line can give. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Misuse(`${name} is missing`)
  return value
}

/** The one positional argument of a command. */
export function onlyOne(positionals: readonly string[], name: string): string {
  if (positionals.length > 1) throw new Misuse(`one ${name} at a time: ${positionals.join(' ')}`)
  return needed(positionals[0], name)
}

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)
}

/** What is wrong, where, and how to mend it. */
export function printProblem(
  terminal: Terminal,
  code: ErrorCode,
  details: Readonly<Record<string, string | number>>,
  place?: string,
): void {
  const entry = errors[code]
  const text = (part: 'message' | 'mend') => fillIn(terminal.locale, entry[part], details)
  const where = place === undefined || place === '' ? '' : ` (${place})`
  terminal.err(`${code}${where}: ${text('message')}\n  ${text('mend')}\n`)
}

/** Runs a command line's work: a misuse answers 2 with the usage, a Problem 1 with its text. */
export async function guarded(
  terminal: Terminal,
  usage: string,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    // What parseArgs of node:util refuses is a misuse as well.
    const refused =
      error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (error instanceof Misuse || refused) {
      terminal.err(`${error.message}\n\n${usage}\n`)
      return 2
    }
    const problem = error instanceof Problem ? error : problemOfTrouble(error, 'data')
    if (problem === null) throw error
    printProblem(terminal, problem.code, problem.details, problem.place)
    return 1
  }
}
