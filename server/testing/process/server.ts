import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../main.ts', import.meta.url))
const children: ChildProcess[] = []

export interface ServerProcess {
  readonly child: ChildProcess
  /** Resolves to the output up to a text. */
  until(text: string): Promise<string>
  /** Resolves to where it is reached, once it is. */
  ready(): Promise<string>
  /** Resolves to exit code and all output. */
  readonly ended: Promise<{ code: number | null; output: string }>
}

/** Starts the real server in a process of its own, on a free port unless one is named. */
export function startProcess(env: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), entry], {
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const listener of listeners) listener()
    })
  const until = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (output.includes(text)) resolve(output)
      }
      listeners.add(look)
      look()
    })
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: code === null ? null : Number(code), output })),
    until,
    async ready() {
      const said = await until('Magpie is ready: http://localhost:')
      return /http:\/\/localhost:\d+/.exec(said)?.[0] ?? ''
    },
  }
}

/** Ends what a test has left. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}
