import { backup } from './backup.ts'
import { check } from './check.ts'
import { type Command, guarded, Misuse, type Terminal } from './command.ts'
import { compile } from './compile.ts'
import { copy } from './copy.ts'
import { count } from './count.ts'
import { exportData } from './export.ts'
import { importFiles } from './import.ts'
import { model } from './model.ts'
import { rehearse } from './rehearse.ts'
import { replay } from './replay.ts'
import { restore } from './restore.ts'
import { rotate } from './rotate-key.ts'
import { schema } from './schema.ts'
import { validate } from './validate.ts'

const commands: Readonly<Record<string, Command>> = {
  validate,
  compile,
  import: importFiles,
  rehearse,
  replay,
  schema,
  export: exportData,
  backup,
  'rotate-key': rotate,
  check,
  restore,
  model,
  count,
  copy,
}

const start = 'npm run -s magpie --'
const usage = [
  'Usage:',
  ...Object.values(commands).map((command) => `  ${start} ${command.usage}`),
  '',
  'The answer goes to stdout, progress to stderr. Exit codes: 0 done, 1 problem, 2 wrong command line.',
].join('\n')

/** Runs one command line and resolves to its exit code. */
export async function runCli([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  const shown = command === undefined ? usage : `Usage: ${start} ${command.usage}`
  const asked = command === undefined ? name : args[0]
  if (asked === '--help' || asked === '-h' || (command === undefined && asked === 'help')) {
    terminal.out(`${shown}\n`)
    return 0
  }
  return guarded(terminal, shown, async () => {
    if (command === undefined)
      throw new Misuse(name === undefined ? 'Which command?' : `There is no command ${name}`)
    return command.run(args, terminal)
  })
}
