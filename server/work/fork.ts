import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Where a program lies built in one file; null: its TypeScript is read as it runs. */
export type Program = string | null

/** What a process beside the server may know of its surroundings: no key and no password is among it. */
const surroundings = [
  'PATH',
  'HOME',
  'TZ',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'TSX_TSCONFIG_PATH',
]

export interface Beside {
  readonly program: Program
  /** Its TypeScript, where it is not built. */
  readonly source: URL
  readonly args?: readonly string[]
  /** Of its heap. */
  readonly megabytes: number
  /** Whether what it writes to stderr is heard; one that outlives whoever began it writes to nobody. */
  readonly heard: boolean
}

export function forkBeside({ program, source, args = [], megabytes, heard }: Beside): ChildProcess {
  const heap = [`--max-old-space-size=${megabytes}`, '--max-semi-space-size=16', '--heap-growing-percent=60']
  const loader = program === null ? ['--import', import.meta.resolve('tsx')] : []
  const child = fork(program ?? fileURLToPath(source), [...args], {
    execArgv: [...heap, ...loader],
    env: Object.fromEntries(surroundings.flatMap((name) => [[name, process.env[name]]])),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', heard ? 'pipe' : 'ignore', 'ipc'],
  })
  // Whoever answers and the engine come first, whatever a helper has to do.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return child
}
