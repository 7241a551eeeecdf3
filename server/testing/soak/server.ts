import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serverHeapFlags } from '../../setup/processes.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface ServerOptions {
  readonly data: string
  readonly env?: Readonly<Record<string, string>>
  /** Further arguments of node before the program, such as a module that is loaded first. */
  readonly flags?: readonly string[]
}

/** The real server, as `npm start` starts it, over a folder of data and on a free port. */
export interface Server {
  readonly url: string
  readonly child: ChildProcess
  /** All that it has written to the terminal so far. */
  output(): string
  /** Asks the API of one brand; what is not an answer of 2xx is an error with its text. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>
  /** Ends it by a signal: its exit code, null where the signal itself ended it, and how long it took. */
  end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>
  /** Its resident memory in megabytes; null where the system does not tell. */
  megabytes(): number | null
}

/** The address that the server says it is ready at; where it ends before, what it said last is the error. */
function readyAt(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /is ready: (\S+)/.exec(output())?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code, signal) =>
      reject(new Error(`the server ended with ${signal ?? code}: ${output().slice(-2000)}`)),
    )
  })
}

function megabytesOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    // Only Linux tells it here; elsewhere nothing is measured.
    return null
  }
}

/** Asks the API of the server at an address. */
export function askOf(url: string): Server['ask'] {
  return async (method, path, body) => {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}/api/v1/brands/${path}`, {
      method,
      ...(body === undefined ? {} : json),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}

export async function beginServer({ data, env = {}, flags = [] }: ServerOptions): Promise<Server> {
  const loader = ['--import', import.meta.resolve('tsx')]
  const child = spawn(process.execPath, [...serverHeapFlags, ...flags, ...loader, 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', MAGPIE_DATA: data, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const output = () => said
  const died = once(child, 'exit')
  const url = await readyAt(child, output)
  return {
    url,
    child,
    output,
    ask: askOf(url),
    async end(signal = 'SIGTERM') {
      const began = performance.now()
      child.kill(signal)
      await died
      return { code: child.exitCode, ms: performance.now() - began }
    },
    megabytes: () => megabytesOf(child.pid),
  }
}
